package dev.stackwright.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door: takes HTTP requests on loopback, brings each to its service, and lets faults
 * happen on the way.
 */
final class Front implements AutoCloseable {

    /**
     * A body may not be larger; images are thrown away after their sum was taken, but they pass
     * through memory.
     */
    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Front.class);

    static {
        // Without it the server waits for an acknowledgement between header and body: 40 ms for
        // each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final DemoFaults faults;
    private final World world;
    private final AtomicLong calls = new AtomicLong();
    private Service.Gate gate = call -> {};

    Front(int port, World world, DemoFaults faults) {
        this.world = world;
        this.faults = faults;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo cloud cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void add(Service service) {
        services.put(service.name(), service);
    }

    void start(Service.Gate gatekeeper) {
        gate = gatekeeper;
        server.start();
    }

    long calls() {
        return calls.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String raw = exchange.getRequestURI().getRawPath();
            int slash = raw.indexOf('/', 1);
            String name = slash < 0 ? raw.substring(1) : raw.substring(1, slash);
            String path = slash < 0 ? "" : raw.substring(slash);
            byte[] content = exchange.getRequestBody().readNBytes(LARGEST_BODY);
            Service service = services.get(name);
            if (service == null) {
                write(exchange, Reply.html(404, "<h1>Not Found</h1>"), Map.of());
                return;
            }
            DemoCall demoCall =
                    new DemoCall(calls.incrementAndGet(), name, exchange.getRequestMethod(), path);
            Call call =
                    new Call(
                            exchange.getRequestMethod(),
                            path,
                            exchange.getRequestURI().getRawQuery(),
                            content,
                            exchange.getRequestHeaders()::getFirst,
                            "req-" + UUID.randomUUID());
            answer(exchange, service, call, demoCall);
        } catch (Cut cut) {
            log.debug("Demo cloud: connection cut on purpose");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Service service, Call call, DemoCall demoCall)
            throws IOException, InterruptedException {
        hook(() -> faults.before(demoCall));
        DemoFailure failure = faults.next(demoCall);
        switch (failure) {
            case null -> {}
            case DemoFailure.Status(int status) -> {
                write(
                        exchange,
                        service.refuse(call, new Refusal(status, "Unknown", failed(status))),
                        service.headers(call));
                return;
            }
            case DemoFailure.Slow(var delay) -> Thread.sleep(delay);
            case DemoFailure.Hang() -> {
                faults.hang();
                throw new Cut();
            }
            case DemoFailure.Cut() -> throw new Cut();
            case DemoFailure.CutAfter() -> {}
        }
        byte[][] content = new byte[1][];
        Reply reply =
                world.inTurn(() -> {
                    Reply made = answer(service, call);
                    content[0] = bytes(made);
                    if (changes(call)) {
                        world.changed();
                    }
                    return made;
                });
        hook(() -> faults.after(demoCall));
        if (failure instanceof DemoFailure.CutAfter) {
            throw new Cut();
        }
        write(exchange, reply, service.headers(call), content[0]);
    }

    private static boolean changes(Call call) {
        return !call.method().equals("GET")
                && !call.method().equals("HEAD")
                && !call.path().endsWith("/auth/tokens");
    }

    private Reply answer(Service service, Call call) {
        try {
            Reply reply = service.answer(call, gate);
            if (reply == null) {
                log.warn(
                        "The demo cloud has no route for {} /{}{}",
                        call.method(),
                        service.name(),
                        call.path());
                return service.unknown(call);
            }
            return reply;
        } catch (Refusal refusal) {
            return service.refuse(call, refusal);
        } catch (RuntimeException e) {
            log.error("Demo cloud: {} /{}{} failed", call.method(), service.name(), call.path(), e);
            return service.refuse(call, new Refusal(500, "HTTPInternalServerError", failed(500)));
        }
    }

    private static String failed(int status) {
        return switch (status) {
            case 500 ->
                    "Unexpected API Error. Please report this and attach the API log if possible.";
            case 503 -> "The service is currently unavailable.";
            default -> Service.title(status);
        };
    }

    /** A hook that throws is a crash at this very place. */
    private static void hook(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            throw new Cut();
        }
    }

    private static byte[] bytes(Reply reply) {
        if (reply.bytes() != null) {
            return reply.bytes();
        }
        return reply.body() == null ? new byte[0] : Json.MAPPER.writeValueAsBytes(reply.body());
    }

    private static void write(HttpExchange exchange, Reply reply, Map<String, String> headers)
            throws IOException {
        write(exchange, reply, headers, bytes(reply));
    }

    private static void write(
            HttpExchange exchange,
            Reply reply,
            Map<String, String> headers,
            byte @Nullable [] content)
            throws IOException {
        byte[] body = content == null ? new byte[0] : content;
        var out = exchange.getResponseHeaders();
        out.set(
                "Content-Type",
                reply.body() == null ? "text/html; charset=UTF-8" : "application/json");
        headers.forEach(out::set);
        reply.headers().forEach(out::set);
        boolean noBody =
                body.length == 0
                        || exchange.getRequestMethod().equals("HEAD")
                        || reply.status() == 204;
        exchange.sendResponseHeaders(reply.status(), noBody ? -1 : body.length);
        if (!noBody) {
            try (OutputStream stream = exchange.getResponseBody()) {
                stream.write(body);
            }
        }
    }

    @Override
    public void close() {
        faults.clearFailures();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Ends the connection without an answer. */
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Cut() {
            super("cut", null, false, false);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
