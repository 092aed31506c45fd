package dev.stackwright.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stackwright.kernel.CloudName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something on loopback that signs anybody in whose password is their name, and otherwise answers
 * what a test tells it to: the place for answers that no OpenStack gives.
 */
final class StubCloud implements AutoCloseable {

    static final CloudName NAME = new CloudName("stub");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, String> userOfToken = new ConcurrentHashMap<>();
    private final List<Clouds> opened = new ArrayList<>();
    final AtomicInteger signIns = new AtomicInteger();
    final List<String> seen = new CopyOnWriteArrayList<>();
    volatile Duration tokenLife = Duration.ofHours(1);
    volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
    volatile Route signIn = this::signIn;

    /** Answers a request. */
    @FunctionalInterface
    interface Route {
        void answer(HttpExchange exchange) throws IOException;
    }

    StubCloud() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    CloudDefinition definition() {
        return CloudDefinition.at(NAME, address() + "/identity/v3");
    }

    Cloud cloud() {
        return cloud(definition(), CloudSettings.STANDARD, Clock.systemUTC());
    }

    Cloud cloud(CloudSettings settings) {
        return cloud(definition(), settings, Clock.systemUTC());
    }

    Cloud cloud(CloudDefinition definition, CloudSettings settings, Clock clock) {
        var clouds = TestClouds.open(definition, settings, clock);
        opened.add(clouds);
        return clouds.all().getFirst();
    }

    /** A cloud that does not wait between attempts, and says how long it would have. */
    Cloud impatient(List<Duration> pauses) {
        return new OpenStackCloud(
                definition(),
                CloudSettings.STANDARD,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                List.of(),
                pauses::add);
    }

    Token tokenOf(String user) {
        return cloud().authenticate(password(user), Scope.UNSCOPED);
    }

    static Credentials password(String user) {
        return new Credentials.Password(user, Credentials.Domain.named("Default"), user);
    }

    /** {@code GET /compute/servers}, say. */
    void on(String methodAndPath, Route route) {
        routes.put(methodAndPath, route);
    }

    void on(String methodAndPath, int status, String json) {
        on(methodAndPath, exchange -> reply(exchange, status, "application/json", json));
    }

    static void reply(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-OpenStack-Request-Id", "req-of-the-stub");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Whose token came with the request. */
    String userOf(HttpExchange exchange) {
        var token = exchange.getRequestHeaders().getFirst("X-Auth-Token");
        return token == null ? "nobody" : userOfToken.getOrDefault(token, "a stranger");
    }

    void forgetTokens() {
        userOfToken.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var what = exchange.getRequestMethod() + " " + path;
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (what.equals("POST /identity/v3/auth/tokens")) {
                signIn.answer(exchange);
                return;
            }
            var route = routes.get(what);
            if (route == null) {
                exchange.getRequestBody().readAllBytes();
                reply(exchange, 404, "application/json", fault("itemNotFound", 404, "No " + path));
                return;
            }
            route.answer(exchange);
        }
    }

    static String fault(String name, int code, String message) {
        return JSON.writeValueAsString(Map.of(name, Map.of("code", code, "message", message)));
    }

    private void signIn(HttpExchange exchange) throws IOException {
        signIns.incrementAndGet();
        var identity = JSON.readTree(exchange.getRequestBody()).path("auth").path("identity");
        var user = identity.path("password").path("user");
        var name = user.path("name").asString("");
        if (!user.path("password").asString("").equals(name)) {
            reply(
                    exchange,
                    401,
                    "application/json",
                    fault("error", 401, "The request you have made requires authentication."));
            return;
        }
        var token = "token-of-" + name + "-" + userOfToken.size() + "-" + signIns.get();
        userOfToken.put(token, name);
        exchange.getResponseHeaders().set("X-Subject-Token", token);
        reply(exchange, 201, "application/json", JSON.writeValueAsString(tokenBody(name)));
    }

    private Map<String, Object> tokenBody(String name) {
        return Map.of(
                "token",
                Map.of(
                        "user",
                        Map.of(
                                "id",
                                "id-of-" + name,
                                "name",
                                name,
                                "domain",
                                Map.of("id", "default")),
                        "project",
                        Map.of("id", "shop", "name", "shop"),
                        "roles",
                        List.of(Map.of("name", "member")),
                        "issued_at",
                        now.toString(),
                        "expires_at",
                        now.plus(tokenLife).toString(),
                        "catalog",
                        List.of(
                                service("compute", "nova", "/compute/v2.1"),
                                service("network", "neutron", "/network"),
                                service("image", "glance", "/image"),
                                service("block-storage", "cinder", "/volume/v3/shop"))));
    }

    private Map<String, Object> service(String type, String name, String path) {
        return Map.of(
                "type",
                type,
                "name",
                name,
                "endpoints",
                List.of(
                        Map.of(
                                "interface", "public",
                                "region", "RegionOne",
                                "region_id", "RegionOne",
                                "url", address() + path)));
    }

    static JsonNode json(HttpExchange exchange) throws IOException {
        return JSON.readTree(exchange.getRequestBody());
    }

    @Override
    public void close() throws Exception {
        for (var clouds : opened) {
            clouds.close();
        }
        server.stop(0);
    }
}
