package dev.stackwright.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stackwright.cloud.AuthenticationFailure.Reason;
import dev.stackwright.kernel.ProjectId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is sent to Keystone, and what its refusals mean. */
class KeystoneTest {

    private final StubCloud stub = new StubCloud();

    @AfterEach
    void close() throws Exception {
        stub.close();
    }

    @Test
    void everyWayInIsWrittenAsKeystoneWantsIt() {
        var domain = Credentials.Domain.named("Default");
        assertThat(sent(new Credentials.Password("alice", domain, "p"), Scope.UNSCOPED))
                .isEqualTo(
                        "{'identity':{'methods':['password'],'password':{'user':{'domain':{'name':'Default'},'name':'alice','password':'p'}}}}");
        assertThat(
                        sent(
                                new Credentials.PasswordOfId("u", "p"),
                                Scope.project(new ProjectId("shop"))))
                .isEqualTo(
                        "{'identity':{'methods':['password'],'password':{'user':{'id':'u','password':'p'}}},'scope':{'project':{'id':'shop'}}}");
        assertThat(sent(new Credentials.ApplicationCredential("i", "s"), Scope.UNSCOPED))
                .isEqualTo(
                        "{'identity':{'application_credential':{'id':'i','secret':'s'},'methods':['application_credential']}}");
        assertThat(
                        sent(
                                new Credentials.NamedApplicationCredential(
                                        "n", null, "alice", domain, "s"),
                                Scope.UNSCOPED))
                .isEqualTo(
                        "{'identity':{'application_credential':{'name':'n','secret':'s','user':{'domain':{'name':'Default'},'name':'alice'}},'methods':['application_credential']}}");
        assertThat(
                        sent(
                                new Credentials.PasswordOfId("u", "p"),
                                Scope.projectNamed("shop", Credentials.Domain.ofId("d"))))
                .endsWith("'scope':{'project':{'domain':{'id':'d'},'name':'shop'}}}");
        assertThat(sent(new Credentials.PasswordOfId("u", "p"), Scope.trust("t")))
                .endsWith("'scope':{'OS-TRUST:trust':{'id':'t'}}}");
        assertThat(sent(new Credentials.PasswordOfId("u", "p"), new Scope.WholeSystem()))
                .endsWith("'scope':{'system':{'all':true}}}");
        assertThat(sent(new Credentials.PasswordOfId("u", "p"), new Scope.WholeDomain(domain)))
                .endsWith("'scope':{'domain':{'name':'Default'}}}");
    }

    private String sent(Credentials credentials, Scope scope) {
        var bodies = new ArrayList<JsonNode>();
        stub.signIn =
                exchange -> {
                    bodies.add(StubCloud.json(exchange).path("auth"));
                    StubCloud.reply(
                            exchange,
                            400,
                            "application/json",
                            StubCloud.fault("error", 400, "enough"));
                };
        var _ =
                catchThrowableOfType(
                        CloudFailure.class, () -> stub.cloud().authenticate(credentials, scope));
        return sorted(bodies.getFirst());
    }

    private static String sorted(JsonNode node) {
        return tools.jackson.databind.json.JsonMapper.builder()
                .enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build()
                .writeValueAsString(
                        tools.jackson.databind.json.JsonMapper.builder()
                                .build()
                                .convertValue(node, Map.class))
                .replace('"', '\'');
    }

    @Test
    void aRefusalIsSaidWithItsReason() {
        assertThat(refusal(401, "The request you have made requires authentication.", Map.of()))
                .isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(
                        refusal(
                                401,
                                "The password is expired and needs to be changed for user: 7.",
                                Map.of()))
                .isEqualTo(Reason.PASSWORD_EXPIRED);
        assertThat(
                        refusal(
                                401,
                                "Additional authentications steps required.",
                                Map.of("Openstack-Auth-Receipt", "r")))
                .isEqualTo(Reason.MORE_FACTORS);
        assertThat(refusal(404, "Could not find Application Credential: x.", Map.of()))
                .isEqualTo(Reason.WRONG_CREDENTIALS);
    }

    private Reason refusal(int status, String message, Map<String, String> headers) {
        stub.signIn =
                exchange -> {
                    headers.forEach(exchange.getResponseHeaders()::set);
                    StubCloud.reply(
                            exchange,
                            status,
                            "application/json",
                            StubCloud.fault("error", status, message));
                };
        return catchThrowableOfType(
                        AuthenticationFailure.class,
                        () ->
                                stub.cloud()
                                        .authenticate(StubCloud.password("alice"), Scope.UNSCOPED))
                .reason();
    }

    @Test
    void whatIsNoKeystoneIsSaidToBeNone() {
        for (var body :
                List.of(
                        "<html>It works!</html>",
                        "",
                        "{}",
                        "[1,2]",
                        "{\"token\":{}}",
                        "{\"token\":{\"user\":{\"id\":\"u\"},\"issued_at\":\"yesterday\"}}",
                        "{\"token\":")) {
            for (var status : List.of(200, 201, 404)) {
                stub.signIn =
                        exchange -> {
                            exchange.getResponseHeaders().set("X-Subject-Token", "t");
                            exchange.getResponseHeaders().set("Content-Type", "text/html");
                            exchange.sendResponseHeaders(
                                    status, body.isEmpty() ? -1 : body.length());
                            exchange.getResponseBody()
                                    .write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        };
                var failure =
                        catchThrowableOfType(
                                CloudFailure.class,
                                () ->
                                        stub.cloud()
                                                .authenticate(
                                                        StubCloud.password("alice"),
                                                        Scope.UNSCOPED));
                assertThat(failure.kind())
                        .as(status + " " + body)
                        .isEqualTo(CloudFailure.Kind.NOT_OPENSTACK);
                assertThat(failure.said()).contains("is not a Keystone v3. Check auth_url.");
            }
        }
    }

    @Test
    void aSickKeystoneIsNotAWrongPassword() {
        stub.signIn = exchange -> StubCloud.reply(exchange, 500, "text/html", "<h1>Oops</h1>");
        var failure =
                catchThrowableOfType(
                        CloudFailure.class,
                        () ->
                                stub.impatient(new ArrayList<>())
                                        .authenticate(StubCloud.password("alice"), Scope.UNSCOPED));

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.SERVER_ERROR);
        assertThat(failure).isNotInstanceOf(AuthenticationFailure.class);
    }

    @Test
    void anUnknownDomainIsAskedForByTheServiceAccountOnly() {
        var cloud =
                stub.cloud(
                        stub.definition().withService(StubCloud.password("ada"), Scope.UNSCOPED),
                        CloudSettings.STANDARD,
                        Clock.systemUTC());
        stub.on(
                "GET /identity/v3/domains",
                exchange ->
                        StubCloud.reply(
                                exchange,
                                200,
                                "application/json",
                                exchange.getRequestURI().getQuery().equals("name=Default")
                                        ? "{\"domains\":[{\"id\":\"default\"}]}"
                                        : "{\"domains\":[]}"));

        assertThat(reason(cloud, "Default")).isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(reason(cloud, "Nowhere")).isEqualTo(Reason.UNKNOWN_DOMAIN);
        assertThat(reason(stub.cloud(), "Nowhere"))
                .as("nobody to ask")
                .isEqualTo(Reason.WRONG_CREDENTIALS);
        stub.on("GET /identity/v3/domains", 403, StubCloud.fault("error", 403, "No."));
        assertThat(reason(cloud, "Nowhere"))
                .as("not allowed to ask")
                .isEqualTo(Reason.WRONG_CREDENTIALS);
    }

    private static Reason reason(Cloud cloud, String domain) {
        return catchThrowableOfType(
                        AuthenticationFailure.class,
                        () ->
                                cloud.authenticate(
                                        new Credentials.Password(
                                                "alice", Credentials.Domain.named(domain), "wrong"),
                                        Scope.UNSCOPED))
                .reason();
    }

    @Test
    void addressesOfServicesComeFromTheCatalogWithTheirVersion() {
        assertThat(Endpoints.versioned("http://n:9696", "/v2.0")).isEqualTo("http://n:9696/v2.0");
        assertThat(Endpoints.versioned("http://n:9696/", "/v2.0")).isEqualTo("http://n:9696/v2.0");
        assertThat(Endpoints.versioned("http://n/network/v2.0/", "/v2.0"))
                .isEqualTo("http://n/network/v2.0");
        assertThat(Endpoints.versioned("http://g/image/v1", "/v2")).isEqualTo("http://g/image/v2");
        assertThat(Endpoints.versioned("http://k/identity", "/v3"))
                .isEqualTo("http://k/identity/v3");
        assertThat(Endpoints.versioned("http://c/v3/abc/", "")).isEqualTo("http://c/v3/abc");
        assertThat(Service.ofType("block-storage")).contains(Service.VOLUME);
        assertThat(Service.ofType("volumev3")).contains(Service.VOLUME);
        assertThat(Service.ofType("metric")).isEmpty();
    }

    @Test
    void regionFacingAndOverridesChooseAmongTheEndpoints() {
        var catalog =
                List.of(
                        new Endpoint("compute", "nova", "public", "North", "http://north/v2.1"),
                        new Endpoint(
                                "compute", "nova", "internal", "North", "http://north-inside/v2.1"),
                        new Endpoint("compute", "nova", "public", "South", "http://south/v2.1"),
                        new Endpoint("volumev3", "cinder", "public", "North", "http://old-name/v3"),
                        new Endpoint(
                                "block-storage",
                                "cinder",
                                "public",
                                "North",
                                "http://new-name/v3"));

        assertThat(find(Service.COMPUTE, "North", "public", Map.of(), catalog))
                .contains("http://north/v2.1");
        assertThat(find(Service.COMPUTE, "North", "internal", Map.of(), catalog))
                .contains("http://north-inside/v2.1");
        assertThat(find(Service.COMPUTE, "South", "public", Map.of(), catalog))
                .contains("http://south/v2.1");
        assertThat(find(Service.COMPUTE, "East", "public", Map.of(), catalog)).isEmpty();
        assertThat(find(Service.VOLUME, "North", "public", Map.of(), catalog))
                .contains("http://new-name/v3");
        assertThat(
                        find(
                                Service.VOLUME,
                                "North",
                                "public",
                                Map.of("volumev3", "http://mine/v3"),
                                catalog))
                .contains("http://mine/v3");
        assertThat(find(Service.IDENTITY, "North", "public", Map.of(), List.of()))
                .contains("http://k/v3");
    }

    @SuppressWarnings("NullAway") // nothing is sent, so there is no wire
    private static java.util.Optional<String> find(
            Service service,
            String region,
            String facing,
            Map<String, String> overrides,
            List<Endpoint> catalog) {
        var definition =
                new CloudDefinition(
                        StubCloud.NAME,
                        "stub",
                        "http://k",
                        region,
                        facing,
                        overrides,
                        CloudDefinition.Tls.STANDARD,
                        null,
                        false);
        return new Endpoints(definition, null).find(service, catalog);
    }
}
