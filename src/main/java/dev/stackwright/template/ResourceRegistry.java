package dev.stackwright.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What type names mean: another type, a template file, or nothing any more.
 *
 * @param types by type name, which may contain {@code *}; an empty text takes the type away
 * @param byResource the same for single resources, by a pattern of their logical names
 */
public record ResourceRegistry(
        Map<String, String> types, Map<String, Map<String, String>> byResource) {

    public static final ResourceRegistry EMPTY = new ResourceRegistry(Map.of(), Map.of());

    private static final int MOST_STEPS = 20;

    public ResourceRegistry {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        byResource = Collections.unmodifiableMap(new LinkedHashMap<>(byResource));
    }

    public boolean isEmpty() {
        return types.isEmpty() && byResource.isEmpty();
    }

    ResourceRegistry and(ResourceRegistry later) {
        var merged = new LinkedHashMap<>(types);
        merged.putAll(later.types);
        var resources = new LinkedHashMap<>(byResource);
        resources.putAll(later.byResource);
        return new ResourceRegistry(merged, resources);
    }

    /** What the type of a resource means in the end; empty when it was taken away. */
    Optional<String> resolve(String resource, String type) {
        String current = type;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<String> next = forResource(resource, current);
            if (next.isEmpty()) {
                next = mapped(types, current);
            }
            if (next.isEmpty() || next.get().equals(current)) {
                return Optional.of(current);
            }
            if (next.get().isEmpty()) {
                return Optional.empty();
            }
            current = next.get();
            if (isTemplate(current)) {
                return Optional.of(current);
            }
        }
        return Optional.of(current);
    }

    private Optional<String> forResource(String resource, String type) {
        for (var entry : byResource.entrySet()) {
            if (entry.getKey().equals(resource)
                    || glob(entry.getKey()).matcher(resource).matches()) {
                var found = mapped(entry.getValue(), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** An exact name first, then the longest pattern; a star on the right side keeps the rest. */
    private static Optional<String> mapped(Map<String, String> types, String type) {
        String exact = types.get(type);
        if (exact != null) {
            return Optional.of(exact);
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
            return Optional.empty();
        }
        String rest = type.substring(best.length() - 1);
        return Optional.of(
                target.endsWith("*") ? target.substring(0, target.length() - 1) + rest : target);
    }

    static boolean isTemplate(String type) {
        return type.endsWith(".yaml") || type.endsWith(".template");
    }

    private static Pattern glob(String pattern) {
        var regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }
}
