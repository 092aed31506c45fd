package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code make_url}: a URL from its parts, each of them escaped. */
record MakeUrl() implements Function {

    private static final List<String> PARTS =
            List.of("scheme", "username", "password", "host", "port", "path", "query", "fragment");
    private static final String ALWAYS_SAFE = "_.-~";

    @Override
    public @Nullable String mistake(Expression argument) {
        if (argument instanceof Expression.Call) {
            return null;
        }
        if (!(argument instanceof Expression.MapOf map)) {
            return "Write it as a map with some of " + String.join(", ", PARTS) + ".";
        }
        for (Expression.Member member : map.members()) {
            if (!PARTS.contains(member.key())) {
                return "`%s` is no part of a URL. The parts are %s."
                        .formatted(member.key(), String.join(", ", PARTS));
            }
        }
        return null;
    }

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        Value argument = evaluation.value(call.argument());
        if (!(argument instanceof Value.Entries parts)) {
            return argument instanceof Value.Unknown
                    ? argument
                    : evaluation.failed(call, "make_url takes a map of the parts of a URL.");
        }
        var unknown = Evaluation.unknownIn(parts);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        String mistake = mistakeIn(parts.values());
        return mistake != null
                ? evaluation.failed(call, mistake)
                : evaluation.text(call, url(parts.values()));
    }

    private static @Nullable String mistakeIn(Map<String, Value> parts) {
        if (given(parts, "scheme") && text(parts, "scheme").contains(":")) {
            return "The scheme of a URL is a word without a colon, such as https.";
        }
        if (given(parts, "port")) {
            BigDecimal port = PythonNumbers.whole(text(parts, "port"));
            if (port == null) {
                return "The port of a URL is a number, not `%s`.".formatted(text(parts, "port"));
            }
            if (port.compareTo(BigDecimal.ONE) < 0
                    || port.compareTo(BigDecimal.valueOf(65_535)) > 0) {
                return "The port of a URL lies between 1 and 65535.";
            }
        }
        if (given(parts, "query") && !(parts.get("query") instanceof Value.Entries)) {
            return "The query of a URL is a map of names to values.";
        }
        for (String part : PARTS) {
            Value value = parts.get(part);
            boolean container = value instanceof Value.Items || value instanceof Value.Entries;
            if (container && !part.equals("query")) {
                return "The part `%s` of a URL is a text.".formatted(part);
            }
        }
        return null;
    }

    private static boolean given(Map<String, Value> parts, String part) {
        Value value = parts.get(part);
        return value != null && !(value instanceof Value.Null) && !PythonText.str(value).isEmpty();
    }

    private static String text(Map<String, Value> parts, String part) {
        return PythonText.str(parts.getOrDefault(part, Value.of("")));
    }

    private static String url(Map<String, Value> parts) {
        var url = new StringBuilder();
        if (given(parts, "scheme")) {
            url.append(text(parts, "scheme")).append(':');
        }
        boolean authority =
                given(parts, "host")
                        || given(parts, "username")
                        || given(parts, "password")
                        || given(parts, "port");
        if (authority) {
            url.append("//").append(authority(parts));
        }
        if (given(parts, "path")) {
            String path = text(parts, "path");
            url.append(authority && !path.startsWith("/") ? "/" : "").append(quote(path, "/"));
        }
        if (parts.get("query") instanceof Value.Entries query && !query.values().isEmpty()) {
            url.append('?').append(query(query.values()));
        }
        if (given(parts, "fragment")) {
            url.append('#').append(quote(text(parts, "fragment"), "/"));
        }
        return url.toString();
    }

    private static String authority(Map<String, Value> parts) {
        var authority = new StringBuilder();
        if (given(parts, "username")) {
            authority.append(quote(text(parts, "username"), ""));
            if (given(parts, "password")) {
                authority.append(':').append(quote(text(parts, "password"), ""));
            }
            authority.append('@');
        }
        if (given(parts, "host")) {
            String host = text(parts, "host").replaceAll("^\\[|\\]$", "");
            authority.append(host.contains(":") ? "[" + quote(host, ":") + "]" : quote(host, ""));
        }
        if (given(parts, "port")) {
            authority.append(':').append(text(parts, "port").strip());
        }
        return authority.toString();
    }

    private static String query(Map<String, Value> query) {
        var text = new StringBuilder();
        query.forEach((name, value) -> {
            text.append(text.isEmpty() ? "" : "&");
            text.append(quote(name, "/ ").replace(' ', '+')).append('=');
            text.append(quote(PythonText.str(value), "/ ").replace(' ', '+'));
        });
        return text.toString();
    }

    private static String quote(String text, String safe) {
        var quoted = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || ALWAYS_SAFE.indexOf(c) >= 0 || safe.indexOf(c) >= 0) {
                quoted.append(c);
            } else {
                quoted.append("%%%02X".formatted((int) c));
            }
        }
        return quoted.toString();
    }
}
