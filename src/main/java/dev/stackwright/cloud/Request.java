package dev.stackwright.cloud;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call to one service, as a value. Each {@code {}} in the path takes one argument, encoded so
 * that no id or name can climb out of its segment.
 *
 * @param path below the service's versioned address: {@code /servers/detail}
 * @param body something that Jackson writes as JSON: a tree, a map, a record
 */
public record Request(
        Method method,
        Service service,
        String path,
        List<Parameter> query,
        Map<String, String> headers,
        @Nullable Object body,
        @Nullable String microversion,
        @Nullable Duration timeout) {

    /** Long enough for a cloud that is well, short enough for a person in front of a page. */
    private static final Duration WHILE_SOMEBODY_WAITS = Duration.ofSeconds(10);

    /** What may be done over HTTP. */
    public enum Method {
        GET,
        HEAD,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** One name and value of the query; a name may come twice. */
    public record Parameter(String name, String value) {}

    public Request {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("The path begins with a slash: " + path);
        }
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public static Request get(Service service, String path, Object... arguments) {
        return of(Method.GET, service, path, arguments);
    }

    public static Request post(Service service, String path, Object... arguments) {
        return of(Method.POST, service, path, arguments);
    }

    public static Request put(Service service, String path, Object... arguments) {
        return of(Method.PUT, service, path, arguments);
    }

    public static Request patch(Service service, String path, Object... arguments) {
        return of(Method.PATCH, service, path, arguments);
    }

    public static Request delete(Service service, String path, Object... arguments) {
        return of(Method.DELETE, service, path, arguments);
    }

    public static Request of(Method method, Service service, String path, Object... arguments) {
        return new Request(
                method, service, fill(path, arguments), List.of(), Map.of(), null, null, null);
    }

    public Request query(String name, Object value) {
        var longer = new ArrayList<>(query);
        longer.add(new Parameter(name, value.toString()));
        return new Request(method, service, path, longer, headers, body, microversion, timeout);
    }

    public Request header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(method, service, path, query, more, body, microversion, timeout);
    }

    public Request body(Object body) {
        return new Request(method, service, path, query, headers, body, microversion, timeout);
    }

    /** Asks for a version of the API such as {@code 2.93}; without it the oldest one answers. */
    public Request microversion(String microversion) {
        return new Request(method, service, path, query, headers, body, microversion, timeout);
    }

    /** How long this one call may take, when that differs from the setting. */
    public Request within(Duration timeout) {
        return new Request(method, service, path, query, headers, body, microversion, timeout);
    }

    /**
     * Says that a person waits for the answer. A service that takes longer may still do what was
     * asked: see {@link CloudFailure#mayHaveHappened()}.
     */
    public Request whileSomebodyWaits() {
        return within(WHILE_SOMEBODY_WAITS);
    }

    Request withQuery(List<Parameter> query) {
        return new Request(method, service, path, query, headers, body, microversion, timeout);
    }

    private static String fill(String path, Object... arguments) {
        var filled = new StringBuilder();
        var from = 0;
        for (var argument : arguments) {
            var gap = path.indexOf("{}", from);
            if (gap < 0) {
                throw new IllegalArgumentException("More arguments than gaps in " + path);
            }
            filled.append(path, from, gap).append(segment(argument.toString()));
            from = gap + 2;
        }
        if (path.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("More gaps than arguments in " + path);
        }
        return filled.append(path, from, path.length()).toString();
    }

    private static String segment(String text) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.isEmpty() || encoded.equals(".") || encoded.equals("..")
                ? encoded.replace(".", "%2E") + "%20".repeat(encoded.isEmpty() ? 1 : 0)
                : encoded;
    }
}
