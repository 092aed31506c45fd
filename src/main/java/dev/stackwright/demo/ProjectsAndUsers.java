package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Projects and users. */
final class ProjectsAndUsers {

    private final String base;
    private final Map<String, ObjectNode> users;
    private final Map<String, ObjectNode> projects;
    private final Map<String, ObjectNode> roles;
    private final Map<String, ObjectNode> assignments;
    private final IdentityDocuments documents;
    private final RoleAssignments grants;
    private final Tokens tokens;

    ProjectsAndUsers(
            World world,
            String base,
            IdentityDocuments documents,
            RoleAssignments grants,
            Tokens tokens) {
        this.base = base;
        this.users = world.table("user");
        this.projects = world.table("project");
        this.roles = world.table("role");
        this.assignments = world.table("role_assignment");
        this.documents = documents;
        this.grants = grants;
        this.tokens = tokens;
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

    void projectsAndUsers(Service service) {
        service.route("GET", "/v3/projects", call -> list(call, "projects", projects));
        service.route(
                "GET",
                "/v3/projects/{}",
                call ->
                        show(
                                call,
                                "project",
                                projects,
                                "get_project",
                                call.grant().owns(call.name(0))));
        service.route("GET", "/v3/users", call -> list(call, "users", users));
        service.route(
                "GET",
                "/v3/users/{}",
                call ->
                        show(
                                call,
                                "user",
                                users,
                                "get_user",
                                call.grant().userId().equals(call.name(0))));
        service.route("PATCH", "/v3/users/{}", this::updateUser);
        service.route(
                "GET",
                "/v3/users/{}/projects",
                call -> {
                    if (!call.grant().userId().equals(call.name(0))) {
                        IdentityService.needAdmin(call, "list_user_projects");
                    }
                    return projectsOf(call, call.name(0));
                });
        service.route("GET", "/v3/roles", call -> list(call, "roles", roles));
        service.route("GET", "/v3/roles/{}", call -> show(call, "role", roles, "get_role", false));
        service.route("GET", "/v3/role_assignments", grants::listAssignments);
        service.route(
                "GET",
                "/v3/projects/{}/users/{}/roles",
                call -> {
                    IdentityService.needAdmin(call, "list_grants");
                    List<ObjectNode> held = new ArrayList<>();
                    assignments.values().stream()
                            .filter(each ->
                                    text(each, "project").equals(call.name(0))
                                            && text(each, "user").equals(call.name(1)))
                            .forEach(each ->
                                    held.add(roles.getOrDefault(text(each, "role"), object())));
                    return Reply.ok(documents.collection(call, "roles", held));
                });
        service.route(
                "PUT",
                "/v3/projects/{}/users/{}/roles/{}",
                call -> {
                    IdentityService.needAdmin(call, "create_grant");
                    IdentityDocuments.find(projects, "project", call.name(0));
                    IdentityDocuments.find(users, "user", call.name(1));
                    IdentityDocuments.find(roles, "role", call.name(2));
                    grants.putAssignment(call.name(0), call.name(1), call.name(2));
                    return Reply.empty(204);
                });
        service.route(
                "GET",
                "/v3/projects/{}/users/{}/roles/{}",
                call -> {
                    IdentityService.needAdmin(call, "check_grant");
                    return assignments.containsKey(
                                    call.name(0) + " " + call.name(1) + " " + call.name(2))
                            ? Reply.empty(204)
                            : service.refuse(
                                    call, new Refusal(404, "Could not find role assignment."));
                });
        service.route(
                "DELETE",
                "/v3/projects/{}/users/{}/roles/{}",
                call -> {
                    IdentityService.needAdmin(call, "revoke_grant");
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
        IdentityService.needAdmin(call, "list_" + name);
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode each : table.values()) {
            boolean wanted = true;
            for (String field : List.of("name", "enabled", "domain_id")) {
                wanted &=
                        call.query(field) == null
                                || Service.matches(each, field, call.queries(field));
            }
            if (wanted) {
                found.add(each);
            }
        }
        return Reply.ok(documents.collection(call, name, found));
    }

    private Reply show(
            Call call, String name, Map<String, ObjectNode> table, String action, boolean own) {
        if (!own) {
            IdentityService.needAdmin(call, action);
        }
        return Reply.ok(
                object(
                        name,
                        IdentityDocuments.visible(
                                IdentityDocuments.find(table, name, call.name(0)))));
    }

    private Reply updateUser(Call call) {
        IdentityService.needAdmin(call, "update_user");
        ObjectNode user = IdentityDocuments.find(users, "user", call.name(0));
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
            tokens.forget(call.name(0));
        }
        return Reply.ok(object("user", IdentityDocuments.visible(user)));
    }

    Reply projectsOf(Call call, String userId) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode project : projects.values()) {
            if (!grants.rolesOf(userId, text(project, "id")).isEmpty()) {
                found.add(project);
            }
        }
        return Reply.ok(documents.collection(call, "projects", found));
    }
}
