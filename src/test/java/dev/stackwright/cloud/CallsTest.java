package dev.stackwright.cloud;

import static dev.stackwright.cloud.Service.COMPUTE;
import static dev.stackwright.cloud.Service.IMAGE;
import static dev.stackwright.cloud.Service.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** One call: what leaves, what comes back, and what becomes of answers that no OpenStack gives. */
class CallsTest {

    private static final Request SERVERS = Request.get(COMPUTE, "/servers/detail");
    private static final String SERVERS_PATH = "GET /compute/v2.1/servers/detail";

    private final StubCloud stub = new StubCloud();

    @AfterEach
    void close() throws Exception {
        stub.close();
    }

    @Test
    void carriesTokenMicroversionAndQueryAndBringsTheJsonBack() {
        var seen = new ArrayList<String>();
        stub.on(
                SERVERS_PATH,
                exchange -> {
                    seen.add(stub.userOf(exchange));
                    seen.add(exchange.getRequestHeaders().getFirst("OpenStack-API-Version"));
                    seen.add(exchange.getRequestURI().getRawQuery());
                    seen.add(exchange.getRequestHeaders().getFirst("X-OpenStack-Request-ID"));
                    StubCloud.reply(
                            exchange, 200, "application/json", "{\"servers\":[{\"id\":\"7\"}]}");
                });

        var answer =
                as(
                        "alice",
                        SERVERS.query("name", "a b&c=d/ü").query("tags", "x").microversion("2.93"));

        assertThat(seen.subList(0, 3))
                .containsExactly("alice", "compute 2.93", "name=a%20b%26c%3Dd%2F%C3%BC&tags=x");
        assertThat(seen.get(3)).startsWith("req-");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.requestId()).isEqualTo("req-of-the-stub");
        assertThat(answer.header("content-type")).contains("application/json");
        assertThat(answer.body().path("servers").get(0).path("id").asString()).isEqualTo("7");
    }

    @Test
    void sendsBodiesAsJsonWithEveryMethod() {
        for (var method : List.of(Request.Method.POST, Request.Method.PUT, Request.Method.PATCH)) {
            var bodies = new ArrayList<JsonNode>();
            stub.on(
                    method + " /network/v2.0/networks",
                    exchange -> {
                        assertThat(exchange.getRequestHeaders().getFirst("Content-Type"))
                                .isEqualTo("application/json");
                        bodies.add(StubCloud.json(exchange));
                        StubCloud.reply(exchange, 200, "application/json", "{}");
                    });

            as(
                    "alice",
                    Request.of(method, NETWORK, "/networks")
                            .body(Map.of("network", Map.of("name", "Käse"))));

            assertThat(bodies.getFirst().path("network").path("name").asString()).isEqualTo("Käse");
        }
    }

    @Test
    void keepsTheTypeOfAPatchThatGlanceWants() {
        var types = new ArrayList<String>();
        stub.on(
                "PATCH /image/v2/images/7",
                exchange -> {
                    types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
                    exchange.getRequestBody().readAllBytes();
                    StubCloud.reply(exchange, 200, "application/json", "{}");
                });

        as(
                "alice",
                Request.patch(IMAGE, "/images/{}", 7)
                        .header("Content-Type", "application/openstack-images-v2.1-json-patch")
                        .body(List.of()));

        assertThat(types).containsExactly("application/openstack-images-v2.1-json-patch");
    }

    @Test
    void lettingNoIdClimbOutOfItsPlace() {
        for (var id :
                List.of("../../identity/v3/users", "a/b", "a?b=c", "a#b", "..", "ü", "a b", "")) {
            assertThatThrownBy(() -> as("alice", Request.get(COMPUTE, "/servers/{}", id)))
                    .isInstanceOf(CloudFailure.class);
        }
        assertThat(stub.seen.stream().filter(line -> line.contains("compute")).toList())
                .containsExactly(
                        "GET /compute/v2.1/servers/..%2F..%2Fidentity%2Fv3%2Fusers",
                        "GET /compute/v2.1/servers/a%2Fb",
                        "GET /compute/v2.1/servers/a%3Fb%3Dc",
                        "GET /compute/v2.1/servers/a%23b",
                        "GET /compute/v2.1/servers/%2E%2E",
                        "GET /compute/v2.1/servers/%C3%BC",
                        "GET /compute/v2.1/servers/a%20b",
                        "GET /compute/v2.1/servers/%20");
    }

    @Test
    void usesOneConnectionForManyCalls() {
        var connections = java.util.concurrent.ConcurrentHashMap.<Integer>newKeySet();
        stub.on(
                SERVERS_PATH,
                exchange -> {
                    connections.add(exchange.getRemoteAddress().getPort());
                    StubCloud.reply(
                            exchange,
                            exchange.getRequestURI().getQuery() == null ? 200 : 409,
                            "application/json",
                            "{\"servers\":[]}");
                });
        var token = stub.tokenOf("alice");
        var cloud = stub.cloud();

        for (var i = 0; i < 100; i++) {
            cloud.as(token, os -> os.call(SERVERS));
            assertThatThrownBy(() -> cloud.as(token, os -> os.call(SERVERS.query("fail", "yes"))))
                    .isInstanceOf(CloudFailure.class);
        }

        assertThat(connections).hasSize(1);
    }

    // Pages

    @Test
    void followsTheLinksOfNovaButOnlyTheirQuery() {
        stub.on(
                SERVERS_PATH,
                exchange -> {
                    var marker = String.valueOf(exchange.getRequestURI().getQuery());
                    StubCloud.reply(
                            exchange,
                            200,
                            "application/json",
                            marker.contains("marker=2")
                                    ? "{\"servers\":[{\"id\":\"3\"}]}"
                                    : "{\"servers\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"servers_links\":[{\"rel\":\"next\",\"href\":\"http://evil.example/servers?all_tenants=1&marker=2\"}]}");
                });

        assertThat(ids(list(SERVERS.query("all_tenants", "1"), "servers")))
                .containsExactly("1", "2", "3");
        assertThat(stub.seen).contains("GET /compute/v2.1/servers/detail?all_tenants=1&marker=2");
    }

    @Test
    void followsTheLinksOfGlanceAndAsksForLongPages() {
        stub.on(
                "GET /image/v2/images",
                exchange ->
                        StubCloud.reply(
                                exchange,
                                200,
                                "application/json",
                                exchange.getRequestURI().getQuery().contains("marker")
                                        ? "{\"images\":[{\"id\":\"2\"}]}"
                                        : "{\"images\":[{\"id\":\"1\"}],\"next\":\"/v2/images?limit=1000&marker=1\"}"));

        assertThat(ids(list(Request.get(IMAGE, "/images"), "images"))).containsExactly("1", "2");
        assertThat(stub.seen).contains("GET /image/v2/images?limit=1000");
    }

    @Test
    void followsTheLinksOfKeystone() {
        stub.on(
                "GET /identity/v3/users",
                exchange ->
                        StubCloud.reply(
                                exchange,
                                200,
                                "application/json",
                                exchange.getRequestURI().getQuery() == null
                                        ? "{\"users\":[{\"id\":\"1\"}],\"links\":{\"next\":\"http://x/v3/users?marker=1\",\"previous\":null}}"
                                        : "{\"users\":[{\"id\":\"2\"}],\"links\":{\"next\":null}}"));

        assertThat(ids(list(Request.get(Service.IDENTITY, "/users"), "users")))
                .containsExactly("1", "2");
    }

    @Test
    void givesUpOnAListThatTurnsInACircle() {
        stub.on(
                SERVERS_PATH,
                200,
                "{\"servers\":[{\"id\":\"1\"}],\"servers_links\":[{\"rel\":\"next\",\"href\":\"?marker=1\"}]}");

        assertThat(failure(() -> list(SERVERS, "servers")).kind())
                .isEqualTo(CloudFailure.Kind.NOT_OPENSTACK);
    }

    /** Entries are read while they are walked; what nobody walks is passed over all the same. */
    @Test
    void findsTheNextPageBeforeAndBehindAListThatIsNotWalkedToItsEnd() {
        stub.on(
                SERVERS_PATH,
                exchange ->
                        StubCloud.reply(
                                exchange,
                                200,
                                "application/json",
                                exchange.getRequestURI().getQuery() == null
                                        ? "{\"servers_links\":[{\"rel\":\"next\",\"href\":\"?marker=2\"}],\"servers\":[{\"id\":\"1\",\"deep\":{\"more\":[1,2]}},{\"id\":\"2\"}]}"
                                        : "{\"note\":[{}],\"servers\":[{\"id\":\"3\"}],\"extra\":{\"servers\":[4]}}"));
        var firsts = new ArrayList<String>();

        stub.cloud()
                .as(
                        stub.tokenOf("alice"),
                        os -> {
                            os.eachPage(
                                    SERVERS,
                                    "servers",
                                    page ->
                                            firsts.add(
                                                    page.iterator().next().path("id").asString()));
                            return firsts;
                        });

        assertThat(firsts).containsExactly("1", "3");
    }

    @Test
    void aListWithoutItsListIsNoAnswer() {
        stub.on(SERVERS_PATH, 200, "{\"server\":{}}");

        assertThat(failure(() -> list(SERVERS, "servers")).getMessage())
                .isEqualTo("Nova: The answer at /servers/detail has no list of servers.");
    }

    // Answers that say no

    @Test
    void readsTheManyShapesOfNo() {
        says(
                404,
                "{\"itemNotFound\":{\"code\":404,\"message\":\"Instance x could not be found.\"}}",
                CloudFailure.Kind.NOT_FOUND,
                "Instance x could not be found.");
        says(
                409,
                "{\"NeutronError\":{\"type\":\"IpAddressInUse\",\"message\":\"In"
                        + " use.\",\"detail\":\"\"}}",
                CloudFailure.Kind.CONFLICT,
                "In use.");
        says(
                409,
                "{\"NeutronError\":{\"type\":\"OverQuota\",\"message\":\"Quota exceeded for"
                        + " resources: ['network'].\",\"detail\":\"\"}}",
                CloudFailure.Kind.OVER_QUOTA,
                "Quota exceeded for resources: ['network'].");
        says(
                403,
                "{\"forbidden\":{\"code\":403,\"message\":\"Quota exceeded for instances: Requested"
                        + " 1, but already used 10 of 10 instances\"}}",
                CloudFailure.Kind.OVER_QUOTA,
                "Quota exceeded for instances: Requested 1, but already used 10 of 10 instances");
        says(
                403,
                "{\"forbidden\":{\"code\":403,\"message\":\"Policy doesn't allow x to be"
                        + " performed.\"}}",
                CloudFailure.Kind.FORBIDDEN,
                "Policy doesn't allow x to be performed.");
        says(
                413,
                "{\"overLimit\":{\"code\":413,\"message\":\"VolumeSizeExceedsAvailableQuota: too"
                        + " much\",\"retryAfter\":\"0\"}}",
                CloudFailure.Kind.OVER_QUOTA,
                "VolumeSizeExceedsAvailableQuota: too much");
        says(
                400,
                "{\"badRequest\":{\"code\":400,\"message\":\"Invalid input for field/attribute"
                        + " size.\\n"
                        + " Value: a.\"}}",
                CloudFailure.Kind.BAD_REQUEST,
                "Invalid input for field/attribute size. Value: a.");
        says(
                403,
                "{\"errors\":[{\"status\":403,\"title\":\"Forbidden\",\"detail\":\"Access was"
                        + " denied.\\n\\n"
                        + " Really.  \"}]}",
                CloudFailure.Kind.FORBIDDEN,
                "Access was denied. Really.");
        says(
                404,
                "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>No"
                        + " image found with ID x<br /><br /></body></html>",
                CloudFailure.Kind.NOT_FOUND,
                "No image found with ID x");
        says(
                400,
                "{\"faultcode\":\"Client\",\"faultstring\":\"Validation failure:"
                        + " no\",\"debuginfo\":null}",
                CloudFailure.Kind.BAD_REQUEST,
                "Validation failure: no");
        says(500, "", CloudFailure.Kind.SERVER_ERROR, "The service gave no reason.");
        says(500, "[]", CloudFailure.Kind.SERVER_ERROR, "The service gave no reason.");
        says(
                401,
                "{\"error\":{\"code\":401,\"message\":\"The request you have made requires"
                        + " authentication.\",\"title\":\"Unauthorized\"}}",
                CloudFailure.Kind.UNAUTHORIZED,
                "The request you have made requires authentication.");
        says(
                300,
                "{\"choices\":[]}",
                CloudFailure.Kind.NOT_OPENSTACK,
                "The service gave no reason.");
    }

    private void says(int status, String body, CloudFailure.Kind kind, String said) {
        stub.on(
                "POST /compute/v2.1/servers",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    StubCloud.reply(
                            exchange,
                            status,
                            body.startsWith("<") ? "text/html" : "application/json",
                            body);
                });

        var failure = failure(() -> as("alice", Request.post(COMPUTE, "/servers").body(Map.of())));

        assertThat(failure.kind()).as(body).isEqualTo(kind);
        assertThat(failure.said()).isEqualTo(said);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.requestId()).contains("req-of-the-stub");
        assertThat(failure.service()).contains(COMPUTE);
    }

    @Test
    void aLongHostileReasonIsCutAndLosesItsControlCharacters() {
        stub.on(
                SERVERS_PATH,
                400,
                StubCloud.fault("badRequest", 400, "\u001b[31mred\u0000 " + "x".repeat(5000)));

        var said = failure(() -> as("alice", SERVERS)).said();

        assertThat(said)
                .startsWith("[31mred x")
                .hasSizeLessThan(1010)
                .doesNotContain("\u001b", "\u0000");
    }

    @Test
    void nothingFoundIsAnEmptyFind() {
        assertThat(
                        stub.cloud()
                                .as(
                                        stub.tokenOf("alice"),
                                        os -> os.find(Request.get(COMPUTE, "/servers/{}", 7)))
                                .isPresent())
                .isFalse();
    }

    @Test
    void aServiceOutsideTheCatalogIsNeverLookedForElsewhere() {
        var failure = failure(() -> as("alice", Request.get(Service.ORCHESTRATION, "/stacks")));

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.NO_SUCH_SERVICE);
        assertThat(failure.getMessage())
                .isEqualTo(
                        "Heat: The catalog of cloud stub lists no service of type orchestration.");
    }

    // Answers that no OpenStack gives

    @Test
    void aWebPageIsNotAnAnswer() {
        stub.on(
                SERVERS_PATH,
                exchange ->
                        StubCloud.reply(
                                exchange, 200, "text/html", "<html>Sign in to the Wi-Fi</html>"));

        assertThat(failure(() -> as("alice", SERVERS)).kind())
                .isEqualTo(CloudFailure.Kind.NOT_OPENSTACK);
    }

    @Test
    void halfAJsonIsNotAnAnswer() {
        stub.on(SERVERS_PATH, 200, "{\"servers\":[{\"id\":");

        var failure = failure(() -> as("alice", SERVERS));
        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.NOT_OPENSTACK);
        assertThat(failure.getMessage()).doesNotContain("servers\":");
    }

    @Test
    void jsonThatGoesDownForeverIsNotAnAnswer() {
        stub.on(SERVERS_PATH, 200, "[".repeat(100_000));

        assertThat(failure(() -> as("alice", SERVERS)).kind())
                .isEqualTo(CloudFailure.Kind.NOT_OPENSTACK);
    }

    @Test
    void anAnswerThatBreaksOffIsABrokenConnection() {
        stub.on(
                SERVERS_PATH,
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    throw new IOException("away");
                });

        assertThat(
                        failure(() ->
                                        stub.impatient(new ArrayList<>())
                                                .as(stub.tokenOf("alice"), os -> os.call(SERVERS)))
                                .kind())
                .isEqualTo(CloudFailure.Kind.UNREACHABLE);
    }

    @Test
    void anAnswerOfTwoHundredMegabytesIsLeftUnread() {
        var sent = new AtomicInteger();
        stub.on(
                SERVERS_PATH,
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    var megabyte = new byte[1 << 20];
                    for (; sent.get() < 200; sent.incrementAndGet()) {
                        exchange.getResponseBody().write(megabyte);
                    }
                });
        var settings =
                new CloudSettings(
                        List.of(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(8),
                        DataSize.ofMegabytes(4),
                        1);
        var token = stub.tokenOf("alice");

        var failure = failure(() -> stub.cloud(settings).as(token, os -> os.call(SERVERS)));

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.NOT_OPENSTACK);
        assertThat(failure.said()).endsWith("is longer than 4 MB.");
        assertThat(sent.get()).isLessThan(150);
    }

    @Test
    void aLongAnswerWithinBoundsIsReadWhole() {
        var entry = "{\"id\":\"" + "x".repeat(1000) + "\"}";
        stub.on(SERVERS_PATH, 200, "{\"servers\":[" + (entry + ",").repeat(19_999) + entry + "]}");

        assertThat(list(SERVERS, "servers")).hasSize(20_000);
    }

    @Test
    void anAnswerThatDripsIsNotWaitedFor() {
        var over = new CountDownLatch(1);
        stub.on(
                SERVERS_PATH,
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await(over);
                });
        var token = stub.tokenOf("alice");
        var cloud = stub.cloud(CloudSettings.STANDARD.withReadTimeout(Duration.ofMillis(300)));

        var failure = failure(() -> cloud.as(token, os -> os.call(SERVERS)));
        over.countDown();

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.TIMEOUT);
        assertThat(failure.said())
                .isEqualTo(stub.address() + " did not finish its answer within 300 ms.");
        assertThat(failure.passing()).isTrue();
    }

    @Test
    void aSilentServiceIsNotWaitedForLongerThanTheCallAllows() {
        var over = new CountDownLatch(1);
        stub.on(SERVERS_PATH, exchange -> await(over));
        var token = stub.tokenOf("alice");

        var failure =
                failure(() ->
                        stub.cloud()
                                .as(token, os -> os.call(SERVERS.within(Duration.ofMillis(200)))));
        over.countDown();

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.TIMEOUT);
    }

    // Patience

    @Test
    void readsAreTriedAgainForPassingReasons() {
        for (var status : List.of(502, 503, 504, 429)) {
            var asked = failing(SERVERS_PATH, 2, status, null);
            var pauses = new ArrayList<Duration>();

            stub.impatient(pauses).as(stub.tokenOf("alice"), os -> os.call(SERVERS));

            assertThat(asked.get()).as("asked at %d", status).isEqualTo(3);
            assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(800));
        }
    }

    @Test
    void noAttemptIsBegunThatTheTimeOfTheCallDoesNotAllow() {
        var asked = failing(SERVERS_PATH, 9, 503, null);
        var pauses = new ArrayList<Duration>();
        var brief = SERVERS.within(Duration.ofMillis(200));

        var failure =
                failure(() ->
                        stub.impatient(pauses).as(stub.tokenOf("alice"), os -> os.call(brief)));

        assertThat(failure.status()).isEqualTo(503);
        assertThat(asked.get()).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void writesAreNeverTriedAgain() {
        var asked = failing("POST /compute/v2.1/servers", 1, 503, null);

        var failure =
                failure(() ->
                        stub.impatient(new ArrayList<>())
                                .as(
                                        stub.tokenOf("alice"),
                                        os ->
                                                os.call(
                                                        Request.post(COMPUTE, "/servers")
                                                                .body(Map.of()))));

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.SERVER_ERROR);
        assertThat(failure.passing()).isTrue();
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void aServiceThatAsksForALittleTimeGetsItAndOneThatAsksForMuchGetsNone() {
        var pauses = new ArrayList<Duration>();
        failing(SERVERS_PATH, 1, 429, "2");
        stub.impatient(pauses).as(stub.tokenOf("alice"), os -> os.call(SERVERS));
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));

        var asked = failing(SERVERS_PATH, 1, 429, "3600");
        var failure =
                failure(() ->
                        stub.impatient(pauses).as(stub.tokenOf("alice"), os -> os.call(SERVERS)));
        assertThat(asked.get()).isEqualTo(1);
        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
    }

    private AtomicInteger failing(String path, int times, int status, @Nullable String retryAfter) {
        var asked = new AtomicInteger();
        stub.on(
                path,
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    if (retryAfter != null) {
                        exchange.getResponseHeaders().set("Retry-After", retryAfter);
                    }
                    var fails = asked.incrementAndGet() <= times;
                    StubCloud.reply(
                            exchange, fails ? status : 200, "application/json", "{\"servers\":[]}");
                });
        return asked;
    }

    @Test
    void nobodyAtHomeIsSaidPlainly() throws Exception {
        var definition = CloudDefinition.at(StubCloud.NAME, "http://127.0.0.1:1/v3");
        var failure =
                failure(() ->
                        stub.cloud(definition, CloudSettings.STANDARD, java.time.Clock.systemUTC())
                                .authenticate(StubCloud.password("alice"), Scope.UNSCOPED));

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.UNREACHABLE);
        assertThat(failure.getMessage())
                .isEqualTo("Keystone: Nothing answers at http://127.0.0.1:1.");
    }

    @Test
    void redirectsAreFollowedOnTheSameServerOnly() {
        stub.on(SERVERS_PATH, exchange -> redirect(exchange, "/compute/v2.1/elsewhere"));
        stub.on("GET /compute/v2.1/elsewhere", 200, "{\"servers\":[]}");
        assertThat(list(SERVERS, "servers")).isEmpty();

        stub.on(SERVERS_PATH, exchange -> redirect(exchange, "http://127.0.0.2:9/servers"));
        var away = failure(() -> as("alice", SERVERS));
        assertThat(away.kind()).isEqualTo(CloudFailure.Kind.NOT_OPENSTACK);
        assertThat(away.said()).contains("sends us on to http://127.0.0.2:9, and we do not follow");

        stub.on(SERVERS_PATH, exchange -> redirect(exchange, "/compute/v2.1/servers/detail"));
        assertThat(failure(() -> as("alice", SERVERS)).said()).contains("redirects without an end");
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    @Test
    void everyAttemptIsObserved() throws Exception {
        failing(SERVERS_PATH, 1, 503, "0");
        var calls = new ArrayList<CallObserver.Call>();
        try (var clouds =
                TestClouds.open(
                        stub.definition(),
                        CloudSettings.STANDARD,
                        java.time.Clock.systemUTC(),
                        calls::add)) {
            var cloud = clouds.get(StubCloud.NAME);
            var token = cloud.authenticate(StubCloud.password("alice"), Scope.UNSCOPED);
            cloud.as(token, os -> os.call(SERVERS));
        }

        assertThat(calls).extracting(CallObserver.Call::status).containsExactly(201, 503, 200);
        assertThat(calls)
                .extracting(CallObserver.Call::service)
                .containsExactly(Service.IDENTITY, COMPUTE, COMPUTE);
        assertThat(calls.getLast().path()).isEqualTo("/compute/v2.1/servers/detail");
    }

    private Answer as(String user, Request request) {
        return stub.cloud().as(stub.tokenOf(user), os -> os.call(request));
    }

    private List<JsonNode> list(Request request, String key) {
        return stub.cloud().as(stub.tokenOf("alice"), os -> os.list(request, key));
    }

    private static List<String> ids(List<JsonNode> nodes) {
        return nodes.stream().map(node -> node.path("id").asString()).toList();
    }

    private static CloudFailure failure(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var failure = catchThrowableOfType(CloudFailure.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
