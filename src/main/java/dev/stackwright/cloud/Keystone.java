package dev.stackwright.cloud;

import dev.stackwright.cloud.AuthenticationFailure.Reason;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.internal.HttpExecutor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signing in, which OpenStack4j cannot do for application credentials and trusts: what to send to
 * Keystone, and what its answers mean. It keeps nothing.
 *
 * <p>Keystone answers a wrong password, an unknown domain and a missing role all with the same 401,
 * so that strangers learn nothing. Those who may know ask further: whether the credentials are good
 * for no project at all, and, through {@link Domains}, whether there is such a domain.
 */
final class Keystone {

    private final CloudDefinition cloud;
    private final Endpoints endpoints;
    private final Config config;
    private final JsonMapper json;
    private final Duration patience;

    /** Knows the cloud's domains, or does not. */
    @FunctionalInterface
    interface Domains {
        boolean surelyLacks(Credentials.Domain domain);
    }

    /**
     * @param patience how long each question may take, with all its attempts
     */
    Keystone(
            CloudDefinition cloud,
            Endpoints endpoints,
            Config config,
            JsonMapper json,
            Duration patience) {
        this.cloud = cloud;
        this.endpoints = endpoints;
        this.config = config;
        this.json = json;
        this.patience = patience;
    }

    Token authenticate(Credentials credentials, Scope scope, Domains domains) {
        var answer = ask(credentials, scope);
        if (answer.status() == 201) {
            return token(answer);
        }
        throw refusal(answer, credentials, scope, domains);
    }

    private Transport.Incoming ask(Credentials credentials, Scope scope) {
        var auth = new LinkedHashMap<String, Object>();
        auth.put("identity", identity(credentials));
        var wanted = scope(scope);
        if (wanted != null) {
            auth.put("scope", wanted);
        }
        return send("POST", "/auth/tokens", Map.of(), Map.of("auth", auth));
    }

    private static Map<String, Object> identity(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password(var name, var domain, var password) ->
                    method(
                            "password",
                            Map.of(
                                    "user",
                                    Map.of(
                                            "name", name,
                                            "domain", domain(domain),
                                            "password", password)));
            case Credentials.PasswordOfId(var id, var password) ->
                    method("password", Map.of("user", Map.of("id", id, "password", password)));
            case Credentials.ApplicationCredential(var id, var secret) ->
                    method("application_credential", Map.of("id", id, "secret", secret));
            case Credentials.NamedApplicationCredential named ->
                    method(
                            "application_credential",
                            Map.of(
                                    "name", named.name(),
                                    "secret", named.secret(),
                                    "user", owner(named)));
            case Credentials.ExistingToken(var token) -> method("token", Map.of("id", token.id()));
        };
    }

    private static Map<String, Object> method(String method, Map<String, Object> with) {
        return Map.of("methods", List.of(method), method, with);
    }

    private static Map<String, Object> owner(Credentials.NamedApplicationCredential named) {
        if (named.userId() != null) {
            return Map.of("id", named.userId());
        }
        var owner = new LinkedHashMap<String, Object>();
        owner.put("name", named.userName());
        if (named.domain() != null) {
            owner.put("domain", domain(named.domain()));
        }
        return owner;
    }

    private static Map<String, Object> domain(Credentials.Domain domain) {
        var field = new LinkedHashMap<String, Object>();
        if (domain.id() != null) {
            field.put("id", domain.id());
        } else {
            field.put("name", domain.name());
        }
        return field;
    }

    private static @Nullable Object scope(Scope scope) {
        return switch (scope) {
            case Scope.Unscoped() -> null;
            case Scope.Project(var id) -> Map.of("project", Map.of("id", id.value()));
            case Scope.ProjectNamed(var name, var domain) ->
                    Map.of("project", Map.of("name", name, "domain", domain(domain)));
            case Scope.WholeDomain(var domain) -> Map.of("domain", domain(domain));
            case Scope.WholeSystem() -> Map.of("system", Map.of("all", true));
            case Scope.Trust(var id) -> Map.of("OS-TRUST:trust", Map.of("id", id));
        };
    }

    private CloudFailure refusal(
            Transport.Incoming answer, Credentials credentials, Scope scope, Domains domains) {
        var said = Faults.said(json, answer);
        if (!said.ours() && answer.status() < 500) {
            return noKeystone(answer);
        }
        return switch (answer.status()) {
            case 401 ->
                    new AuthenticationFailure(
                            reason(answer, said, credentials, scope, domains),
                            401,
                            said.message(),
                            answer.requestId().orElse(null));
            // An unknown credential or token is "not found" to Keystone, and to us no way in.
            case 404 ->
                    new AuthenticationFailure(
                            credentials instanceof Credentials.ExistingToken
                                    ? Reason.TOKEN_EXPIRED
                                    : Reason.WRONG_CREDENTIALS,
                            404,
                            said.message(),
                            answer.requestId().orElse(null));
            default -> Faults.from(json, Service.IDENTITY, answer);
        };
    }

    private Reason reason(
            Transport.Incoming answer,
            Faults.Said said,
            Credentials credentials,
            Scope scope,
            Domains domains) {
        if (said.message().contains("password is expired")) {
            return Reason.PASSWORD_EXPIRED;
        }
        if (answer.header("Openstack-Auth-Receipt").isPresent()) {
            return Reason.MORE_FACTORS;
        }
        return switch (credentials) {
            case Credentials.ExistingToken(var token) ->
                    isGood(token) ? Reason.NO_ROLE_IN_PROJECT : Reason.TOKEN_EXPIRED;
            case Credentials.Password password when domains.surelyLacks(password.domain()) ->
                    Reason.UNKNOWN_DOMAIN;
            case Credentials.Password _, Credentials.PasswordOfId _ ->
                    !(scope instanceof Scope.Unscoped) && opensAnything(credentials)
                            ? Reason.NO_ROLE_IN_PROJECT
                            : Reason.WRONG_CREDENTIALS;
            case Credentials.ApplicationCredential _, Credentials.NamedApplicationCredential _ ->
                    Reason.WRONG_CREDENTIALS;
        };
    }

    private boolean isGood(Token token) {
        return send("GET", "/auth/tokens?nocatalog", holding(token), null).status() == 200;
    }

    private boolean opensAnything(Credentials credentials) {
        var answer = ask(credentials, Scope.UNSCOPED);
        if (answer.status() != 201) {
            return false;
        }
        revoke(token(answer));
        return true;
    }

    Token validate(Token token) {
        var answer = send("GET", "/auth/tokens", holding(token), null);
        if (answer.status() == 200) {
            return token(token.id(), answer);
        }
        if (answer.status() == 401 || answer.status() == 404) {
            throw new AuthenticationFailure(
                    Reason.TOKEN_EXPIRED,
                    answer.status(),
                    Faults.said(json, answer).message(),
                    answer.requestId().orElse(null));
        }
        throw Faults.from(json, Service.IDENTITY, answer);
    }

    void revoke(Token token) {
        var answer = send("DELETE", "/auth/tokens", holding(token), null);
        var gone = Set.of(204, 401, 404).contains(answer.status());
        if (!gone) {
            throw Faults.from(json, Service.IDENTITY, answer);
        }
    }

    List<CloudProject> projectsOf(Token token) {
        var answer = send("GET", "/auth/projects", Map.of("X-Auth-Token", token.id()), null);
        if (answer.status() != 200) {
            throw Faults.from(json, Service.IDENTITY, answer);
        }
        var projects = new ArrayList<CloudProject>();
        for (var project : tree(answer).path("projects")) {
            projects.add(
                    new CloudProject(
                            new ProjectId(project.path("id").asString()),
                            project.path("name").asString(),
                            text(project, "domain_id"),
                            project.path("enabled").asBoolean(true),
                            text(project, "description")));
        }
        projects.sort(
                Comparator.comparing(CloudProject::name, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(project -> project.id().value()));
        return projects;
    }

    private static Map<String, String> holding(Token token) {
        return Map.of("X-Auth-Token", token.id(), "X-Subject-Token", token.id());
    }

    private Token token(Transport.Incoming answer) {
        return token(
                answer.header("X-Subject-Token").orElseThrow(() -> noKeystone(answer)), answer);
    }

    private Token token(String id, Transport.Incoming answer) {
        var token = tree(answer).path("token");
        try {
            var user = token.path("user");
            var project = token.path("project");
            return new Token(
                    id,
                    cloud.name(),
                    new UserId(user.path("id").asString()),
                    user.path("name").asString(),
                    text(user.path("domain"), "id"),
                    project.isObject() ? new ProjectId(project.path("id").asString()) : null,
                    text(project, "name"),
                    roles(token),
                    time(token.path("issued_at")),
                    time(token.path("expires_at")),
                    catalog(token));
        } catch (DateTimeParseException | JacksonException | IllegalArgumentException broken) {
            throw noKeystone(answer);
        }
    }

    /** Always UTC; of a token that ends with its application credential Keystone forgets the Z. */
    private static Instant time(JsonNode node) {
        var text = node.asString();
        return Instant.parse(text.endsWith("Z") ? text : text + "Z");
    }

    private static Set<String> roles(JsonNode token) {
        var roles = new HashSet<String>();
        token.path("roles").forEach(role -> roles.add(role.path("name").asString()));
        return roles;
    }

    private static List<Endpoint> catalog(JsonNode token) {
        var lines = new ArrayList<Endpoint>();
        for (var service : token.path("catalog")) {
            for (var endpoint : service.path("endpoints")) {
                var address = endpoint.path("url").asString("");
                if (Endpoints.isAddress(address)) {
                    lines.add(
                            new Endpoint(
                                    service.path("type").asString(""),
                                    text(service, "name"),
                                    endpoint.path("interface").asString("public"),
                                    text(endpoint, "region_id") == null
                                            ? text(endpoint, "region")
                                            : text(endpoint, "region_id"),
                                    address));
                }
            }
        }
        return lines;
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).isString() ? node.path(field).asString() : null;
    }

    private JsonNode tree(Transport.Incoming answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException _) {
            throw noKeystone(answer);
        }
    }

    private CloudFailure noKeystone(Transport.Incoming answer) {
        return new CloudFailure(
                CloudFailure.Kind.NOT_OPENSTACK,
                Service.IDENTITY,
                answer.status(),
                "What answers at %s is not a Keystone v3. Check auth_url."
                        .formatted(endpoints.identity()),
                answer.requestId().orElse(null),
                null,
                null);
    }

    private Transport.Incoming send(
            String method, String path, Map<String, String> headers, @Nullable Object body) {
        var request =
                HttpRequest.builder(Void.class)
                        .endpoint(endpoints.identity())
                        .path(path)
                        .method(HttpMethod.valueOf(method))
                        .headers(headers)
                        .config(config);
        if (body != null) {
            request.json(json.writeValueAsString(body));
        }
        var hints = new Hints(Service.IDENTITY, patience, true);
        var answer =
                (Connector.Answered)
                        hints.during(() -> HttpExecutor.create().execute(request.build()));
        return answer.incoming();
    }
}
