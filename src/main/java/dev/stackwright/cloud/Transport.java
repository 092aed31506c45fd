package dev.stackwright.cloud;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The wire to one cloud, for every call that there is: OpenStack4j's and our own end up here. It
 * keeps connections open, bounds every answer in time (all its attempts together) and length,
 * repeats reads that failed for a passing reason, and tells metrics and observers of each attempt.
 *
 * <p>Two properties of the JDK's client shape it. The client's own timeout ends with the headers,
 * so a body that drips would hang: we wait for the whole answer instead and cancel. And a body that
 * is not read to its end costs the connection, so even an error's body is read.
 */
final class Transport implements AutoCloseable {

    private static final int REDIRECTS = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final CloudDefinition cloud;
    private final CloudSettings settings;
    private final MeterRegistry meters;
    private final List<CallObserver> observers;
    private final Pause pause;
    private final ExecutorService threads;
    private final HttpClient client;

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** A request ready to leave. */
    record Outgoing(
            String method,
            URI address,
            Map<String, String> headers,
            byte @Nullable [] body,
            @Nullable Service service,
            @Nullable Duration timeout,
            boolean repeatable) {}

    /** An answer that has wholly arrived. */
    record Incoming(int status, Map<String, List<String>> headers, byte[] body) {

        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst();
        }

        Optional<String> requestId() {
            return header("X-OpenStack-Request-Id").or(() -> header("X-Compute-Request-Id"));
        }
    }

    Transport(
            CloudDefinition cloud,
            CloudSettings settings,
            MeterRegistry meters,
            List<CallObserver> observers,
            Pause pause) {
        this.cloud = cloud;
        this.settings = settings;
        this.meters = meters;
        this.observers = List.copyOf(observers);
        this.pause = pause;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        var builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.connectTimeout())
                        .executor(threads);
        Certificates.contextFor(cloud.name(), cloud.tls()).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    Incoming send(Outgoing outgoing) {
        var address = outgoing.address();
        for (var redirects = 0; ; redirects++) {
            var answer = sendWithPatience(outgoing, address);
            var elsewhere = elsewhere(outgoing, address, answer);
            if (elsewhere.isEmpty()) {
                return answer;
            }
            if (redirects == REDIRECTS) {
                throw notOpenStack(
                        outgoing, answer.status(), address + " redirects without an end.");
            }
            address = elsewhere.get();
        }
    }

    private Incoming sendWithPatience(Outgoing outgoing, URI address) {
        var patience = outgoing.timeout() == null ? settings.readTimeout() : outgoing.timeout();
        var until = System.nanoTime() + patience.toNanos();
        for (var attempt = 1; ; attempt++) {
            var last = attempt >= settings.attempts() || !outgoing.repeatable();
            Optional<Duration> wait;
            try {
                var answer = sendOnce(outgoing, address, patience, until);
                if (last || !isPassing(answer)) {
                    return answer;
                }
                wait = pauseBefore(attempt + 1, answer);
                if (wait.isEmpty() || isLonger(wait.get(), until)) {
                    return answer;
                }
            } catch (CloudFailure failure) {
                wait = Optional.of(backOff(attempt));
                if (last
                        || failure.kind() != CloudFailure.Kind.UNREACHABLE
                        || isLonger(wait.get(), until)) {
                    throw failure;
                }
            }
            rest(outgoing, wait.get());
        }
    }

    private static boolean isLonger(Duration wait, long until) {
        return wait.toNanos() >= until - System.nanoTime();
    }

    private Incoming sendOnce(Outgoing outgoing, URI address, Duration patience, long until) {
        var started = System.nanoTime();
        var status = 0;
        try {
            var answer = exchange(outgoing, address, patience, until);
            status = answer.status();
            return answer;
        } finally {
            tell(outgoing, address, status, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private Incoming exchange(Outgoing outgoing, URI address, Duration patience, long until) {
        var left = Math.max(1, until - System.nanoTime());
        var underway =
                client.sendAsync(
                        request(outgoing, address, Duration.ofNanos(left)),
                        _ -> new BoundedBody(settings.maxAnswer().toBytes()));
        try {
            var answer = underway.get(left, TimeUnit.NANOSECONDS);
            return new Incoming(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (TimeoutException late) {
            underway.cancel(true);
            throw timedOut(outgoing, address, patience, late);
        } catch (InterruptedException interrupted) {
            underway.cancel(true);
            Thread.currentThread().interrupt();
            throw new CloudFailure(
                    CloudFailure.Kind.TIMEOUT,
                    outgoing.service(),
                    0,
                    "The call was interrupted.",
                    null,
                    null,
                    interrupted);
        } catch (ExecutionException failed) {
            throw failure(outgoing, address, patience, failed.getCause());
        }
    }

    private static HttpRequest request(Outgoing outgoing, URI address, Duration patience) {
        var request = HttpRequest.newBuilder(address).timeout(patience);
        request.setHeader("Accept", "application/json");
        outgoing.headers().forEach(request::setHeader);
        request.setHeader("X-OpenStack-Request-ID", "req-" + UUID.randomUUID());
        var body = outgoing.body();
        return request.method(
                        outgoing.method(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    private CloudFailure failure(
            Outgoing outgoing, URI address, Duration patience, @Nullable Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException timeout ->
                    unreachable(
                            outgoing,
                            "There was no connection to %s within %s."
                                    .formatted(host(address), words(settings.connectTimeout())),
                            timeout);
            case java.net.http.HttpTimeoutException timeout ->
                    timedOut(outgoing, address, patience, timeout);
            case BoundedBody.TooLong tooLong ->
                    notOpenStack(
                            outgoing,
                            0,
                            "The answer of %s is longer than %d MB."
                                    .formatted(host(address), settings.maxAnswer().toMegabytes()));
            case SSLException tls ->
                    unreachable(
                            outgoing,
                            "No secure connection to %s: %s"
                                    .formatted(host(address), tls.getMessage()),
                            tls);
            case ConnectException refused ->
                    unreachable(outgoing, refusal(address, refused), refused);
            case IOException broken ->
                    unreachable(
                            outgoing,
                            "The connection to %s broke off.".formatted(host(address)),
                            broken);
            case null, default ->
                    unreachable(outgoing, "The call to %s failed.".formatted(host(address)), cause);
        };
    }

    private static String refusal(URI address, ConnectException refused) {
        return refused.getCause() instanceof UnresolvedAddressException
                ? "The name %s is not known.".formatted(address.getHost())
                : "Nothing answers at %s.".formatted(host(address));
    }

    private static CloudFailure timedOut(
            Outgoing outgoing, URI address, Duration patience, Throwable cause) {
        return new CloudFailure(
                CloudFailure.Kind.TIMEOUT,
                outgoing.service(),
                0,
                "%s did not finish its answer within %s.".formatted(host(address), words(patience)),
                null,
                null,
                cause);
    }

    private static CloudFailure unreachable(
            Outgoing outgoing, String said, @Nullable Throwable cause) {
        return new CloudFailure(
                CloudFailure.Kind.UNREACHABLE, outgoing.service(), 0, said, null, null, cause);
    }

    private static CloudFailure notOpenStack(Outgoing outgoing, int status, String said) {
        return new CloudFailure(
                CloudFailure.Kind.NOT_OPENSTACK,
                outgoing.service(),
                status,
                said,
                null,
                null,
                null);
    }

    private static boolean isPassing(Incoming answer) {
        return switch (answer.status()) {
            case 429, 502, 503, 504 -> true;
            case 413 -> answer.header("Retry-After").isPresent();
            default -> false;
        };
    }

    /** How long to wait; empty when the service wants more time than a caller should be kept. */
    private static Optional<Duration> pauseBefore(int attempt, Incoming answer) {
        var asked = retryAfter(answer);
        if (asked.isEmpty()) {
            return Optional.of(backOff(attempt - 1));
        }
        return asked.filter(wait -> wait.compareTo(LONGEST_PAUSE) <= 0);
    }

    static Optional<Duration> retryAfter(Incoming answer) {
        return answer.header("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static Duration backOff(int attempt) {
        return Duration.ofMillis(200L << (2 * (attempt - 1)));
    }

    private void rest(Outgoing outgoing, Duration wait) {
        try {
            pause.of(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable(outgoing, "The call was interrupted.", interrupted);
        }
    }

    /** Where to ask instead, for reads that are sent elsewhere on the same server. */
    private static Optional<URI> elsewhere(Outgoing outgoing, URI address, Incoming answer) {
        var redirect =
                switch (answer.status()) {
                    case 301, 302, 303, 307, 308 -> true;
                    default -> false;
                };
        if (!redirect) {
            return Optional.empty();
        }
        var target = answer.header("Location").flatMap(location -> resolve(address, location));
        if (target.isPresent() && outgoing.repeatable() && sameServer(address, target.get())) {
            return target;
        }
        throw notOpenStack(
                outgoing,
                answer.status(),
                "%s sends us on to %s, and we do not follow. Give that address in clouds.yaml if it is the right one."
                        .formatted(host(address), target.map(Transport::host).orElse("nowhere")));
    }

    private static Optional<URI> resolve(URI address, String location) {
        try {
            return Optional.of(address.resolve(location)).filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private void tell(Outgoing outgoing, URI address, int status, Duration took) {
        var service = outgoing.service();
        meters.timer(
                        "stackwright.cloud.calls",
                        "cloud",
                        cloud.name().value(),
                        "service",
                        service == null ? "other" : service.name().toLowerCase(Locale.ROOT),
                        "method",
                        outgoing.method(),
                        "status",
                        status == 0 ? "none" : Integer.toString(status))
                .record(took);
        if (!observers.isEmpty()) {
            var call =
                    new CallObserver.Call(
                            cloud.name(),
                            service,
                            outgoing.method(),
                            address.getRawPath(),
                            status,
                            took);
            observers.forEach(observer -> observer.called(call));
        }
    }

    private static String host(URI address) {
        return address.getScheme()
                + "://"
                + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }

    CloudDefinition cloud() {
        return cloud;
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
