package dev.stackwright.template;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What type names mean: another type, a template file, or nothing any more. What is said for single
 * resources goes before what is said for all, an exact name before a pattern, a longer pattern
 * before a shorter one.
 *
 * @param types by type name, which may end with {@code *}; an empty text takes the type away
 * @param resources the same for single resources, by a pattern of their logical names
 */
public record ResourceRegistry(Map<String, String> types, Map<String, Branch> resources) {

    public static final ResourceRegistry EMPTY = new ResourceRegistry(Map.of(), Map.of());

    private static final int MOST_STEPS = 20;

    public ResourceRegistry {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    }

    /**
     * What is said about the resources of one name.
     *
     * @param inside what holds for the resources of the template that stands behind it
     */
    public record Branch(
            Map<String, String> types,
            Set<Hook> hooks,
            Set<RestrictedAction> restricted,
            Map<String, Branch> inside) {

        public Branch {
            types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
            hooks = Set.copyOf(hooks);
            restricted = Set.copyOf(restricted);
            inside = Collections.unmodifiableMap(new LinkedHashMap<>(inside));
        }

        /** Key by key, as Heat puts files together: what the later one says about a name counts. */
        private Branch and(Branch later) {
            var merged = new LinkedHashMap<>(types);
            merged.putAll(later.types);
            return new Branch(
                    merged,
                    later.hooks.isEmpty() ? hooks : later.hooks,
                    later.restricted.isEmpty() ? restricted : later.restricted,
                    merged(inside, later.inside));
        }
    }

    /**
     * What a type name means, and where that is written.
     *
     * @param name empty when the type was taken away
     * @param entry the keys that lead to the last step; empty when nothing is said about it
     */
    record Meaning(String name, List<String> entry) {}

    public boolean isEmpty() {
        return types.isEmpty() && resources.isEmpty();
    }

    ResourceRegistry and(ResourceRegistry later) {
        var merged = new LinkedHashMap<>(types);
        merged.putAll(later.types);
        return new ResourceRegistry(merged, merged(resources, later.resources));
    }

    private static Map<String, Branch> merged(
            Map<String, Branch> branches, Map<String, Branch> later) {
        var merged = new LinkedHashMap<>(branches);
        later.forEach((name, branch) -> merged.merge(name, branch, Branch::and));
        return merged;
    }

    /** What the type of a resource means in the end; empty when it was taken away. */
    Optional<String> resolve(String resource, String type) {
        String name = meaning(resource, type).name();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    Meaning meaning(String resource, String type) {
        var current = new Meaning(type, List.of());
        for (int step = 0; step < MOST_STEPS; step++) {
            Meaning next = forResource(resource, current.name());
            if (next == null) {
                next = mapped(types, current.name(), List.of());
            }
            if (next == null || next.name().equals(current.name())) {
                return current;
            }
            current = next;
            if (current.name().isEmpty() || isTemplate(current.name())) {
                return current;
            }
        }
        return current;
    }

    private @Nullable Meaning forResource(String resource, String type) {
        Branch exact = resources.get(resource);
        Meaning found =
                exact == null ? null : mapped(exact.types(), type, List.of("resources", resource));
        if (found != null) {
            return found;
        }
        for (var entry : resources.entrySet()) {
            if (Glob.isPattern(entry.getKey()) && Glob.matches(entry.getKey(), resource)) {
                found =
                        mapped(
                                entry.getValue().types(),
                                type,
                                List.of("resources", entry.getKey()));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** An exact name first, then the longest pattern; a star on the right side keeps the rest. */
    private static @Nullable Meaning mapped(
            Map<String, String> types, String type, List<String> path) {
        String exact = types.get(type);
        if (exact != null) {
            return new Meaning(exact, below(path, type));
        }
        String best = "";
        String target = "";
        for (var entry : types.entrySet()) {
            String pattern = entry.getKey();
            boolean fits =
                    pattern.endsWith("*")
                            && type.startsWith(pattern.substring(0, pattern.length() - 1));
            if (fits && pattern.length() > best.length()) {
                best = pattern;
                target = entry.getValue();
            }
        }
        if (best.isEmpty()) {
            return null;
        }
        String rest = type.substring(best.length() - 1);
        return new Meaning(
                target.endsWith("*") ? target.substring(0, target.length() - 1) + rest : target,
                below(path, best));
    }

    private static List<String> below(List<String> path, String key) {
        return java.util.stream.Stream.concat(path.stream(), java.util.stream.Stream.of(key))
                .toList();
    }

    /** Where a resource waits for a person. */
    public Set<Hook> hooksOf(String resource) {
        var hooks = EnumSet.noneOf(Hook.class);
        branchesOf(resource).forEach(branch -> hooks.addAll(branch.hooks()));
        return hooks;
    }

    /** What must not be done to a resource. */
    public Set<RestrictedAction> restrictedActionsOf(String resource) {
        var restricted = EnumSet.noneOf(RestrictedAction.class);
        branchesOf(resource).forEach(branch -> restricted.addAll(branch.restricted()));
        return restricted;
    }

    private List<Branch> branchesOf(String resource) {
        return resources.entrySet().stream()
                .filter(entry -> Glob.matches(entry.getKey(), resource))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * What holds inside the template that stands behind a resource: the same types, but the branch
     * of that resource for single ones; and not the entry that led to the template, so that a
     * template which stands for a built-in type can use that type.
     */
    ResourceRegistry inside(String resource, String type) {
        Map<String, Branch> inside = Map.of();
        for (Branch branch : branchesOf(resource)) {
            inside = merged(inside, branch.inside());
        }
        var left = new LinkedHashMap<>(types);
        var entry = meaning(resource, type).entry();
        if (entry.size() == 1) {
            left.remove(entry.getFirst());
        }
        return new ResourceRegistry(left, inside);
    }

    static boolean isTemplate(String type) {
        return type.endsWith(".yaml") || type.endsWith(".template");
    }
}
