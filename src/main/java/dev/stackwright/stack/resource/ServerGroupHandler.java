package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A server group: it carries no mark, so what was there before is written down first. */
final class ServerGroupHandler implements ResourceHandler {

    @Override
    public Set<String> types() {
        return Set.of("OS::Nova::ServerGroup");
    }

    @Override
    public StepOutcome create(Work work) {
        if (work.exists()) {
            return work.done();
        }
        if (!work.memory().has("before")) {
            var before = JsonNodeFactory.instance.arrayNode();
            named(work).forEach(group -> before.add(group.path("id").asString()));
            work.remember((ObjectNode) work.memory().set("before", before));
        }
        var wanted = RestHandler.object().put("name", work.wantedName());
        var rules = work.json("rules");
        boolean ruled = rules.isObject() && !rules.isEmpty();
        if (ruled) {
            wanted.put("policy", work.json("policies").path(0).asString("anti-affinity"));
            wanted.set("rules", rules);
        } else {
            wanted.set("policies", work.json("policies"));
        }
        work.make(
                Request.post(Service.COMPUTE, "/os-server-groups")
                        .microversion(ruled ? "2.64" : "2.15")
                        .body(Map.of("server_group", wanted)),
                answer -> answer.path("server_group"),
                made -> made.path("id").asString(),
                () -> look(work));
        return work.done();
    }

    private static List<JsonNode> named(Work work) {
        return work
                .list(Request.get(Service.COMPUTE, "/os-server-groups"), "server_groups")
                .stream()
                .filter(group -> group.path("name").asString("").equals(work.wantedName()))
                .toList();
    }

    private static Optional<JsonNode> look(Work work) {
        var before = new ArrayList<String>();
        work.memory().path("before").forEach(id -> before.add(id.asString()));
        return named(work).stream()
                .filter(group -> !before.contains(group.path("id").asString()))
                .findFirst();
    }

    @Override
    public StepOutcome delete(Work work) {
        if (!work.exists()) {
            return work.done();
        }
        work.drop(
                "delete",
                Request.delete(Service.COMPUTE, "/os-server-groups/{}", work.physicalId()));
        return work.done();
    }
}
