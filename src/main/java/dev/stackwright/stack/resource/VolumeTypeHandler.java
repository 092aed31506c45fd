package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A volume type with its extra specs, and who may use it when it is not for all. */
final class VolumeTypeHandler extends RestHandler {

    VolumeTypeHandler() {
        super(
                RestType.of(
                                "OS::Cinder::VolumeType",
                                Service.VOLUME,
                                "/types",
                                "volume_type",
                                "volume_types")
                        .left("metadata", "projects", "is_public")
                        .listed("/types", "is_public", "None"));
    }

    @Override
    void alsoWanted(Work work, ObjectNode body) {
        body.put("os-volume-type-access:is_public", work.json("is_public").asBoolean(true));
    }

    @Override
    void alsoChanged(Work work, ObjectNode changes) {
        if (work.changed().containsKey("is_public")) {
            changes.put("is_public", work.json("is_public").asBoolean(true));
        }
    }

    @Override
    void finish(Work work) {
        super.finish(work);
        specs(work);
        projects(work);
    }

    @Override
    void finishChange(Work work) {
        if (work.changed().containsKey("metadata")) {
            specs(work);
        }
        if (work.changed().containsKey("projects")) {
            projects(work);
        }
    }

    private static void specs(Work work) {
        var wanted = object();
        work.json("metadata")
                .properties()
                .forEach(spec -> wanted.put(spec.getKey(), spec.getValue().asString()));
        if (!wanted.isEmpty()) {
            work.change(
                    "specs",
                    Request.post(Service.VOLUME, "/types/{}/extra_specs", work.physicalId())
                            .body(Map.of("extra_specs", wanted)));
        }
        for (var spec : work.jsonBefore("metadata").properties()) {
            if (!wanted.has(spec.getKey())) {
                work.drop(
                        "drop spec " + spec.getKey(),
                        Request.delete(
                                Service.VOLUME,
                                "/types/{}/extra_specs/{}",
                                work.physicalId(),
                                spec.getKey()));
            }
        }
    }

    private static void projects(Work work) {
        var wanted = FlavorHandler.projects(work, work.json("projects"));
        var surplus = FlavorHandler.projects(work, work.jsonBefore("projects"));
        surplus.removeAll(wanted);
        for (var project : wanted) {
            try {
                work.change("admit " + project, access(work, "addProjectAccess", project));
            } catch (ChangeRefused e) {
                if (!Work.wasRefusedAs(e, CloudFailure.Kind.CONFLICT)) {
                    throw e;
                }
            }
        }
        for (var project : surplus) {
            work.drop("bar " + project, access(work, "removeProjectAccess", project));
        }
    }

    private static Request access(Work work, String action, String project) {
        return Request.post(Service.VOLUME, "/types/{}/action", work.physicalId())
                .body(Map.of(action, Map.of("project", project)));
    }
}
