package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A template that could be read, though much in it may still be wrong.
 *
 * @param text the source, byte for byte as its author wrote it
 * @param reading what there was to say while reading
 * @param extensions what it was read with
 * @param mappings the CloudFormation section of that name: map, key, key
 */
public record Template(
        String text,
        TemplateVersion version,
        String description,
        Map<String, ParameterDefinition> parameters,
        List<ParameterGroup> parameterGroups,
        Map<String, Expression> conditions,
        Value.Entries mappings,
        Map<String, ResourceDefinition> resources,
        Map<String, OutputDefinition> outputs,
        Node.Mapping tree,
        Set<Extension> extensions,
        Diagnostics reading) {

    public Template {
        parameters = ordered(parameters);
        parameterGroups = List.copyOf(parameterGroups);
        conditions = ordered(conditions);
        resources = ordered(resources);
        outputs = ordered(outputs);
        extensions = Set.copyOf(extensions);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
