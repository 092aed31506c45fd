package dev.stackwright.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a service answers. */
record Reply(
        int status, @Nullable JsonNode body, Map<String, String> headers, byte @Nullable [] bytes) {

    static Reply ok(JsonNode body) {
        return of(200, body);
    }

    static Reply of(int status, @Nullable JsonNode body) {
        return new Reply(status, body, Map.of(), null);
    }

    static Reply empty(int status) {
        return of(status, null);
    }

    static Reply bytes(byte[] bytes) {
        return new Reply(200, null, Map.of("Content-Type", "application/octet-stream"), bytes);
    }

    static Reply html(int status, String text) {
        return new Reply(
                status,
                null,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, body, more, bytes);
    }
}
