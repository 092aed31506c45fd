package dev.stackwright.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One request to one of the services, taken apart. */
final class Call {

    private final String method;
    private final String path;
    private final String rawQuery;
    private final byte[] content;
    private final Function<String, @Nullable String> headers;
    private final String requestId;
    private final Map<String, List<String>> query;
    private List<String> names = List.of();
    private int minor;
    private @Nullable Grant grant;

    Call(
            String method,
            String path,
            @Nullable String rawQuery,
            byte[] content,
            Function<String, @Nullable String> headers,
            String requestId) {
        this.method = method;
        this.path = path;
        this.rawQuery = rawQuery == null ? "" : rawQuery;
        this.content = content;
        this.headers = headers;
        this.requestId = requestId;
        this.query = parse(this.rawQuery);
    }

    String method() {
        return method;
    }

    /** The path below the service's own address, for example {@code /v2.1/servers}. */
    String path() {
        return path;
    }

    String rawQuery() {
        return rawQuery;
    }

    String pathAndQuery() {
        return rawQuery.isEmpty() ? path : path + "?" + rawQuery;
    }

    byte[] content() {
        return content;
    }

    String requestId() {
        return requestId;
    }

    @Nullable String header(String name) {
        return headers.apply(name);
    }

    Grant grant() {
        Grant known = grant;
        if (known == null) {
            throw new Refusal(401, "The request you have made requires authentication.");
        }
        return known;
    }

    void grant(Grant who) {
        this.grant = who;
    }

    /** The n-th placeholder of the route. */
    String name(int n) {
        return names.get(n);
    }

    void names(List<String> found) {
        this.names = found;
    }

    /** The minor part of the microversion that the caller asked for. */
    int minor() {
        return minor;
    }

    void minor(int asked) {
        this.minor = asked;
    }

    boolean since(int version) {
        return minor >= version;
    }

    @Nullable String query(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.getLast();
    }

    List<String> queries(String name) {
        return query.getOrDefault(name, List.of());
    }

    Map<String, List<String>> queries() {
        return query;
    }

    boolean asks(String name) {
        String value = query(name);
        return value != null && (value.isEmpty() || Json.isTrue(value));
    }

    JsonNode tree() {
        try {
            return content.length == 0 ? Json.object() : Json.MAPPER.readTree(content);
        } catch (JacksonException e) {
            throw new Refusal(400, "BadJson", "Malformed request body");
        }
    }

    ObjectNode body() {
        if (tree() instanceof ObjectNode object) {
            return object;
        }
        throw new Refusal(400, "HTTPBadRequest", "Malformed request body");
    }

    /** The object under this name in the body, which must be there. */
    ObjectNode body(String name) {
        if (body().get(name) instanceof ObjectNode object) {
            return object;
        }
        throw new Refusal(
                400,
                "HTTPBadRequest",
                "Invalid input for field/attribute "
                        + name
                        + ". '"
                        + name
                        + "' is a required property");
    }

    private static Map<String, List<String>> parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
        }
        return values;
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
