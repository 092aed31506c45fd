package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Keystone has; most of it is for administrators. */
final class IdentityResources {

    private IdentityResources() {}

    static List<ResourceHandler> all() {
        return List.of(
                new RestHandler(
                        data("Project", "projects", "project")
                                .refers("domain", "domain", "parent", "project")),
                new RestHandler(
                        data("Role", "roles", "role").refers("domain", "domain").unmarked()),
                new RestHandler(data("Service", "services", "service")),
                new RestHandler(
                        data("Region", "regions", "region").refers("parent_region", "region")),
                new RestHandler(
                        data("Endpoint", "endpoints", "endpoint")
                                .refers("service", "service", "region", "region")
                                .unmarked()),
                new DomainHandler(),
                new GroupHandler(),
                new UserHandler(),
                new AssignmentHandler("OS::Keystone::UserRoleAssignment", "user", Grants.USER),
                new AssignmentHandler("OS::Keystone::GroupRoleAssignment", "group", Grants.GROUP));
    }

    private static RestType data(String type, String collection, String one) {
        return RestType.of(
                        "OS::Keystone::" + type,
                        Service.IDENTITY,
                        "/" + collection,
                        one,
                        collection)
                .patched();
    }

    /** A domain must be switched off before it may go. */
    private static final class DomainHandler extends RestHandler {

        DomainHandler() {
            super(data("Domain", "domains", "domain"));
        }

        @Override
        public StepOutcome delete(Work work) {
            if (work.wasMade(() -> look(work)) && show(work).isPresent()) {
                work.change("switch off", put(work, object().put("enabled", false)));
            }
            return super.delete(work);
        }
    }

    /** A group, with its roles. */
    private static final class GroupHandler extends RestHandler {

        GroupHandler() {
            super(data("Group", "groups", "group").refers("domain", "domain").left("roles"));
        }

        @Override
        void finish(Work work) {
            super.finish(work);
            Grants.GROUP.bring(work, work.physicalId());
        }

        @Override
        void finishChange(Work work) {
            if (work.changed().containsKey("roles")) {
                Grants.GROUP.bring(work, work.physicalId());
            }
        }
    }

    /** A user, with groups and roles. */
    private static final class UserHandler extends RestHandler {

        UserHandler() {
            super(
                    data("User", "users", "user")
                            .refers("domain", "domain", "default_project", "project")
                            .left("roles", "groups"));
        }

        @Override
        void finish(Work work) {
            super.finish(work);
            joinGroups(work);
            Grants.USER.bring(work, work.physicalId());
        }

        @Override
        void finishChange(Work work) {
            if (work.changed().containsKey("groups")) {
                joinGroups(work);
            }
            if (work.changed().containsKey("roles")) {
                Grants.USER.bring(work, work.physicalId());
            }
        }

        private static void joinGroups(Work work) {
            var wanted = groups(work, work.json("groups"));
            var surplus = groups(work, work.jsonBefore("groups"));
            surplus.removeAll(wanted);
            for (var group : wanted) {
                work.change("join " + group, membership(Request.Method.PUT, group, work));
            }
            for (var group : surplus) {
                work.drop("leave " + group, membership(Request.Method.DELETE, group, work));
            }
        }

        private static Request membership(Request.Method method, String group, Work work) {
            return Request.of(
                    method, Service.IDENTITY, "/groups/{}/users/{}", group, work.physicalId());
        }

        private static Set<String> groups(Work work, JsonNode names) {
            var ids = new LinkedHashSet<String>();
            names.forEach(name -> ids.add(Names.id(work, "group", name.asString())));
            return ids;
        }
    }

    /** Roles of somebody who is there already. */
    private record AssignmentHandler(String type, String property, Grants grants)
            implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of(type);
        }

        @Override
        public StepOutcome create(Work work) {
            grants.bring(work, holder(work));
            work.is(work.row().toString());
            return work.done();
        }

        @Override
        public StepOutcome update(Work work) {
            grants.bring(work, holder(work));
            return work.done();
        }

        @Override
        public StepOutcome delete(Work work) {
            if (work.exists()) {
                grants.takeAll(work, holder(work));
            }
            return work.done();
        }

        private String holder(Work work) {
            return Names.id(work, property, work.required(property));
        }
    }
}
