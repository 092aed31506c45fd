package dev.stackwright.cloud;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a service said to a {@link Request} that went well.
 *
 * @param body a missing node when there was none
 * @param headers by name, in any case of letters
 * @param requestId what to look for in the service's log
 */
public record Answer(
        int status, JsonNode body, Map<String, String> headers, @Nullable String requestId) {

    public Answer {
        var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = java.util.Collections.unmodifiableMap(anyCase);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
