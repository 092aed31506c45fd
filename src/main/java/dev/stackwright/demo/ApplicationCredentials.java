package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Credentials that a user gives to a program. */
final class ApplicationCredentials {

    private final String base;
    private final World world;
    private final Map<String, ObjectNode> users;
    private final Map<String, ObjectNode> roles;
    private final Map<String, ObjectNode> credentials;
    private final IdentityDocuments documents;
    private final RoleAssignments grants;

    ApplicationCredentials(
            String base, World world, IdentityDocuments documents, RoleAssignments grants) {
        this.base = base;
        this.world = world;
        this.users = world.table("user");
        this.roles = world.table("role");
        this.credentials = world.table("application_credential");
        this.documents = documents;
        this.grants = grants;
    }

    void applicationCredentials(Service service) {
        String path = "/v3/users/{}/application_credentials";
        service.route(
                "GET",
                path,
                call -> {
                    owner(call, "list_application_credentials");
                    return Reply.ok(
                            documents.collection(
                                    call,
                                    "application_credentials",
                                    credentials.values().stream()
                                            .filter(each ->
                                                    text(each, "user_id").equals(call.name(0)))
                                            .filter(each ->
                                                    call.query("name") == null
                                                            || Service.matches(
                                                                    each,
                                                                    "name",
                                                                    call.queries("name")))
                                            .toList()));
                });
        service.route("POST", path, this::createCredential);
        service.route(
                "GET",
                path + "/{}",
                call -> {
                    owner(call, "get_application_credential");
                    return Reply.ok(
                            object(
                                    "application_credential",
                                    IdentityDocuments.visible(credential(call))));
                });
        service.route(
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
            IdentityService.needAdmin(call, action);
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
            throw IdentityService.forbidden("create_application_credential");
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
                grants.grantedRoles(
                        grant,
                        asked.path("roles"),
                        role ->
                                new Refusal(
                                        400, "Could not find role assignment with role: " + role));
        String id = World.hexOf("credential " + world.newId());
        String secret = asked.hasNonNull("secret") ? text(asked, "secret") : Tokens.random(64);
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
                201,
                object(
                        "application_credential",
                        IdentityDocuments.visible(credential).put("secret", secret)));
    }
}
