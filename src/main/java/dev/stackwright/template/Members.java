package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The members of groups as templates. A group is a stack of its own whose template nobody writes:
 * it is made from the group's properties, each time for as many members as there are to be.
 */
public final class Members {

    private static final TemplateVersion VERSION = TemplateVersion.HOT_2015_04_30;

    private Members() {}

    /** The names of a resource group's members: numbers, without those that were taken away. */
    public static List<String> names(int count, Set<String> removed) {
        var names = new ArrayList<String>(Math.max(0, count));
        for (int i = 0; names.size() < count; i++) {
            String name = Integer.toString(i);
            if (!removed.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** A template with these members, whose definitions are worked out already. */
    public static Template template(Map<String, Value.Entries> definitions) {
        var resources = new LinkedHashMap<String, ResourceDefinition>();
        definitions.forEach((name, definition) -> resources.put(name, member(name, definition)));
        var text = new LinkedHashMap<String, Value>();
        text.put("heat_template_version", Value.of(VERSION.date()));
        text.put("resources", new Value.Entries(new LinkedHashMap<>(definitions)));
        return new Template(
                Json.text(new Value.Entries(text)),
                VERSION,
                "",
                Map.of(),
                List.of(),
                Map.of(),
                new Value.Entries(Map.of()),
                resources,
                Map.of(),
                new Node.Mapping(List.of(), TextRange.START),
                Set.of(),
                Diagnostics.NONE);
    }

    private static ResourceDefinition member(String name, Value.Entries definition) {
        var parts = definition.values();
        return new ResourceDefinition(
                name,
                TextRange.START,
                parts.get("type") instanceof Value.Text(String type) ? type : "",
                TextRange.START,
                written(parts.getOrDefault("properties", Value.NULL)),
                written(parts.getOrDefault("metadata", Value.NULL)),
                dependsOn(parts.getOrDefault("depends_on", Value.NULL)),
                parts.get("deletion_policy") == null ? null : written(parts.get("deletion_policy")),
                parts.get("update_policy") == null ? null : written(parts.get("update_policy")),
                null,
                null,
                null);
    }

    private static List<ResourceDefinition.Reference> dependsOn(Value value) {
        return switch (value) {
            case Value.Text(String name) ->
                    List.of(new ResourceDefinition.Reference(name, TextRange.START));
            case Value.Items(var items) ->
                    items.stream()
                            .filter(Value.Text.class::isInstance)
                            .map(item ->
                                    new ResourceDefinition.Reference(
                                            ((Value.Text) item).value(), TextRange.START))
                            .toList();
            case Value.Null _, Value.Bool _, Value.Num _, Value.Entries _, Value.Unknown _ ->
                    List.of();
        };
    }

    /** A value as if somebody had written it down. */
    private static Expression written(Value value) {
        return switch (value) {
            case Value.Null _ -> Expression.nothing(TextRange.START);
            case Value.Entries(var entries) -> {
                var members = new ArrayList<Expression.Member>();
                entries.forEach((key, inside) ->
                        members.add(new Expression.Member(key, TextRange.START, inner(inside))));
                yield new Expression.MapOf(members, TextRange.START);
            }
            case Value.Bool _, Value.Num _, Value.Text _, Value.Items _, Value.Unknown _ ->
                    inner(value);
        };
    }

    private static Expression inner(Value value) {
        return switch (value) {
            case Value.Entries _ -> written(value);
            case Value.Items(var items) ->
                    new Expression.ListOf(
                            items.stream().map(Members::inner).toList(), TextRange.START);
            case Value.Null _, Value.Bool _, Value.Num _, Value.Text _, Value.Unknown _ ->
                    new Expression.Literal(value, TextRange.START);
        };
    }

    /**
     * The definitions of a resource group's members.
     *
     * @param properties of the group, worked out
     */
    public static Map<String, Value.Entries> ofResourceGroup(
            Value.Entries properties, List<String> names) {
        Value definition = properties.values().getOrDefault("resource_def", Value.NULL);
        String variable =
                properties.values().get("index_var") instanceof Value.Text(String text)
                                && !text.isEmpty()
                        ? text
                        : "%index%";
        var members = new LinkedHashMap<String, Value.Entries>();
        for (String name : names) {
            members.put(name, member(definition, variable, name));
        }
        return members;
    }

    private static Value.Entries member(Value definition, String variable, String name) {
        var parts = new LinkedHashMap<String, Value>();
        if (definition instanceof Value.Entries(var entries)) {
            entries.forEach((key, value) ->
                    parts.put(key, key.equals("properties") ? with(value, variable, name) : value));
        }
        return new Value.Entries(parts);
    }

    private static Value with(Value value, String variable, String name) {
        return switch (value) {
            case Value.Text(String text) -> Value.of(text.replace(variable, name));
            case Value.Items(var items) ->
                    new Value.Items(
                            items.stream().map(item -> with(item, variable, name)).toList());
            case Value.Entries(var entries) -> {
                var replaced = new LinkedHashMap<String, Value>();
                entries.forEach((key, inside) -> replaced.put(key, with(inside, variable, name)));
                yield new Value.Entries(replaced);
            }
            case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ -> value;
        };
    }

    /**
     * The definitions of an autoscaling group's members, all of them the same.
     *
     * @param properties of the group, worked out
     */
    public static Map<String, Value.Entries> ofAutoScalingGroup(
            Value.Entries properties, List<String> names) {
        Value definition = properties.values().getOrDefault("resource", Value.NULL);
        var same =
                definition instanceof Value.Entries entries ? entries : new Value.Entries(Map.of());
        var members = new LinkedHashMap<String, Value.Entries>();
        names.forEach(name -> members.put(name, same));
        return members;
    }

    /**
     * The definitions of a chain's members: one for each type, by its place, each waiting for the
     * one before unless they may be made at the same time.
     *
     * @param properties of the chain, worked out
     */
    public static Map<String, Value.Entries> ofChain(Value.Entries properties) {
        var members = new LinkedHashMap<String, Value.Entries>();
        boolean together =
                properties.values().get("concurrent") instanceof Value.Bool(boolean flag) && flag;
        Value given = properties.values().getOrDefault("resource_properties", Value.NULL);
        if (properties.values().get("resources") instanceof Value.Items(var types)) {
            for (int i = 0; i < types.size(); i++) {
                var parts = new LinkedHashMap<String, Value>();
                parts.put("type", types.get(i));
                parts.put("properties", given);
                if (i > 0 && !together) {
                    parts.put("depends_on", Value.of(Integer.toString(i - 1)));
                }
                members.put(Integer.toString(i), new Value.Entries(parts));
            }
        }
        return members;
    }

    /** Whether resources of a type are groups whose members this class can name. */
    public static boolean isGroup(String type) {
        return switch (type) {
            case "OS::Heat::ResourceGroup",
                    "OS::Heat::AutoScalingGroup",
                    "OS::Heat::ResourceChain" ->
                    true;
            default -> false;
        };
    }
}
