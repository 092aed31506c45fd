package dev.stackwright.web.frame;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * A page's path with its query, which holds all the state of a list. Changing one part gives a new
 * address: {@code visit.here().with("sort", "name").without("after")}.
 */
public record Address(String path, Map<String, String> parameters) {

    public Address {
        parameters =
                Map.copyOf(parameters).isEmpty()
                        ? Map.of()
                        : java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /** The same page with the parameter set; an empty value takes it out. */
    public Address with(String name, @Nullable Object value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        if (value == null || value.toString().isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value.toString());
        }
        return new Address(path, changed);
    }

    public Address without(String name) {
        return with(name, null);
    }

    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        if (parameters.isEmpty()) {
            return path;
        }
        return parameters.entrySet().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
