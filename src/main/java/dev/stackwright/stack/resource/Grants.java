package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The roles that a user or a group has on projects and domains, as a list in a template. */
enum Grants {
    USER("users"),
    GROUP("groups");

    private final String holders;

    Grants(String holders) {
        this.holders = holders;
    }

    private record Grant(String scope, String on, String role) {}

    /** Gives what is wanted now and takes what was only wanted before. May be done twice. */
    void bring(Work work, String holder) {
        var wanted = grants(work, work.json("roles"));
        var surplus = grants(work, work.jsonBefore("roles"));
        surplus.removeAll(wanted);
        for (var grant : wanted) {
            work.change("grant " + grant.role(), request(Request.Method.PUT, grant, holder));
        }
        take(work, surplus, holder);
    }

    void takeAll(Work work, String holder) {
        take(work, grants(work, work.json("roles")), holder);
    }

    private void take(Work work, Set<Grant> grants, String holder) {
        for (var grant : grants) {
            work.drop("take " + grant.role(), request(Request.Method.DELETE, grant, holder));
        }
    }

    private Request request(Request.Method method, Grant grant, String holder) {
        return Request.of(
                method,
                Service.IDENTITY,
                "/%s/{}/%s/{}/roles/{}".formatted(grant.scope(), holders),
                grant.on(),
                holder,
                grant.role());
    }

    private static Set<Grant> grants(Work work, JsonNode roles) {
        var grants = new LinkedHashSet<Grant>();
        for (var one : roles) {
            var role = Names.id(work, "role", one.path("role").asString(""));
            var project = one.path("project").asString("");
            var domain = one.path("domain").asString("");
            if (project.isEmpty() == domain.isEmpty()) {
                throw new Impossible("Each entry of roles names a project or a domain, not both");
            }
            grants.add(
                    project.isEmpty()
                            ? new Grant("domains", Names.id(work, "domain", domain), role)
                            : new Grant("projects", Names.id(work, "project", project), role));
        }
        return grants;
    }
}
