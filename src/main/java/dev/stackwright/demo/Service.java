package dev.stackwright.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of the services of the demo cloud: its routes, and how it words a refusal. */
abstract class Service {

    /** Answers one route. */
    interface Handler {
        Reply answer(Call call);
    }

    private record Route(String method, List<String> segments, boolean open, Handler handler) {

        @Nullable List<String> match(String askedMethod, List<String> asked) {
            if (!method.equals(askedMethod) || asked.size() != segments.size()) {
                return null;
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                if (segments.get(i).equals("{}")) {
                    names.add(asked.get(i));
                } else if (!segments.get(i).equals(asked.get(i))) {
                    return null;
                }
            }
            return names;
        }
    }

    private final String name;
    private final Map<String, List<Route>> routes = new LinkedHashMap<>();
    final World world;
    final String base;

    /** {@code base} is the address that the catalog gives, without version. */
    Service(String name, String base, World world) {
        this.name = name;
        this.base = base;
        this.world = world;
    }

    String name() {
        return name;
    }

    /** Registers a route; {@code {}} stands for any one segment. */
    void route(String method, String path, Handler handler) {
        add(method, path, false, handler);
    }

    /** Registers a route that needs no token. */
    void openRoute(String method, String path, Handler handler) {
        add(method, path, true, handler);
    }

    private void add(String method, String path, boolean open, Handler handler) {
        List<String> segments = segments(path);
        routes.computeIfAbsent(method + segments.size(), key -> new ArrayList<>())
                .add(new Route(method, segments, open, handler));
    }

    @Nullable Reply answer(Call call, Gate gate) {
        List<String> asked = segments(call.path()).stream().map(Call::decoded).toList();
        String method = call.method().equals("HEAD") ? "GET" : call.method();
        for (Route route : routes.getOrDefault(method + asked.size(), List.of())) {
            List<String> names = route.match(method, asked);
            if (names != null) {
                call.names(names);
                if (!route.open()) {
                    gate.open(call);
                    negotiate(call);
                }
                return route.handler().answer(call);
            }
        }
        gate.open(call);
        return null;
    }

    /** Finds out who is calling, or refuses. */
    interface Gate {
        void open(Call call);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }

    /** Reads the microversion from the headers. */
    void negotiate(Call call) {}

    abstract Reply refuse(Call call, Refusal refusal);

    /** What the service says about a route that it does not have. */
    abstract Reply unknown(Call call);

    /** The headers that the service puts on each answer. */
    Map<String, String> headers(Call call) {
        return Map.of("X-Openstack-Request-Id", call.requestId());
    }

    static Reply plainFault(int status, String title, String message) {
        return Reply.of(
                status,
                Json.object(
                        "message",
                        message + "<br /><br />\n\n\n",
                        "code",
                        status + " " + title,
                        "title",
                        title));
    }

    /** A refusal in the words that Nova and Cinder share. */
    static Reply namedFault(Refusal refusal) {
        int status = refusal.status();
        if (status == 401) {
            return unauthorized();
        }
        String name =
                switch (status) {
                    case 400 -> "badRequest";
                    case 403 -> "forbidden";
                    case 404 -> "itemNotFound";
                    case 409 -> "conflictingRequest";
                    case 413 -> "overLimit";
                    case 501 -> "notImplemented";
                    default -> "computeFault";
                };
        return Reply.of(
                status,
                Json.object(name, Json.object("code", status, "message", refusal.message())));
    }

    static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }

    /** The answer of the authentication middleware that all services share. */
    static Reply unauthorized() {
        return Reply.of(
                        401,
                        Json.object(
                                "error",
                                Json.object(
                                        "code",
                                        401,
                                        "title",
                                        "Unauthorized",
                                        "message",
                                        "The request you have made requires authentication.")))
                .with("Www-Authenticate", "Keystone uri=\"http://127.0.0.1:5000\"");
    }

    static int minorOf(
            @Nullable String header,
            String service,
            int otherwise,
            int major,
            int latest,
            int first) {
        if (header == null) {
            return otherwise;
        }
        for (String part : header.split(",")) {
            String[] words = part.trim().split("\\s+");
            if (words.length == 2 && words[0].equals(service)) {
                return minorOf(words[1], otherwise, major, latest, first);
            }
        }
        return otherwise;
    }

    static int minorOf(String version, int otherwise, int major, int latest, int first) {
        if (version.equals("latest")) {
            return latest;
        }
        String[] numbers = version.split("\\.");
        if (numbers.length != 2 || !version.matches("[0-9]{1,4}\\.[0-9]{1,4}")) {
            throw new Refusal(
                    400,
                    "API Version String "
                            + version
                            + " is of invalid format. Must be of format MajorNum.MinorNum.");
        }
        int minor = Integer.parseInt(numbers[1]);
        if (Integer.parseInt(numbers[0]) != major || minor > latest || minor < first) {
            throw new Refusal(
                    406,
                    "Version "
                            + version
                            + " is not supported by the API. Minimum is "
                            + major
                            + "."
                            + first
                            + " and maximum is "
                            + major
                            + "."
                            + latest
                            + ".");
        }
        return minor;
    }

    static boolean matches(JsonNode document, String field, List<String> wanted) {
        JsonNode value = document.path(field);
        String text =
                value.isString() ? value.stringValue() : value.isNull() ? "" : value.toString();
        for (String each : wanted) {
            if (each.equals(text)
                    || value.isBoolean() && Json.isTrue(each) == value.booleanValue()) {
                return true;
            }
        }
        return false;
    }
}
