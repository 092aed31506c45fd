package dev.stackwright.template;

import dev.stackwright.catalog.ImplicitDependency;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.catalog.Translation;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The orders that a template does not spell out, as the catalog tells them: a server waits for
 * every subnet of its network. What names the same thing is found through an index, so that a
 * thousand resources cost a thousand steps and not a million.
 */
final class ImplicitOrder {

    private final Map<String, ResourceDefinition> resources;
    private final Map<String, ResourceKind> kinds;
    private final Evaluation evaluation;
    private final Map<String, List<String>> byType = new HashMap<>();
    private final Map<String, Map<Value, List<String>>> indexes = new HashMap<>();

    ImplicitOrder(
            Map<String, ResourceDefinition> resources,
            Map<String, ResourceKind> kinds,
            Evaluation evaluation) {
        this.resources = resources;
        this.kinds = kinds;
        this.evaluation = evaluation;
        resources
                .keySet()
                .forEach(name -> {
                    ResourceKind kind = kinds.get(name);
                    if (kind != null) {
                        byType.computeIfAbsent(kind.name(), _ -> new ArrayList<>()).add(name);
                    }
                });
    }

    void addTo(Map<String, Set<String>> dependencies) {
        for (String name : resources.keySet()) {
            if (kinds.get(name) instanceof ResourceKind.Native kind) {
                for (ImplicitDependency rule : kind.type().implicitDependencies()) {
                    Set<String> needs = dependencies.getOrDefault(name, Set.of());
                    matches(name, rule).stream()
                            .filter(other -> !other.equals(name))
                            .forEach(needs::add);
                }
            }
        }
    }

    private List<String> matches(String name, ImplicitDependency rule) {
        var candidates = byType.getOrDefault(rule.type(), List.of());
        if (candidates.isEmpty() || rule.own().isEmpty()) {
            return candidates;
        }
        var index =
                indexes.computeIfAbsent(
                        rule.type() + " " + rule.other(), _ -> index(candidates, rule.other()));
        var found = new ArrayList<String>();
        for (Value own : read(name, rule.own())) {
            found.addAll(index.getOrDefault(own, List.of()));
        }
        return found;
    }

    private Map<Value, List<String>> index(List<String> candidates, String path) {
        var index = new LinkedHashMap<Value, List<String>>();
        for (String candidate : candidates) {
            for (Value value : read(candidate, path)) {
                index.computeIfAbsent(value, _ -> new ArrayList<>()).add(candidate);
            }
        }
        return index;
    }

    /**
     * The values at a path such as {@code networks[].network} or {@code port_id >
     * fixed_ips[].subnet}.
     */
    private List<Value> read(String resource, String path) {
        int arrow = path.indexOf(" > ");
        if (arrow < 0) {
            return values(resource, path);
        }
        var found = new ArrayList<Value>();
        for (Value reference : values(resource, path.substring(0, arrow))) {
            if (reference instanceof Value.Unknown unknown
                    && resources.containsKey(unknown.source())) {
                found.addAll(read(unknown.source(), path.substring(arrow + 3)));
            }
        }
        return found;
    }

    private List<Value> values(String resource, String path) {
        ResourceDefinition definition = resources.get(resource);
        if (definition == null || !(definition.properties() instanceof Expression.MapOf map)) {
            return List.of();
        }
        ResourceType type =
                kinds.get(resource) instanceof ResourceKind.Native kind ? kind.type() : null;
        String[] steps = path.split("\\.");
        Expression.Member member = member(map, type, "", plain(steps[0]));
        if (member == null) {
            return List.of();
        }
        var found = new ArrayList<Value>();
        collect(
                evaluation.quietly(() -> evaluation.value(member.value())),
                steps,
                1,
                type,
                plain(steps[0]),
                found);
        return found;
    }

    /** Neither nothing nor a parameter that nobody gave yet. */
    private boolean mayNameSomething(Value value) {
        return switch (value) {
            case Value.Null _ -> false;
            case Value.Unknown unknown ->
                    unknown.source().chars().filter(c -> c == '.' || c == '[').findAny().isPresent()
                            || resources.containsKey(unknown.source());
            case Value.Bool _, Value.Num _, Value.Text _, Value.Items _, Value.Entries _ -> true;
        };
    }

    private static String plain(String step) {
        return step.endsWith("[]") ? step.substring(0, step.length() - 2) : step;
    }

    /** A property, by its name or by an old one. */
    private static Expression.@Nullable Member member(
            Expression.MapOf map, @Nullable ResourceType type, String parent, String name) {
        return map.find(name)
                .or(() ->
                        oldNames(type, parent, name).stream()
                                .flatMap(old -> map.find(old).stream())
                                .findFirst())
                .orElse(null);
    }

    private static List<String> oldNames(@Nullable ResourceType type, String parent, String name) {
        if (type == null) {
            return List.of();
        }
        String dotted = parent.isEmpty() ? name : parent + "." + name;
        return type.translations().stream()
                .filter(Translation.Rename.class::isInstance)
                .map(Translation.Rename.class::cast)
                .filter(rename -> rename.path().equals(dotted))
                .map(rename -> rename.from().substring(rename.from().lastIndexOf('.') + 1))
                .toList();
    }

    private void collect(
            Value value,
            String[] steps,
            int at,
            @Nullable ResourceType type,
            String dotted,
            List<Value> found) {
        if (value instanceof Value.Items items) {
            items.values().forEach(item -> collect(item, steps, at, type, dotted, found));
        } else if (at == steps.length) {
            if (mayNameSomething(value)) {
                found.add(value);
            }
        } else if (value instanceof Value.Entries entries) {
            String step = plain(steps[at]);
            Value next = entries.values().get(step);
            for (String old : oldNames(type, dotted, step)) {
                next =
                        next == null || next instanceof Value.Null
                                ? entries.values().get(old)
                                : next;
            }
            if (next != null) {
                collect(next, steps, at + 1, type, dotted + "." + step, found);
            }
        }
    }
}
