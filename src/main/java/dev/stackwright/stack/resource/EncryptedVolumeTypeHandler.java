package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** How the volumes of a type are encrypted: the type has one such rule, or none. */
final class EncryptedVolumeTypeHandler implements ResourceHandler {

    @Override
    public Set<String> types() {
        return Set.of("OS::Cinder::EncryptedVolumeType");
    }

    @Override
    public StepOutcome create(Work work) {
        var type = Names.id(work, "volume_type", work.required("volume_type"));
        var there = rule(work, type);
        if (!work.exists() && there.has("encryption_id") && !work.isUnsure("encrypt")) {
            return Work.failed("The volume type is encrypted already");
        }
        if (!there.has("encryption_id")) {
            work.change(
                    "encrypt",
                    Request.post(Service.VOLUME, "/types/{}/encryption", type)
                            .body(Map.of("encryption", wanted(work))));
        }
        work.is(type);
        return work.done();
    }

    private static ObjectNode wanted(Work work) {
        var wanted = RestHandler.object();
        for (var property : List.of("cipher", "control_location", "key_size", "provider")) {
            var value = work.json(property);
            if (!value.isNull()) {
                wanted.set(property, value);
            }
        }
        return wanted;
    }

    private static tools.jackson.databind.JsonNode rule(Work work, String type) {
        return work.find(Request.get(Service.VOLUME, "/types/{}/encryption", type))
                .orElseGet(RestHandler::object);
    }

    @Override
    public StepOutcome update(Work work) {
        var rule = rule(work, work.physicalId()).path("encryption_id").asString("");
        if (rule.isEmpty()) {
            return create(work);
        }
        work.change(
                "change",
                Request.put(Service.VOLUME, "/types/{}/encryption/{}", work.physicalId(), rule)
                        .body(Map.of("encryption", wanted(work))));
        return work.done();
    }

    @Override
    public StepOutcome delete(Work work) {
        if (!work.exists()) {
            return work.done();
        }
        var rule = rule(work, work.physicalId()).path("encryption_id").asString("");
        if (!rule.isEmpty()) {
            work.drop(
                    "delete",
                    Request.delete(
                            Service.VOLUME, "/types/{}/encryption/{}", work.physicalId(), rule));
        }
        return work.done();
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        return Map.of("show", Properties.value(rule(work, work.physicalId())));
    }
}
