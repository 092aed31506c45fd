package dev.stackwright.template;

import dev.stackwright.catalog.Ability;
import dev.stackwright.catalog.AttributeSchema;
import dev.stackwright.catalog.OnChange;
import dev.stackwright.catalog.PropertyConstraint;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.PropertyType;
import dev.stackwright.catalog.Replacing;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.catalog.Support;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A template as a resource type: its parameters are the properties, its outputs the attributes. */
final class NestedType {

    private NestedType() {}

    static ResourceType of(String name, Template template) {
        var properties = new LinkedHashMap<String, PropertySchema>();
        template.parameters()
                .forEach(
                        (parameter, definition) -> properties.put(parameter, property(definition)));
        var attributes = new LinkedHashMap<String, AttributeSchema>();
        template.outputs()
                .keySet()
                .forEach(output ->
                        attributes.put(
                                output,
                                new AttributeSchema(
                                        output, PropertyType.ANY, true, false, Support.ALWAYS)));
        return new ResourceType(
                name,
                name.substring(name.lastIndexOf('/') + 1),
                "template",
                null,
                null,
                null,
                Support.ALWAYS,
                false,
                null,
                255,
                true,
                Set.of(
                        Ability.NESTED,
                        Ability.CHECK,
                        Ability.SUSPEND,
                        Ability.OWN_REFERENCE,
                        Ability.DYNAMIC_ATTRIBUTES),
                new Replacing(Replacing.Order.CREATE_FIRST, List.of(), List.of()),
                List.of(),
                List.of(),
                Map.of(),
                properties,
                attributes);
    }

    /**
     * A nested template decides itself what a new value means, so that it is always handed down.
     */
    private static PropertySchema property(ParameterDefinition definition) {
        return new PropertySchema(
                definition.name(),
                switch (definition.type()) {
                    case STRING -> PropertyType.STRING;
                    case NUMBER -> PropertyType.NUMBER;
                    case BOOLEAN -> PropertyType.BOOLEAN;
                    case LIST, JSON -> PropertyType.ANY;
                },
                definition.required(),
                definition.defaultValue(),
                OnChange.UPDATE,
                false,
                definition.hidden(),
                null,
                constraints(definition),
                Support.ALWAYS,
                null,
                Map.of());
    }

    private static List<PropertyConstraint> constraints(ParameterDefinition definition) {
        var constraints = new ArrayList<PropertyConstraint>();
        for (ParameterConstraint constraint : definition.constraints()) {
            constraints.add(
                    switch (constraint) {
                        case ParameterConstraint.Length length ->
                                new PropertyConstraint.Length(length.min(), length.max());
                        case ParameterConstraint.Range range ->
                                new PropertyConstraint.Range(range.min(), range.max());
                        case ParameterConstraint.Modulo modulo ->
                                new PropertyConstraint.Modulo(
                                        modulo.step().longValue(), modulo.offset().longValue());
                        case ParameterConstraint.AllowedValues allowed ->
                                new PropertyConstraint.OneOf(allowed.values());
                        case ParameterConstraint.AllowedPattern pattern ->
                                new PropertyConstraint.Pattern(pattern.pattern());
                        case ParameterConstraint.Custom custom ->
                                new PropertyConstraint.Find(custom.name());
                    });
        }
        return constraints;
    }
}
