package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who one is: how a token is had, what it stands for, and when it ends. */
final class Tokens {

    private static final Duration TOKEN_LIFE = Duration.ofHours(4);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What Keystone knows of a session; roles are looked up each time the token is used. */
    private record Session(Grant grant, Set<String> limit) {}

    private final World world;
    private final Map<String, ObjectNode> users;
    private final Map<String, ObjectNode> projects;
    private final Map<String, ObjectNode> roles;
    private final Map<String, ObjectNode> credentials;
    private final Map<String, ObjectNode> trusts;
    private final RoleAssignments grants;
    private final ServiceCatalog serviceCatalog;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Tokens(World world, RoleAssignments grants, ServiceCatalog serviceCatalog) {
        this.world = world;
        this.users = world.table("user");
        this.projects = world.table("project");
        this.roles = world.table("role");
        this.credentials = world.table("application_credential");
        this.trusts = world.table("trust");
        this.grants = grants;
        this.serviceCatalog = serviceCatalog;
    }

    /** The gate of all services: whoever has no good token stays outside. */
    void gate(Call call) {
        String id = call.header("X-Auth-Token");
        Grant grant = id == null ? null : grantOf(id);
        if (grant == null) {
            throw new Refusal(401, "The request you have made requires authentication.");
        }
        call.grant(grant);
    }

    private @Nullable Grant grantOf(String id) {
        Session session = sessions.get(id);
        if (session == null || !session.grant().expires().isAfter(world.now())) {
            return null;
        }
        Grant grant = session.grant();
        if (!Json.truth(users.getOrDefault(grant.userId(), object()), "enabled", false)) {
            return null;
        }
        if (grant.applicationCredentialId() != null
                && !credentials.containsKey(grant.applicationCredentialId())) {
            return null;
        }
        if (grant.trustId() != null && !trusts.containsKey(grant.trustId())) {
            return null;
        }
        if (grant.projectId() == null) {
            return grant;
        }
        Set<String> current =
                new LinkedHashSet<>(grants.rolesOf(grant.userId(), grant.projectId()));
        if (!session.limit().isEmpty()) {
            current.retainAll(RoleAssignments.withImplied(session.limit()));
        }
        return current.isEmpty() ? null : with(grant, current);
    }

    private static Grant with(Grant grant, Set<String> roles) {
        return new Grant(
                grant.id(),
                grant.userId(),
                grant.userName(),
                grant.projectId(),
                roles,
                grant.methods(),
                grant.auditIds(),
                grant.issued(),
                grant.expires(),
                grant.trustId(),
                grant.applicationCredentialId());
    }

    Reply authenticate(Call call) {
        JsonNode auth;
        try {
            auth = call.body().path("auth");
        } catch (Refusal refusal) {
            throw malformed("Expecting to find valid JSON in request body.");
        }
        if (!auth.isObject()) {
            throw malformed("Expecting to find auth in request body.");
        }
        JsonNode identity = auth.path("identity");
        if (!identity.isObject() || identity.path("methods").isEmpty()) {
            throw malformed("Expecting to find identity in auth.");
        }
        String method = identity.path("methods").get(0).asString("");
        Session session =
                switch (method) {
                    case "password" ->
                            byPassword(identity.path("password").path("user"), auth.path("scope"));
                    case "token" -> byToken(text(identity.path("token"), "id"), auth.path("scope"));
                    case "application_credential" ->
                            byCredential(identity.path("application_credential"));
                    default -> throw unauthorizedRefusal();
                };
        sessions.put(session.grant().id(), session);
        Grant grant = session.grant();
        return Reply.of(
                        201,
                        object("token", tokenBody(grant, !call.queries().containsKey("nocatalog"))))
                .with("X-Subject-Token", grant.id());
    }

    private static Refusal malformed(String what) {
        return new Refusal(
                400,
                what
                        + " The server could not comply with the request since it is either"
                        + " malformed or otherwise incorrect. The client is assumed to be in"
                        + " error.");
    }

    private static Refusal unauthorizedRefusal() {
        return new Refusal(401, "The request you have made requires authentication.");
    }

    private Session byPassword(JsonNode who, JsonNode scope) {
        ObjectNode user = findUser(who);
        if (user == null
                || !Json.truth(user, "enabled", false)
                || !same(text(user, "_password"), text(who, "password"))) {
            throw unauthorizedRefusal();
        }
        return open(user, scope, List.of("password"), List.of(), world.now().plus(TOKEN_LIFE));
    }

    private @Nullable ObjectNode findUser(JsonNode who) {
        if (who.hasNonNull("id")) {
            return users.get(text(who, "id"));
        }
        if (!isDefault(who.path("domain"))) {
            return null;
        }
        return byName(users, text(who, "name"));
    }

    private static boolean isDefault(JsonNode domain) {
        return text(domain, "id").equals("default") || text(domain, "name").equals("Default");
    }

    private static @Nullable ObjectNode byName(Map<String, ObjectNode> table, String name) {
        for (ObjectNode each : table.values()) {
            if (text(each, "name").equals(name)) {
                return each;
            }
        }
        return null;
    }

    private Session byToken(String id, JsonNode scope) {
        Grant old = grantOf(id);
        if (old == null) {
            throw unauthorizedRefusal();
        }
        if (old.applicationCredentialId() != null || old.trustId() != null) {
            throw new Refusal(
                    403,
                    "You are not authorized to perform the requested action: rescope a scoped"
                            + " token.");
        }
        ObjectNode user = users.get(old.userId());
        if (user == null) {
            throw unauthorizedRefusal();
        }
        List<String> methods = new ArrayList<>(new TreeSet<>(old.methods()));
        if (!methods.contains("token")) {
            methods.add("token");
        }
        return open(user, scope, methods, old.auditIds(), old.expires());
    }

    private Session byCredential(JsonNode given) {
        ObjectNode credential = findCredential(given);
        if (credential == null) {
            throw new Refusal(
                    404, "Could not find Application Credential: " + text(given, "id") + ".");
        }
        ObjectNode user = users.get(text(credential, "user_id"));
        if (user == null
                || !same(text(credential, "_secret"), text(given, "secret"))
                || expired(text(credential, "expires_at"))) {
            throw unauthorizedRefusal();
        }
        Set<String> limit = new LinkedHashSet<>();
        credential.path("roles").forEach(role -> limit.add(text(role, "name")));
        Grant grant =
                grant(
                        user,
                        text(credential, "project_id"),
                        limit,
                        List.of("application_credential"),
                        List.of(),
                        world.now().plus(TOKEN_LIFE),
                        null,
                        text(credential, "id"));
        return new Session(grant, limit);
    }

    private @Nullable ObjectNode findCredential(JsonNode given) {
        if (given.hasNonNull("id")) {
            return credentials.get(text(given, "id"));
        }
        ObjectNode user = findUser(given.path("user"));
        for (ObjectNode credential : credentials.values()) {
            if (user != null
                    && text(credential, "user_id").equals(text(user, "id"))
                    && text(credential, "name").equals(text(given, "name"))) {
                return credential;
            }
        }
        return null;
    }

    private boolean expired(String when) {
        if (when.isEmpty()) {
            return false;
        }
        try {
            return !Instant.parse(when.endsWith("Z") ? when : when + "Z").isAfter(world.now());
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private Session open(
            ObjectNode user,
            JsonNode scope,
            List<String> methods,
            List<String> parents,
            Instant expires) {
        if (scope.has("OS-TRUST:trust")) {
            return byTrust(
                    user, text(scope.path("OS-TRUST:trust"), "id"), methods, parents, expires);
        }
        if (scope.has("project")) {
            ObjectNode project = findProject(scope.path("project"));
            if (project == null
                    || grants.rolesOf(text(user, "id"), text(project, "id")).isEmpty()) {
                throw unauthorizedRefusal();
            }
            return new Session(
                    grant(
                            user,
                            text(project, "id"),
                            Set.of(),
                            methods,
                            parents,
                            expires,
                            null,
                            null),
                    Set.of());
        }
        if (scope.has("domain") || scope.has("system")) {
            throw unauthorizedRefusal();
        }
        return new Session(
                grant(user, null, Set.of(), methods, parents, expires, null, null), Set.of());
    }

    private Session byTrust(
            ObjectNode user,
            String trustId,
            List<String> methods,
            List<String> parents,
            Instant expires) {
        ObjectNode trust = trusts.get(trustId);
        if (trust == null) {
            throw unauthorizedRefusal();
        }
        if (!text(trust, "trustee_user_id").equals(text(user, "id"))) {
            throw new Refusal(403, "You are not authorized to perform the requested action.");
        }
        if (expired(text(trust, "expires_at"))) {
            throw unauthorizedRefusal();
        }
        ObjectNode trustor = users.get(text(trust, "trustor_user_id"));
        if (trustor == null) {
            throw unauthorizedRefusal();
        }
        Set<String> limit = new LinkedHashSet<>();
        trust.path("roles").forEach(role -> limit.add(text(role, "name")));
        boolean impersonates = Json.truth(trust, "impersonation", false);
        Grant grant =
                grant(
                        impersonates ? trustor : user,
                        text(trust, "project_id"),
                        limit,
                        methods,
                        parents,
                        expires,
                        trustId,
                        null);
        return new Session(grant, limit);
    }

    private @Nullable ObjectNode findProject(JsonNode who) {
        if (who.hasNonNull("id")) {
            return projects.get(text(who, "id"));
        }
        return isDefault(who.path("domain")) ? byName(projects, text(who, "name")) : null;
    }

    private Grant grant(
            ObjectNode user,
            @Nullable String project,
            Set<String> limit,
            List<String> methods,
            List<String> parents,
            Instant expires,
            @Nullable String trust,
            @Nullable String credential) {
        Set<String> names =
                new LinkedHashSet<>(
                        project == null ? Set.of() : grants.rolesOf(text(user, "id"), project));
        if (!limit.isEmpty()) {
            names.retainAll(RoleAssignments.withImplied(limit));
        }
        if (project != null && names.isEmpty()) {
            throw unauthorizedRefusal();
        }
        List<String> audit = new ArrayList<>();
        audit.add(random(16));
        if (!parents.isEmpty()) {
            audit.add(parents.getLast());
        }
        return new Grant(
                "gAAAAAB" + random(120),
                text(user, "id"),
                text(user, "name"),
                project,
                names,
                methods,
                audit,
                world.now(),
                expires,
                trust,
                credential);
    }

    static String random(int bytes) {
        byte[] noise = new byte[bytes];
        RANDOM.nextBytes(noise);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode tokenBody(Grant grant, boolean withCatalog) {
        ObjectNode token =
                object(
                        "methods", grant.methods(),
                        "user",
                                object(
                                        "domain",
                                        object("id", "default", "name", "Default"),
                                        "id",
                                        grant.userId(),
                                        "name",
                                        grant.userName(),
                                        "password_expires_at",
                                        null),
                        "audit_ids", grant.auditIds(),
                        "expires_at", World.stampWithMicros(grant.expires()) + "Z",
                        "issued_at", World.stampWithMicros(grant.issued()) + "Z");
        if (grant.trustId() != null && trusts.containsKey(grant.trustId())) {
            ObjectNode trust = trusts.get(grant.trustId());
            token.set(
                    "OS-TRUST:trust",
                    object(
                            "id", grant.trustId(),
                            "trustor_user", object("id", text(trust, "trustor_user_id")),
                            "trustee_user", object("id", text(trust, "trustee_user_id")),
                            "impersonation", trust.get("impersonation")));
        }
        if (grant.projectId() != null) {
            token.set(
                    "project",
                    object(
                            "domain",
                            object("id", "default", "name", "Default"),
                            "id",
                            grant.projectId(),
                            "name",
                            text(projects.getOrDefault(grant.projectId(), object()), "name")));
            ArrayNode names = token.putArray("roles");
            if (grant.trustId() == null) {
                token.put("is_domain", false);
            }
            grant.roles()
                    .forEach(role ->
                            names.add(
                                    grant.trustId() == null
                                            ? object(
                                                    "id", World.hexOf("role " + role), "name", role)
                                            : grants.roleBody(role)));
            ObjectNode credential =
                    credentials.get(String.valueOf(grant.applicationCredentialId()));
            if (credential != null) {
                token.set(
                        "application_credential",
                        object(
                                "id",
                                text(credential, "id"),
                                "name",
                                text(credential, "name"),
                                "restricted",
                                !Json.truth(credential, "unrestricted", false)));
            }
            if (withCatalog) {
                token.set("catalog", serviceCatalog.catalogFor(grant.projectId()));
            }
        }
        return token;
    }

    Reply validate(Call call) {
        String subject = call.header("X-Subject-Token");
        Grant grant = subject == null ? null : grantOf(subject);
        if (grant == null) {
            throw new Refusal(404, "Failed to validate token");
        }
        if (!call.grant().admin() && !call.grant().userId().equals(grant.userId())) {
            throw IdentityService.forbidden("validate_token");
        }
        return Reply.ok(object("token", tokenBody(grant, !call.queries().containsKey("nocatalog"))))
                .with("X-Subject-Token", String.valueOf(subject));
    }

    Reply revoke(Call call) {
        String subject = call.header("X-Subject-Token");
        Grant grant = subject == null ? null : grantOf(subject);
        if (subject == null || grant == null) {
            throw new Refusal(404, "Failed to validate token");
        }
        if (!call.grant().admin() && !call.grant().userId().equals(grant.userId())) {
            throw IdentityService.forbidden("revoke_token");
        }
        sessions.remove(subject);
        return Reply.empty(204);
    }

    void forget(String userId) {
        sessions.values().removeIf(session -> session.grant().userId().equals(userId));
    }
}
