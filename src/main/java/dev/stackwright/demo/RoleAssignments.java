package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles, and who has which in what project. */
final class RoleAssignments {

    private static final Map<String, Set<String>> IMPLIED =
            Map.of("admin", Set.of("member", "reader"), "member", Set.of("reader"));

    private final String base;
    private final Map<String, ObjectNode> users;
    private final Map<String, ObjectNode> projects;
    private final Map<String, ObjectNode> roles;
    private final Map<String, ObjectNode> assignments;
    private final IdentityDocuments documents;

    RoleAssignments(World world, String base, IdentityDocuments documents) {
        this.base = base;
        this.users = world.table("user");
        this.projects = world.table("project");
        this.roles = world.table("role");
        this.assignments = world.table("role_assignment");
        this.documents = documents;
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

    void assign(String user, String project, String role) {
        String userId = World.hexOf("user " + user);
        String projectId = World.hexOf("project " + project);
        putAssignment(projectId, userId, World.hexOf("role " + role));
    }

    void putAssignment(String projectId, String userId, String roleId) {
        assignments.put(
                projectId + " " + userId + " " + roleId,
                object("project", projectId, "user", userId, "role", roleId));
    }

    Set<String> rolesOf(String userId, @Nullable String projectId) {
        Set<String> names = new TreeSet<>();
        for (ObjectNode assignment : assignments.values()) {
            if (text(assignment, "user").equals(userId)
                    && text(assignment, "project").equals(projectId)) {
                names.add(text(roles.get(text(assignment, "role")), "name"));
            }
        }
        return withImplied(names);
    }

    static Set<String> withImplied(Set<String> names) {
        Set<String> all = new LinkedHashSet<>(names);
        names.forEach(name -> all.addAll(IMPLIED.getOrDefault(name, Set.of())));
        return all;
    }

    Reply listAssignments(Call call) {
        IdentityService.needAdmin(call, "list_role_assignments");
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
        return Reply.ok(documents.collection(call, "role_assignments", found));
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

    ArrayNode grantedRoles(Grant grant, JsonNode asked, Function<String, Refusal> missing) {
        ArrayNode granted = array();
        if (asked.isEmpty()) {
            grant.roles().forEach(role -> granted.add(roleBody(role)));
            return granted;
        }
        for (JsonNode each : asked) {
            ObjectNode byId = roles.get(text(each, "id"));
            String role = byId == null ? text(each, "name") : text(byId, "name");
            if (!grant.roles().contains(role)) {
                throw missing.apply(role);
            }
            granted.add(roleBody(role));
        }
        return granted;
    }

    ObjectNode roleBody(String role) {
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

    ArrayNode linked(ArrayNode granted) {
        granted.forEach(role ->
                ((ObjectNode) role)
                        .set("links", object("self", base + "/v3/roles/" + text(role, "id"))));
        return granted;
    }
}
