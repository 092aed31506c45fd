package dev.stackwright.cloud;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.types.Facing;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.openstack.OSFactory;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;
import org.openstack4j.openstack.internal.BaseOpenStackService;
import org.openstack4j.openstack.internal.OSClientSession.OSClientSessionV3;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One token bound to one thread for the length of one call of {@link Cloud#as}.
 *
 * <p>OpenStack4j keeps its session in a thread-local that is set by making a client and never
 * cleared: whoever comes last on a thread decides as whom everything on it acts, and the next job
 * on a pooled thread inherits it. So clients are made here and nowhere else, the thread is left
 * with a session that can do nothing, and a second token on the same thread is refused.
 */
final class Binding implements OpenStack, AutoCloseable {

    private static final ThreadLocal<@Nullable Binding> CURRENT = new ThreadLocal<>();
    private static final int MOST_PAGES = 20_000;

    private final Behind behind;
    private final @Nullable Renewal renewal;
    private final Thread thread = Thread.currentThread();
    private Token token;
    private boolean open = true;

    /** Gets another token for the one that the cloud has stopped to accept. */
    @FunctionalInterface
    interface Renewal {
        Token instead(Token refused);
    }

    /** What all bindings of one cloud share. */
    record Behind(Endpoints endpoints, Config config, JsonMapper json, OpenStack4jTokens tokens) {}

    private Binding(Behind behind, Token token, @Nullable Renewal renewal) {
        this.behind = behind;
        this.renewal = renewal;
        this.token = token;
        bind();
    }

    /** The binding of this thread, when it is for the same token. */
    static Optional<Binding> current(Token wanted) {
        var current = CURRENT.get();
        if (current == null) {
            return Optional.empty();
        }
        if (!current.token.id().equals(wanted.id())) {
            throw new IllegalStateException(
                    "This thread acts as %s already; it cannot act as %s before that ends"
                            .formatted(current.token, wanted));
        }
        return Optional.of(current);
    }

    static Binding open(Behind behind, Token token, @Nullable Renewal renewal) {
        var binding = new Binding(behind, token, renewal);
        CURRENT.set(binding);
        return binding;
    }

    private void bind() {
        OSFactory.clientFromToken(behind.tokens().of(token), Facing.PUBLIC, behind.config());
    }

    @Override
    public void close() {
        open = false;
        CURRENT.remove();
        OSClientSessionV3.createSession(new KeystoneToken(), Facing.PUBLIC, null, Poison.CONFIG);
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public Answer call(Request request) {
        var answer = answered(request);
        return new Answer(
                answer.status(),
                body(request, answer),
                firsts(answer.headers()),
                answer.requestId().orElse(null));
    }

    private Transport.Incoming answered(Request request) {
        mustBeLent();
        var answer = send(request);
        if (answer.status() == 401 && renewal != null) {
            token = renewal.instead(token);
            bind();
            answer = send(request);
        }
        if (answer.status() >= 300) {
            throw Faults.from(behind.json(), request.service(), answer);
        }
        return answer;
    }

    @Override
    public Optional<Answer> find(Request request) {
        try {
            return Optional.of(call(request));
        } catch (CloudFailure failure) {
            if (failure.kind() == CloudFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public List<JsonNode> list(Request request, String key) {
        var all = new ArrayList<JsonNode>();
        eachPage(request, key, page -> page.forEach(all::add));
        return all;
    }

    /**
     * Of the address of the next page only the query counts: behind a proxy the rest of it is often
     * wrong, and it is not a service's business to send our token to another place.
     */
    @Override
    public void eachPage(Request request, String key, Consumer<Iterable<JsonNode>> page) {
        var seen = new HashSet<List<Request.Parameter>>();
        Optional<Request> next = Optional.of(inPages(request));
        while (next.isPresent()) {
            var current = next.get();
            if (!seen.add(current.query()) || seen.size() > MOST_PAGES) {
                throw new CloudFailure(
                        CloudFailure.Kind.NOT_OPENSTACK,
                        request.service(),
                        "The list at %s has no end.".formatted(request.path()));
            }
            var listed = listed(current, key, page);
            if (!listed.found()) {
                throw new CloudFailure(
                        CloudFailure.Kind.NOT_OPENSTACK,
                        request.service(),
                        "The answer at %s has no list of %s.".formatted(request.path(), key));
            }
            next = listed.entries() == 0 ? Optional.empty() : next(current, listed.rest(), key);
        }
    }

    private ListedBody listed(Request request, String key, Consumer<Iterable<JsonNode>> page) {
        var answer = answered(request);
        try {
            return ListedBody.read(behind.json(), answer.body(), key, page);
        } catch (JacksonException broken) {
            throw brokenOff(request, answer);
        }
    }

    /**
     * Glance gives 25 at a time unless asked for more. Neutron gives everything at once, and is not
     * asked for pages: it drops rows from a page after counting them, and then takes the short page
     * for the last one (seen with the rules of security groups).
     */
    private static Request inPages(Request request) {
        var asked = request.query().stream().anyMatch(one -> one.name().equals("limit"));
        return request.service() == Service.IMAGE && !asked
                ? request.query("limit", 1000)
                : request;
    }

    private static Optional<Request> next(Request request, JsonNode body, String key) {
        return nextLink(body, key)
                .map(link -> link.substring(link.indexOf('?') + 1))
                .map(Binding::parameters)
                .map(request::withQuery);
    }

    private static Optional<String> nextLink(JsonNode body, String key) {
        for (var link : body.path(key + "_links")) {
            if (link.path("rel").asString("").equals("next")) {
                return withQuery(link.path("href"));
            }
        }
        return withQuery(body.path("next")).or(() -> withQuery(body.path("links").path("next")));
    }

    private static Optional<String> withQuery(JsonNode link) {
        return link.isString() && link.asString().contains("?")
                ? Optional.of(link.asString())
                : Optional.empty();
    }

    private static List<Request.Parameter> parameters(String query) {
        var parameters = new ArrayList<Request.Parameter>();
        for (var pair : query.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.add(
                        new Request.Parameter(
                                decoded(pair.substring(0, equals)),
                                decoded(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    @Override
    public boolean offers(Service service) {
        return address(service).isPresent();
    }

    @Override
    public Optional<String> address(Service service) {
        return behind.endpoints().find(service, token.catalog());
    }

    private Transport.Incoming send(Request request) {
        var hints = new Hints(request.service(), request.timeout(), false);
        return hints.during(() -> new Door(request.service()).send(request, behind.json()));
    }

    private JsonNode body(Request request, Transport.Incoming answer) {
        if (answer.body().length == 0) {
            return MissingNode.getInstance();
        }
        var type = answer.header("Content-Type").orElse("application/json");
        if (type.startsWith("text/plain") || type.startsWith("application/octet-stream")) {
            return behind.json()
                    .getNodeFactory()
                    .stringNode(new String(answer.body(), StandardCharsets.UTF_8));
        }
        try {
            return behind.json().readTree(answer.body());
        } catch (JacksonException broken) {
            throw brokenOff(request, answer);
        }
    }

    private static CloudFailure brokenOff(Request request, Transport.Incoming answer) {
        return new CloudFailure(
                CloudFailure.Kind.NOT_OPENSTACK,
                request.service(),
                answer.status(),
                "The answer at %s is not JSON, or breaks off.".formatted(request.path()),
                answer.requestId().orElse(null),
                null,
                null);
    }

    private static Map<String, String> firsts(Map<String, List<String>> headers) {
        var firsts = new LinkedHashMap<String, String>();
        headers.forEach((name, values) -> firsts.put(name, values.getFirst()));
        return firsts;
    }

    private void mustBeLent() {
        if (!open || Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "An OpenStack is lent to one thread, for the length of one call");
        }
    }

    /** OpenStack4j's own request machinery, opened for requests as we write them. */
    private static final class Door extends BaseOpenStackService {

        Door(Service service) {
            super(Endpoints.inOpenStack4j(service), UnaryOperator.identity());
        }

        Transport.Incoming send(Request request, JsonMapper json) {
            var invocation =
                    request(
                            HttpMethod.valueOf(request.method().name()),
                            Void.class,
                            request.path() + query(request.query()));
            invocation.headers(headers(request));
            var body = request.body();
            if (body != null) {
                invocation.json(json.writeValueAsString(body));
            }
            var answer = (Connector.Answered) invocation.executeWithResponse();
            return answer.incoming();
        }

        private static String query(List<Request.Parameter> query) {
            return query.isEmpty()
                    ? ""
                    : query.stream()
                            .map(one -> encoded(one.name()) + "=" + encoded(one.value()))
                            .collect(Collectors.joining("&", "?", ""));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }

        private static Map<String, String> headers(Request request) {
            var headers = new LinkedHashMap<>(request.headers());
            var version = request.microversion();
            if (version != null) {
                var service = request.service();
                headers.put("OpenStack-API-Version", service.microversionName() + " " + version);
                if (service == Service.SHARED_FILE_SYSTEM) {
                    headers.put("X-OpenStack-Manila-API-Version", version);
                }
            }
            return headers;
        }
    }

    /** What a thread is left with: every call on it fails. */
    private static final class Poison {
        static final Config CONFIG = Config.newConfig();
    }
}
