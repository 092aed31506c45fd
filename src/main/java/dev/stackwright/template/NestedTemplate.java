package dev.stackwright.template;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import java.util.Map;

/**
 * The template that stands behind a resource of another one: a file that the resource uses as its
 * type, or the members of a group. With the properties of the resource it becomes a checked
 * template like any other.
 *
 * @param name of the file, or the group's type
 * @param environment what holds inside: the parent's types and defaults, no parameters
 * @param limits what is left of the parent's, so that templates nest only so deep
 */
public record NestedTemplate(
        String name,
        Template template,
        Environment environment,
        Map<String, String> files,
        Catalog catalog,
        Limits limits) {

    public NestedTemplate {
        files = Map.copyOf(files);
    }

    /** The template as a resource type: parameters are properties, outputs are attributes. */
    public ResourceType type() {
        return NestedType.of(name, template);
    }

    /** The environment with the properties of the resource as parameters; null counts as absent. */
    public Environment environment(Value.Entries properties) {
        var given = new java.util.LinkedHashMap<String, Value>();
        properties
                .values()
                .forEach((name, value) -> {
                    if (!(value instanceof Value.Null) && template.parameters().containsKey(name)) {
                        given.put(name, value);
                    }
                });
        return environment.withParameters(given);
    }

    /** Checks it with what its resource gives it. */
    public Checked check(
            Value.Entries properties,
            Facade facade,
            StackIdentity stack,
            Constraints constraints,
            CheckOptions options) {
        return TemplateCheck.check(
                template,
                environment(properties),
                files,
                catalog,
                constraints,
                stack,
                facade,
                options,
                limits);
    }
}
