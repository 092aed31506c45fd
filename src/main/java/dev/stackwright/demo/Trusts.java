package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What one user lets another do in their name. */
final class Trusts {

    private final String base;
    private final World world;
    private final Map<String, ObjectNode> users;
    private final Map<String, ObjectNode> roles;
    private final Map<String, ObjectNode> trusts;
    private final IdentityDocuments documents;
    private final RoleAssignments grants;

    Trusts(String base, World world, IdentityDocuments documents, RoleAssignments grants) {
        this.base = base;
        this.world = world;
        this.users = world.table("user");
        this.roles = world.table("role");
        this.trusts = world.table("trust");
        this.documents = documents;
        this.grants = grants;
    }

    void trustRoutes(Service service) {
        service.route("POST", "/v3/OS-TRUST/trusts", this::createTrust);
        service.route(
                "GET",
                "/v3/OS-TRUST/trusts",
                call -> {
                    String trustor = call.query("trustor_user_id");
                    String trustee = call.query("trustee_user_id");
                    String me = call.grant().userId();
                    if (!me.equals(trustor) && !me.equals(trustee)) {
                        IdentityService.needAdmin(call, "list_trusts");
                    }
                    return Reply.ok(
                            documents.collection(
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
        service.route(
                "GET",
                "/v3/OS-TRUST/trusts/{}",
                call -> Reply.ok(object("trust", trust(call, "get_trust", true))));
        service.route(
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
            IdentityService.needAdmin(call, action);
        }
        return trust;
    }

    private Reply createTrust(Call call) {
        Grant grant = call.grant();
        ObjectNode asked = call.body("trust");
        if (!text(asked, "trustor_user_id").equals(grant.userId())
                || grant.applicationCredentialId() != null) {
            throw IdentityService.forbidden("create_trust");
        }
        IdentityDocuments.find(users, "user", text(asked, "trustee_user_id"));
        if (!grant.owns(text(asked, "project_id"))) {
            throw IdentityService.forbidden("create_trust");
        }
        String id = World.hexOf("trust " + world.newId());
        ObjectNode trust =
                object(
                        "roles",
                        grants.linked(
                                grants.grantedRoles(
                                        grant,
                                        asked.path("roles"),
                                        role ->
                                                new Refusal(
                                                        404,
                                                        "Could not find role: "
                                                                + World.hexOf("role " + role)
                                                                + "."))),
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
}
