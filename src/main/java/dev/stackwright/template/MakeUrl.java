package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code make_url}: a URL from its parts, each of them escaped. */
record MakeUrl() implements Function {

    private static final List<String> PARTS =
            List.of("scheme", "username", "password", "host", "port", "path", "query", "fragment");
    private static final String ALWAYS_SAFE = "_.-~";
    private static final Value NONE = Value.of("");

    /** Behind these there are two slashes even without a host. */
    private static final Set<String> WITH_HOSTS =
            Set.of(
                    ("ftp http gopher nntp telnet imap wais file mms https shttp snews prospero"
                                    + " rtsp rtspu rsync svn svn+ssh sftp nfs git git+ssh ws wss")
                            .split(" "));

    @Override
    public @Nullable String mistake(Expression argument) {
        if (!(argument instanceof Expression.MapOf map)) {
            return "Write it as a map with some of " + String.join(", ", PARTS) + ".";
        }
        var written = new LinkedHashMap<String, Value>();
        for (Expression.Member member : map.members()) {
            if (!PARTS.contains(member.key())) {
                return "`%s` is no part of a URL. The parts are %s."
                        .formatted(member.key(), String.join(", ", PARTS));
            }
            written.put(member.key(), asWritten(member.value()));
        }
        return mistakeIn(written);
    }

    private static Value asWritten(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.ListOf _ -> new Value.Items(List.of());
            case Expression.MapOf _ -> new Value.Entries(Map.of());
            case Expression.Call call -> new Value.Unknown(call.name());
        };
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
        if (mistake == null && text(parts.values(), "scheme").contains(":")) {
            mistake = "The scheme of a URL is a word without a colon, such as https.";
        }
        if (mistake == null
                && !(parts.values().getOrDefault("fragment", NONE) instanceof Value.Text)) {
            mistake = noText("fragment");
        }
        return mistake != null
                ? evaluation.failed(call, mistake)
                : evaluation.text(call, url(parts.values()));
    }

    /** As Heat looks at the parts: in their order, and at none behind the query. */
    private static @Nullable String mistakeIn(Map<String, Value> parts) {
        for (String part : PARTS) {
            Value value = parts.get(part);
            if (value == null || value instanceof Value.Unknown) {
                continue;
            }
            if (part.equals("query")) {
                return value instanceof Value.Entries
                        ? null
                        : "The query of a URL is a map of names to values.";
            }
            if (part.equals("port")) {
                String mistake = mistakeInPort(value);
                if (mistake != null) {
                    return mistake;
                }
            } else if (!(value instanceof Value.Text)) {
                return noText(part);
            }
        }
        return null;
    }

    private static String noText(String part) {
        return "The part `%s` of a URL is a text. Put it in quotes.".formatted(part);
    }

    private static @Nullable String mistakeInPort(Value value) {
        BigDecimal port = PythonNumbers.index(value);
        if (port == null) {
            return "The port of a URL is a number, not `%s`.".formatted(PythonText.shown(value));
        }
        boolean possible = port.signum() > 0 && port.compareTo(BigDecimal.valueOf(65_535)) <= 0;
        return possible ? null : "The port of a URL lies between 1 and 65535.";
    }

    private static boolean given(Map<String, Value> parts, String part) {
        Value value = parts.get(part);
        return value != null && !(value instanceof Value.Null) && !PythonText.str(value).isEmpty();
    }

    private static String text(Map<String, Value> parts, String part) {
        return PythonText.str(parts.getOrDefault(part, NONE));
    }

    private static String url(Map<String, Value> parts) {
        var url = new StringBuilder();
        String scheme = text(parts, "scheme");
        if (!scheme.isEmpty()) {
            url.append(scheme).append(':');
        }
        String authority = authority(parts);
        String path = quote(text(parts, "path"), "/");
        boolean apart =
                !authority.isEmpty() || (WITH_HOSTS.contains(scheme) && !path.startsWith("//"));
        if (apart) {
            url.append("//").append(authority);
            url.append(path.isEmpty() || path.startsWith("/") ? "" : "/");
        }
        url.append(path);
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
        if (given(parts, "username") || given(parts, "password")) {
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
            text.append(quote(PythonText.repr(value), "/ ").replace(' ', '+'));
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
