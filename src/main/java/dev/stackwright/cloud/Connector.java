package dev.stackwright.cloud;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ClientConstants;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.core.transport.functions.EndpointURIFromRequestFunction;

/**
 * OpenStack4j's way onto our wire; it finds this class through {@code META-INF/services}. The
 * configuration of each of its calls carries the {@link Endpoints} of a cloud and with them the
 * {@link Transport}, so there is nothing static to mix clouds up.
 */
public final class Connector implements HttpExecutorService {

    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD");

    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        var config = request.getConfig();
        if (config == null || !(config.getEndpointURLResolver() instanceof Endpoints endpoints)) {
            throw new IllegalStateException("A call to OpenStack left without going through Cloud");
        }
        return new Answered(endpoints.transport().send(outgoing(request)));
    }

    @Override
    public String getExecutorDisplayName() {
        return "Stackwright on the JDK's HTTP client";
    }

    private static <R> Transport.Outgoing outgoing(HttpRequest<R> request) {
        var headers = new HashMap<String, String>();
        request.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        headers.put(ClientConstants.HEADER_USER_AGENT, "Stackwright");
        var body = body(request);
        if (body != null) {
            headers.putIfAbsent(ClientConstants.HEADER_CONTENT_TYPE, request.getContentType());
        }
        var hints = Hints.current();
        var method = request.getMethod().name();
        return new Transport.Outgoing(
                method,
                address(request),
                headers,
                body,
                hints.service(),
                hints.timeout(),
                hints.repeatable() || REPEATABLE.contains(method));
    }

    private static byte @Nullable [] body(HttpRequest<?> request) {
        try {
            if (request.hasJson()) {
                return request.getJson().getBytes(StandardCharsets.UTF_8);
            }
            var entity = request.getEntity();
            return switch (entity) {
                case null -> null;
                case InputStream stream -> {
                    try (stream) {
                        yield stream.readAllBytes();
                    }
                }
                default ->
                        ObjectMapperSingleton.getContext(entity.getClass())
                                .writer()
                                .writeValueAsBytes(entity);
            };
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static URI address(HttpRequest<?> request) {
        var address = new StringBuilder(new EndpointURIFromRequestFunction().apply(request));
        if (request.hasQueryParams()) {
            request.getQueryParams()
                    .forEach((name, values) ->
                            values.forEach(value ->
                                    address.append(address.indexOf("?") < 0 ? '?' : '&')
                                            .append(encoded(name))
                                            .append('=')
                                            .append(encoded(String.valueOf(value)))));
        }
        return URI.create(address.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** An answer in OpenStack4j's words. */
    record Answered(Transport.Incoming incoming) implements HttpResponse {

        @Override
        public <T> T getEntity(Class<T> type) {
            return HttpEntityHandler.handle(this, type, null, true);
        }

        @Override
        public <T> T getEntity(Class<T> type, ExecutionOptions<T> options) {
            return HttpEntityHandler.handle(this, type, options, true);
        }

        @Override
        public <T> T readEntity(Class<T> type) {
            try {
                return ObjectMapperSingleton.getContext(type)
                        .readerFor(type)
                        .readValue(incoming.body());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public int getStatus() {
            return incoming.status();
        }

        @Override
        public String getStatusMessage() {
            return "HTTP " + incoming.status();
        }

        @Override
        public @Nullable String getContentType() {
            return header(ClientConstants.HEADER_CONTENT_TYPE);
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(incoming.body());
        }

        @Override
        public @Nullable String header(String name) {
            return incoming.header(name).orElse(null);
        }

        @Override
        public Map<String, String> headers() {
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            incoming.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
            return headers;
        }

        @Override
        public void close() {
            // The body is read already; nothing is held.
        }
    }
}
