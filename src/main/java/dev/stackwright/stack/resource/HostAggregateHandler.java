package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A host aggregate with its hosts and metadata. */
final class HostAggregateHandler extends RestHandler {

    HostAggregateHandler() {
        super(
                RestType.of(
                                "OS::Nova::HostAggregate",
                                Service.COMPUTE,
                                "/os-aggregates",
                                "aggregate",
                                "aggregates")
                        .left("hosts", "metadata")
                        .unmarked());
    }

    @Override
    void finish(Work work) {
        metadata(work);
        hosts(work);
    }

    @Override
    void finishChange(Work work) {
        if (work.changed().containsKey("metadata")) {
            metadata(work);
        }
        if (work.changed().containsKey("hosts")) {
            hosts(work);
        }
    }

    private static void metadata(Work work) {
        var wanted = object();
        work.jsonBefore("metadata").properties().forEach(e -> wanted.putNull(e.getKey()));
        work.json("metadata")
                .properties()
                .forEach(e -> wanted.put(e.getKey(), e.getValue().asString()));
        if (!wanted.isEmpty()) {
            work.change("metadata", action(work, "set_metadata", Map.of("metadata", wanted)));
        }
    }

    private static void hosts(Work work) {
        var wanted = texts(work.json("hosts"));
        var surplus = texts(work.jsonBefore("hosts"));
        surplus.removeAll(wanted);
        for (var host : surplus) {
            work.drop("remove " + host, action(work, "remove_host", Map.of("host", host)));
        }
        for (var host : wanted) {
            try {
                work.change("add " + host, action(work, "add_host", Map.of("host", host)));
            } catch (ChangeRefused e) {
                if (!Work.wasRefusedAs(e, CloudFailure.Kind.CONFLICT)) {
                    throw e;
                }
            }
        }
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new LinkedHashSet<String>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    /** It goes only when it is empty. */
    @Override
    public StepOutcome delete(Work work) {
        if (work.wasMade(() -> look(work))) {
            show(work)
                    .ifPresent(live -> {
                        for (var host : texts(live.path("hosts"))) {
                            work.drop(
                                    "remove " + host,
                                    action(work, "remove_host", Map.of("host", host)));
                        }
                    });
        }
        return super.delete(work);
    }

    private static Request action(Work work, String action, Map<String, ?> arguments) {
        return Request.post(Service.COMPUTE, "/os-aggregates/{}/action", work.physicalId())
                .body(Map.of(action, arguments));
    }
}
