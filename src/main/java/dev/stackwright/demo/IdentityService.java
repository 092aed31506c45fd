package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
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
import java.util.LinkedHashMap;
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

/** Keystone v3: who is who, tokens, application credentials and trusts. */
final class IdentityService extends Service {

    private static final Duration TOKEN_LIFE = Duration.ofHours(4);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, Set<String>> IMPLIED =
            Map.of("admin", Set.of("member", "reader"), "member", Set.of("reader"));

    /** What Keystone knows of a session; roles are looked up each time the token is used. */
    private record Session(Grant grant, Set<String> limit) {}

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> users;
    private final Map<String, ObjectNode> projects;
    private final Map<String, ObjectNode> roles;
    private final Map<String, ObjectNode> assignments;
    private final Map<String, ObjectNode> credentials;
    private final Map<String, ObjectNode> trusts;
    private final List<ObjectNode> catalog = new ArrayList<>();

    IdentityService(String base, World world) {
        super("identity", base, world);
        users = world.table("user");
        projects = world.table("project");
        roles = world.table("role");
        assignments = world.table("role_assignment");
        credentials = world.table("application_credential");
        trusts = world.table("trust");
        openRoute("GET", "/", call -> Reply.of(300, versions()).with("Location", base + "/v3/"));
        openRoute("GET", "/v3", call -> Reply.ok(object("version", version())));
        openRoute("POST", "/v3/auth/tokens", this::authenticate);
        route("GET", "/v3/auth/tokens", this::validate);
        route("DELETE", "/v3/auth/tokens", this::revoke);
        route("GET", "/v3/auth/projects", call -> projectsOf(call, call.grant().userId()));
        route("GET", "/v3/auth/catalog", this::showCatalog);
        route("GET", "/v3/auth/domains", call -> Reply.ok(collection(call, "domains", List.of())));
        route(
                "GET",
                "/v3/auth/system",
                call ->
                        Reply.ok(
                                object(
                                        "system",
                                        array(),
                                        "links",
                                        object("self", base + call.path()))));
        projectsAndUsers();
        applicationCredentials();
        trustRoutes();
        smallCollections();
    }

    void offer(String type, String name, String url) {
        ArrayNode endpoints = array();
        for (String side : List.of("admin", "public", "internal")) {
            endpoints.add(
                    object(
                            "id",
                            World.hexOf("endpoint " + type + side),
                            "interface",
                            side,
                            "region_id",
                            "RegionOne",
                            "url",
                            url,
                            "region",
                            "RegionOne"));
        }
        catalog.add(
                object(
                        "endpoints",
                        endpoints,
                        "id",
                        World.hexOf("service " + type),
                        "type",
                        type,
                        "name",
                        name));
    }

    void addRole(String name) {
        String id = World.hexOf("role " + name);
        roles.put(
                id,
                object(
                        "id",
                        id,
                        "name",
                        name,
                        "domain_id",
                        null,
                        "description",
                        null,
                        "options",
                        object("immutable", true),
                        "links",
                        object("self", base + "/v3/roles/" + id)));
    }

    String addProject(String name, String description) {
        String id = World.hexOf("project " + name);
        projects.put(
                id,
                object(
                        "id",
                        id,
                        "name",
                        name,
                        "domain_id",
                        "default",
                        "description",
                        description,
                        "enabled",
                        true,
                        "parent_id",
                        "default",
                        "is_domain",
                        false,
                        "tags",
                        array(),
                        "options",
                        object(),
                        "links",
                        object("self", base + "/v3/projects/" + id)));
        return id;
    }

    String addUser(String name, String password) {
        String id = World.hexOf("user " + name);
        users.put(
                id,
                object(
                        "id",
                        id,
                        "name",
                        name,
                        "domain_id",
                        "default",
                        "enabled",
                        true,
                        "email",
                        name + "@demo.invalid",
                        "password_expires_at",
                        null,
                        "options",
                        object(),
                        "links",
                        object("self", base + "/v3/users/" + id),
                        "_password",
                        password));
        return id;
    }

    void assign(String user, String project, String role) {
        String userId = World.hexOf("user " + user);
        String projectId = World.hexOf("project " + project);
        putAssignment(projectId, userId, World.hexOf("role " + role));
    }

    private void putAssignment(String projectId, String userId, String roleId) {
        assignments.put(
                projectId + " " + userId + " " + roleId,
                object("project", projectId, "user", userId, "role", roleId));
    }

    private Set<String> rolesOf(String userId, @Nullable String projectId) {
        Set<String> names = new TreeSet<>();
        for (ObjectNode assignment : assignments.values()) {
            if (text(assignment, "user").equals(userId)
                    && text(assignment, "project").equals(projectId)) {
                names.add(text(roles.get(text(assignment, "role")), "name"));
            }
        }
        return withImplied(names);
    }

    private static Set<String> withImplied(Set<String> names) {
        Set<String> all = new LinkedHashSet<>(names);
        names.forEach(name -> all.addAll(IMPLIED.getOrDefault(name, Set.of())));
        return all;
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
        Set<String> current = new LinkedHashSet<>(rolesOf(grant.userId(), grant.projectId()));
        if (!session.limit().isEmpty()) {
            current.retainAll(withImplied(session.limit()));
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

    private Reply authenticate(Call call) {
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
            if (project == null || rolesOf(text(user, "id"), text(project, "id")).isEmpty()) {
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
        if (trust == null || !text(trust, "trustee_user_id").equals(text(user, "id"))) {
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
                        project == null ? Set.of() : rolesOf(text(user, "id"), project));
        if (!limit.isEmpty()) {
            names.retainAll(withImplied(limit));
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

    private static String random(int bytes) {
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
                                            : roleBody(role)));
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
                token.set("catalog", catalogFor(grant.projectId()));
            }
        }
        return token;
    }

    private ArrayNode catalogFor(String project) {
        ArrayNode entries = array();
        for (ObjectNode entry : catalog) {
            ObjectNode own = Json.copy(entry);
            own.path("endpoints")
                    .forEach(endpoint ->
                            ((ObjectNode) endpoint)
                                    .put(
                                            "url",
                                            text(endpoint, "url")
                                                    .replace("%(project_id)s", project)));
            entries.add(own);
        }
        return entries;
    }

    private Reply validate(Call call) {
        String subject = call.header("X-Subject-Token");
        Grant grant = subject == null ? null : grantOf(subject);
        if (grant == null) {
            throw new Refusal(404, "Failed to validate token");
        }
        if (!call.grant().admin() && !call.grant().userId().equals(grant.userId())) {
            throw forbidden("validate_token");
        }
        return Reply.ok(object("token", tokenBody(grant, !call.queries().containsKey("nocatalog"))))
                .with("X-Subject-Token", String.valueOf(subject));
    }

    private Reply revoke(Call call) {
        String subject = call.header("X-Subject-Token");
        Grant grant = subject == null ? null : grantOf(subject);
        if (subject == null || grant == null) {
            throw new Refusal(404, "Failed to validate token");
        }
        if (!call.grant().admin() && !call.grant().userId().equals(grant.userId())) {
            throw forbidden("revoke_token");
        }
        sessions.remove(subject);
        return Reply.empty(204);
    }

    private Reply showCatalog(Call call) {
        return Reply.ok(
                object(
                        "catalog", catalogFor(call.grant().project()),
                        "links",
                                object(
                                        "next",
                                        null,
                                        "self",
                                        base + call.path(),
                                        "previous",
                                        null)));
    }

    private static Refusal forbidden(String action) {
        return new Refusal(
                403,
                "You are not authorized to perform the requested action: identity:" + action + ".");
    }

    private static void needAdmin(Call call, String action) {
        if (!call.grant().admin()) {
            throw forbidden(action);
        }
    }

    private void projectsAndUsers() {
        route("GET", "/v3/projects", call -> list(call, "projects", projects));
        route(
                "GET",
                "/v3/projects/{}",
                call ->
                        show(
                                call,
                                "project",
                                projects,
                                "get_project",
                                call.grant().owns(call.name(0))));
        route("GET", "/v3/users", call -> list(call, "users", users));
        route(
                "GET",
                "/v3/users/{}",
                call ->
                        show(
                                call,
                                "user",
                                users,
                                "get_user",
                                call.grant().userId().equals(call.name(0))));
        route("PATCH", "/v3/users/{}", this::updateUser);
        route(
                "GET",
                "/v3/users/{}/projects",
                call -> {
                    if (!call.grant().userId().equals(call.name(0))) {
                        needAdmin(call, "list_user_projects");
                    }
                    return projectsOf(call, call.name(0));
                });
        route("GET", "/v3/roles", call -> list(call, "roles", roles));
        route("GET", "/v3/roles/{}", call -> show(call, "role", roles, "get_role", false));
        route("GET", "/v3/role_assignments", this::listAssignments);
        route(
                "GET",
                "/v3/projects/{}/users/{}/roles",
                call -> {
                    needAdmin(call, "list_grants");
                    List<ObjectNode> held = new ArrayList<>();
                    assignments.values().stream()
                            .filter(each ->
                                    text(each, "project").equals(call.name(0))
                                            && text(each, "user").equals(call.name(1)))
                            .forEach(each ->
                                    held.add(roles.getOrDefault(text(each, "role"), object())));
                    return Reply.ok(collection(call, "roles", held));
                });
        route(
                "PUT",
                "/v3/projects/{}/users/{}/roles/{}",
                call -> {
                    needAdmin(call, "create_grant");
                    find(projects, "project", call.name(0));
                    find(users, "user", call.name(1));
                    find(roles, "role", call.name(2));
                    putAssignment(call.name(0), call.name(1), call.name(2));
                    return Reply.empty(204);
                });
        route(
                "GET",
                "/v3/projects/{}/users/{}/roles/{}",
                call -> {
                    needAdmin(call, "check_grant");
                    return assignments.containsKey(
                                    call.name(0) + " " + call.name(1) + " " + call.name(2))
                            ? Reply.empty(204)
                            : refuse(call, new Refusal(404, "Could not find role assignment."));
                });
        route(
                "DELETE",
                "/v3/projects/{}/users/{}/roles/{}",
                call -> {
                    needAdmin(call, "revoke_grant");
                    if (assignments.remove(call.name(0) + " " + call.name(1) + " " + call.name(2))
                            == null) {
                        throw new Refusal(
                                404,
                                "Invalid application credential: Cannot create an application"
                                        + " credential with unassigned role: "
                                        + call.name(2)
                                        + ", user or group: "
                                        + call.name(1)
                                        + ", project, domain, or system: "
                                        + call.name(0)
                                        + ".");
                    }
                    return Reply.empty(204);
                });
    }

    private Reply list(Call call, String name, Map<String, ObjectNode> table) {
        needAdmin(call, "list_" + name);
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode each : table.values()) {
            boolean wanted = true;
            for (String field : List.of("name", "enabled", "domain_id")) {
                wanted &= call.query(field) == null || matches(each, field, call.queries(field));
            }
            if (wanted) {
                found.add(each);
            }
        }
        return Reply.ok(collection(call, name, found));
    }

    private Reply show(
            Call call, String name, Map<String, ObjectNode> table, String action, boolean own) {
        if (!own) {
            needAdmin(call, action);
        }
        return Reply.ok(object(name, visible(find(table, name, call.name(0)))));
    }

    private static ObjectNode find(Map<String, ObjectNode> table, String name, String id) {
        ObjectNode found = table.get(id);
        if (found == null) {
            throw new Refusal(404, "Could not find " + name + ": " + id + ".");
        }
        return found;
    }

    private Reply updateUser(Call call) {
        needAdmin(call, "update_user");
        ObjectNode user = find(users, "user", call.name(0));
        JsonNode changes = call.body().path("user");
        for (String field : List.of("enabled", "name", "email", "description")) {
            if (changes.has(field)) {
                user.set(field, changes.get(field));
            }
        }
        if (changes.hasNonNull("password")) {
            user.put("_password", text(changes, "password"));
        }
        if (changes.hasNonNull("password") || !changes.path("enabled").asBoolean(true)) {
            sessions.values().removeIf(session -> session.grant().userId().equals(call.name(0)));
        }
        return Reply.ok(object("user", visible(user)));
    }

    private Reply projectsOf(Call call, String userId) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode project : projects.values()) {
            if (!rolesOf(userId, text(project, "id")).isEmpty()) {
                found.add(project);
            }
        }
        return Reply.ok(collection(call, "projects", found));
    }

    private Reply listAssignments(Call call) {
        needAdmin(call, "list_role_assignments");
        boolean names = call.asks("include_names");
        boolean effective = call.asks("effective");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode assignment : assignments.values()) {
            if (unwanted(call, "user.id", text(assignment, "user"))
                    || unwanted(call, "scope.project.id", text(assignment, "project"))) {
                continue;
            }
            String direct = text(roles.get(text(assignment, "role")), "name");
            for (String role : effective ? withImplied(Set.of(direct)) : Set.of(direct)) {
                String roleId = World.hexOf("role " + role);
                if (!unwanted(call, "role.id", roleId)) {
                    found.add(assignmentBody(assignment, roleId, role, names));
                }
            }
        }
        return Reply.ok(collection(call, "role_assignments", found));
    }

    private static boolean unwanted(Call call, String parameter, String value) {
        String wanted = call.query(parameter);
        return wanted != null && !wanted.equals(value);
    }

    private ObjectNode assignmentBody(
            ObjectNode assignment, String roleId, String role, boolean names) {
        String projectId = text(assignment, "project");
        String userId = text(assignment, "user");
        ObjectNode project = object("id", projectId);
        ObjectNode user = object("id", userId);
        ObjectNode roleNode = object("id", roleId);
        if (names) {
            ObjectNode domain = object("id", "default", "name", "Default");
            project.put("name", text(projects.getOrDefault(projectId, object()), "name"))
                    .set("domain", domain);
            user.put("name", text(users.getOrDefault(userId, object()), "name"))
                    .set("domain", domain.deepCopy());
            roleNode.put("name", role);
        }
        return object(
                "links",
                object(
                        "assignment",
                        base
                                + "/v3/projects/"
                                + projectId
                                + "/users/"
                                + userId
                                + "/roles/"
                                + roleId),
                "scope",
                object("project", project),
                "user",
                user,
                "role",
                roleNode);
    }

    private void applicationCredentials() {
        String path = "/v3/users/{}/application_credentials";
        route(
                "GET",
                path,
                call -> {
                    owner(call, "list_application_credentials");
                    return Reply.ok(
                            collection(
                                    call,
                                    "application_credentials",
                                    credentials.values().stream()
                                            .filter(each ->
                                                    text(each, "user_id").equals(call.name(0)))
                                            .filter(each ->
                                                    call.query("name") == null
                                                            || matches(
                                                                    each,
                                                                    "name",
                                                                    call.queries("name")))
                                            .toList()));
                });
        route("POST", path, this::createCredential);
        route(
                "GET",
                path + "/{}",
                call -> {
                    owner(call, "get_application_credential");
                    return Reply.ok(object("application_credential", visible(credential(call))));
                });
        route(
                "DELETE",
                path + "/{}",
                call -> {
                    owner(call, "delete_application_credential");
                    credentials.remove(text(credential(call), "id"));
                    return Reply.empty(204);
                });
    }

    private void owner(Call call, String action) {
        if (!call.grant().userId().equals(call.name(0))) {
            needAdmin(call, action);
        }
    }

    private ObjectNode credential(Call call) {
        ObjectNode credential = credentials.get(call.name(1));
        if (credential == null || !text(credential, "user_id").equals(call.name(0))) {
            throw new Refusal(404, "Could not find Application Credential: " + call.name(1) + ".");
        }
        return credential;
    }

    private Reply createCredential(Call call) {
        Grant grant = call.grant();
        if (!grant.userId().equals(call.name(0))
                || grant.projectId() == null
                || grant.applicationCredentialId() != null) {
            throw forbidden("create_application_credential");
        }
        ObjectNode asked = call.body("application_credential");
        String name = text(asked, "name");
        for (ObjectNode other : credentials.values()) {
            if (text(other, "user_id").equals(grant.userId()) && text(other, "name").equals(name)) {
                throw new Refusal(
                        409,
                        "Conflict occurred attempting to store application_credential - Duplicate"
                                + " entry found with name "
                                + name
                                + ".");
            }
        }
        ArrayNode granted =
                grantedRoles(
                        grant, asked.path("roles"), "Could not find role assignment with role: ");
        String id = World.hexOf("credential " + world.newId());
        String secret = asked.hasNonNull("secret") ? text(asked, "secret") : random(64);
        ObjectNode credential =
                object(
                        "id",
                        id,
                        "name",
                        name,
                        "description",
                        asked.get("description"),
                        "user_id",
                        grant.userId(),
                        "project_id",
                        grant.projectId(),
                        "system",
                        null,
                        "expires_at",
                        asked.hasNonNull("expires_at") ? asked.get("expires_at") : null,
                        "unrestricted",
                        Json.truth(asked, "unrestricted", false),
                        "roles",
                        granted,
                        "links",
                        object("self", base + "/v3/application_credentials/" + id),
                        "_secret",
                        secret);
        credentials.put(id, credential);
        return Reply.of(
                201, object("application_credential", visible(credential).put("secret", secret)));
    }

    private ArrayNode grantedRoles(Grant grant, JsonNode asked, String otherwise) {
        ArrayNode granted = array();
        if (asked.isEmpty()) {
            grant.roles().forEach(role -> granted.add(roleBody(role)));
            return granted;
        }
        for (JsonNode each : asked) {
            ObjectNode byId = roles.get(text(each, "id"));
            String role = byId == null ? text(each, "name") : text(byId, "name");
            if (!grant.roles().contains(role)) {
                throw new Refusal(400, otherwise + role);
            }
            granted.add(roleBody(role));
        }
        return granted;
    }

    private ObjectNode roleBody(String role) {
        return object(
                "id",
                World.hexOf("role " + role),
                "name",
                role,
                "domain_id",
                null,
                "description",
                null,
                "options",
                object("immutable", true));
    }

    private ArrayNode linked(ArrayNode granted) {
        granted.forEach(role ->
                ((ObjectNode) role)
                        .set("links", object("self", base + "/v3/roles/" + text(role, "id"))));
        return granted;
    }

    private void trustRoutes() {
        route("POST", "/v3/OS-TRUST/trusts", this::createTrust);
        route(
                "GET",
                "/v3/OS-TRUST/trusts",
                call -> {
                    String trustor = call.query("trustor_user_id");
                    String trustee = call.query("trustee_user_id");
                    String me = call.grant().userId();
                    if (!me.equals(trustor) && !me.equals(trustee)) {
                        needAdmin(call, "list_trusts");
                    }
                    return Reply.ok(
                            collection(
                                    call,
                                    "trusts",
                                    trusts.values().stream()
                                            .filter(each ->
                                                    trustor == null
                                                            || text(each, "trustor_user_id")
                                                                    .equals(trustor))
                                            .filter(each ->
                                                    trustee == null
                                                            || text(each, "trustee_user_id")
                                                                    .equals(trustee))
                                            .map(each -> {
                                                ObjectNode brief = Json.copy(each);
                                                brief.remove(List.of("roles", "roles_links"));
                                                return brief;
                                            })
                                            .toList()));
                });
        route(
                "GET",
                "/v3/OS-TRUST/trusts/{}",
                call -> Reply.ok(object("trust", trust(call, "get_trust", true))));
        route(
                "DELETE",
                "/v3/OS-TRUST/trusts/{}",
                call -> {
                    trusts.remove(text(trust(call, "delete_trust", false), "id"));
                    return Reply.empty(204);
                });
    }

    private ObjectNode trust(Call call, String action, boolean trusteeToo) {
        ObjectNode trust = trusts.get(call.name(0));
        if (trust == null) {
            throw new Refusal(404, "Could not find trust: " + call.name(0) + ".");
        }
        String me = call.grant().userId();
        if (!text(trust, "trustor_user_id").equals(me)
                && !(trusteeToo && text(trust, "trustee_user_id").equals(me))) {
            needAdmin(call, action);
        }
        return trust;
    }

    private Reply createTrust(Call call) {
        Grant grant = call.grant();
        ObjectNode asked = call.body("trust");
        if (!text(asked, "trustor_user_id").equals(grant.userId())
                || grant.applicationCredentialId() != null) {
            throw forbidden("create_trust");
        }
        find(users, "user", text(asked, "trustee_user_id"));
        if (!grant.owns(text(asked, "project_id"))) {
            throw forbidden("create_trust");
        }
        String id = World.hexOf("trust " + world.newId());
        ObjectNode trust =
                object(
                        "roles",
                        linked(grantedRoles(grant, asked.path("roles"), "Could not find role: ")),
                        "id",
                        id,
                        "trustor_user_id",
                        grant.userId(),
                        "trustee_user_id",
                        text(asked, "trustee_user_id"),
                        "project_id",
                        grant.projectId(),
                        "impersonation",
                        Json.truth(asked, "impersonation", false),
                        "expires_at",
                        asked.hasNonNull("expires_at") ? asked.get("expires_at") : null,
                        "remaining_uses",
                        null,
                        "deleted_at",
                        null,
                        "redelegated_trust_id",
                        null,
                        "redelegation_count",
                        0,
                        "roles_links",
                        object(
                                "self",
                                base + "/v3/" + id + "/roles",
                                "next",
                                null,
                                "previous",
                                null),
                        "links",
                        object("self", base + "/v3/OS-TRUST/trusts/" + id));
        trusts.put(id, trust);
        return Reply.of(201, object("trust", trust));
    }

    private void smallCollections() {
        ObjectNode domain =
                object(
                        "id",
                        "default",
                        "name",
                        "Default",
                        "description",
                        "The default domain",
                        "enabled",
                        true,
                        "tags",
                        array(),
                        "options",
                        object(),
                        "links",
                        object("self", base + "/v3/domains/default"));
        route(
                "GET",
                "/v3/domains",
                call -> {
                    needAdmin(call, "list_domains");
                    return Reply.ok(
                            collection(
                                    call,
                                    "domains",
                                    call.query("name") == null
                                                    || matches(domain, "name", call.queries("name"))
                                            ? List.of(domain)
                                            : List.of()));
                });
        route(
                "GET",
                "/v3/domains/{}",
                call -> {
                    needAdmin(call, "get_domain");
                    return Reply.ok(
                            object(
                                    "domain",
                                    find(Map.of("default", domain), "domain", call.name(0))));
                });
        ObjectNode region =
                object(
                        "id",
                        "RegionOne",
                        "description",
                        "",
                        "parent_region_id",
                        null,
                        "links",
                        object("self", base + "/v3/regions/RegionOne"));
        route("GET", "/v3/regions", call -> Reply.ok(collection(call, "regions", List.of(region))));
        route(
                "GET",
                "/v3/services",
                call -> {
                    needAdmin(call, "list_services");
                    List<ObjectNode> found = new ArrayList<>();
                    catalog.forEach(entry ->
                            found.add(
                                    object(
                                            "name",
                                            entry.get("name"),
                                            "id",
                                            entry.get("id"),
                                            "type",
                                            entry.get("type"),
                                            "enabled",
                                            true,
                                            "links",
                                            object(
                                                    "self",
                                                    base + "/v3/services/" + text(entry, "id")))));
                    return Reply.ok(collection(call, "services", found));
                });
        route(
                "GET",
                "/v3/endpoints",
                call -> {
                    needAdmin(call, "list_endpoints");
                    List<ObjectNode> found = new ArrayList<>();
                    catalog.forEach(entry ->
                            entry.path("endpoints")
                                    .forEach(endpoint -> {
                                        ObjectNode copy = Json.copy(endpoint);
                                        copy.put("service_id", text(entry, "id"))
                                                .put("enabled", true);
                                        copy.set(
                                                "links",
                                                object(
                                                        "self",
                                                        base
                                                                + "/v3/endpoints/"
                                                                + text(endpoint, "id")));
                                        found.add(copy);
                                    }));
                    return Reply.ok(collection(call, "endpoints", found));
                });
        route(
                "GET",
                "/v3/groups",
                call -> {
                    needAdmin(call, "list_groups");
                    return Reply.ok(collection(call, "groups", List.of()));
                });
        for (String name : List.of("limits", "registered_limits")) {
            route("GET", "/v3/" + name, call -> Reply.ok(collection(call, name, List.of())));
        }
    }

    private ObjectNode collection(Call call, String name, List<ObjectNode> items) {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("next", Json.of(null));
        links.put("self", base + call.pathAndQuery());
        links.put("previous", Json.of(null));
        return object(name, items.stream().map(IdentityService::visible).toList(), "links", links);
    }

    private static ObjectNode visible(ObjectNode document) {
        ObjectNode copy = Json.copy(document);
        copy.remove(List.of("_password", "_secret"));
        return copy;
    }

    private ObjectNode versions() {
        return object("versions", object("values", array(version())));
    }

    private ObjectNode version() {
        return object(
                "id",
                "v3.14",
                "status",
                "stable",
                "updated",
                "2020-04-07T00:00:00Z",
                "links",
                array(object("rel", "self", "href", base + "/v3/")),
                "media-types",
                array(
                        object(
                                "base",
                                "application/json",
                                "type",
                                "application/vnd.openstack.identity-v3+json")));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        int status = refusal.status();
        Reply reply =
                Reply.of(
                        status,
                        object(
                                "error",
                                object(
                                        "code",
                                        status,
                                        "message",
                                        refusal.message(),
                                        "title",
                                        title(status))));
        return status == 401
                ? reply.with("WWW-Authenticate", "Keystone uri=\"" + base + "/v3\"")
                : reply;
    }

    @Override
    Reply unknown(Call call) {
        return Reply.html(
                404,
                "<!doctype html>\n"
                        + "<html lang=en>\n"
                        + "<title>404 Not Found</title>\n"
                        + "<h1>Not Found</h1>\n"
                        + "<p>The requested URL was not found on the server. If you entered the URL"
                        + " manually please check your spelling and try again.</p>\n");
    }

    @Override
    Map<String, String> headers(Call call) {
        return Map.of("Vary", "X-Auth-Token", "x-openstack-request-id", call.requestId());
    }
}
