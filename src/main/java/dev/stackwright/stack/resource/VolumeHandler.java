package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A volume; its mark is in its metadata. */
final class VolumeHandler implements ResourceHandler {

    @Override
    public Set<String> types() {
        return Set.of("OS::Cinder::Volume");
    }

    @Override
    public StepOutcome create(Work work) {
        JsonNode volume =
                work.exists()
                        ? show(work).orElse(null)
                        : work.make(
                                Request.post(Service.VOLUME, "/volumes").body(wanted(work)),
                                answer -> answer.path("volume"),
                                made -> made.path("id").asString(),
                                () -> look(work));
        if (volume == null) {
            return Work.failed("It was made, but is gone again: somebody deleted it");
        }
        if (work.given("backup_id").isPresent()) {
            return restored(work, volume);
        }
        var status = volume.path("status").asString("");
        return switch (status) {
            case "available", "in-use" -> readOnly(work);
            case "creating", "downloading", "attaching", "restoring-backup" ->
                    Work.waiting("The volume is " + status);
            default -> Work.failed("Cinder says that the volume is in status " + status);
        };
    }

    private static StepOutcome readOnly(Work work) {
        if (work.json("read_only").asBoolean(false)) {
            work.change("read-only", readOnly(work, true));
        }
        return work.done();
    }

    private static Request readOnly(Work work, boolean wanted) {
        return action(work, "os-update_readonly_flag", Map.of("readonly", wanted));
    }

    private static Map<String, Object> wanted(Work work) {
        var volume = RestHandler.object();
        volume.put("name", work.wantedName());
        work.text("description").ifPresent(given -> volume.put("description", given));
        for (var same : List.of("size", "availability_zone", "volume_type", "snapshot_id")) {
            var value = work.json(same);
            if (!value.isNull() && !value.asString("x").isEmpty()) {
                volume.set(same, value);
            }
        }
        work.given("source_volid")
                .ifPresent(given -> volume.put("source_volid", Names.id(work, "volume", given)));
        work.text("image")
                .or(() -> work.given("imageRef"))
                .ifPresent(given -> volume.put("imageRef", Names.id(work, "image", given)));
        if (work.json("multiattach").asBoolean(false)) {
            volume.put("multiattach", true);
        }
        if (work.given("backup_id").isPresent() && !volume.has("size")) {
            volume.set("size", backup(work).path("size"));
        }
        volume.set("metadata", metadata(work));
        var hints = work.json("scheduler_hints");
        return hints.isObject() && !hints.isEmpty()
                ? Map.of("volume", volume, "OS-SCH-HNT:scheduler_hints", hints)
                : Map.of("volume", volume);
    }

    private static JsonNode backup(Work work) {
        return work.get(Request.get(Service.VOLUME, "/backups/{}", work.required("backup_id")))
                .path("backup");
    }

    private static Request describing(Work work) {
        var said = RestHandler.object().put("name", work.wantedName());
        return Request.put(Service.VOLUME, "/volumes/{}", work.physicalId())
                .body(
                        Map.of(
                                "volume",
                                said.put("description", work.text("description").orElse(""))));
    }

    private static Request marking(Work work) {
        return Request.put(Service.VOLUME, "/volumes/{}/metadata", work.physicalId())
                .body(Map.of("metadata", metadata(work)));
    }

    private static ObjectNode metadata(Work work) {
        var metadata = RestHandler.object();
        work.json("metadata")
                .properties()
                .forEach(e -> metadata.put(e.getKey(), e.getValue().asString()));
        return metadata.put(ServerWish.MARK, work.mark());
    }

    @Override
    public StepOutcome update(Work work) {
        var changed = work.changed();
        if (changed.containsKey("name") || changed.containsKey("description")) {
            work.once("describe", () -> describing(work));
        }
        if (changed.containsKey("metadata")) {
            work.once("metadata", () -> marking(work));
        }
        if (changed.containsKey("read_only")) {
            work.once("read-only", () -> readOnly(work, work.json("read_only").asBoolean(false)));
        }
        if (changed.containsKey("volume_type") && !work.phase().equals("retyped")) {
            work.change(
                    "retype",
                    action(
                            work,
                            "os-retype",
                            Map.of(
                                    "new_type",
                                    work.required("volume_type"),
                                    "migration_policy",
                                    "on-demand")),
                    "retyped");
        }
        return changed.containsKey("size") ? extend(work) : settled(work);
    }

    private static StepOutcome extend(Work work) {
        var volume = show(work).orElseThrow(() -> new Impossible("The volume is gone"));
        int size = work.json("size").asInt();
        var status = volume.path("status").asString("");
        if (volume.path("size").asInt() >= size) {
            return settled(work);
        }
        switch (status) {
            case "available", "in-use" -> {
                // An attached volume grows only for those who know that this is possible.
                var request = action(work, "os-extend", Map.of("new_size", size));
                work.change(
                        "extend", status.equals("in-use") ? request.microversion("3.42") : request);
                return Work.waiting("Growing to %d GB".formatted(size));
            }
            case "extending" -> {
                return Work.waiting("Growing to %d GB".formatted(size));
            }
            default -> {
                return Work.failed("Cinder says that the volume is in status " + status);
            }
        }
    }

    private static StepOutcome settled(Work work) {
        var status =
                show(work)
                        .orElseThrow(() -> new Impossible("The volume is gone"))
                        .path("status")
                        .asString("");
        return switch (status) {
            case "available", "in-use" -> work.done();
            case "retyping", "extending", "maintenance" -> Work.waiting("The volume is " + status);
            default -> Work.failed("Cinder says that the volume is in status " + status);
        };
    }

    @Override
    public StepOutcome delete(Work work) {
        if (!work.wasMade(() -> look(work))) {
            return work.done();
        }
        var volume = show(work);
        if (volume.isEmpty()) {
            return work.done();
        }
        var status = volume.get().path("status").asString("");
        switch (status) {
            case "deleting" -> {
                return Work.waiting("The volume is being deleted");
            }
            case "creating", "downloading", "attaching", "detaching", "in-use", "extending" -> {
                return Work.waiting("The volume is " + status);
            }
            default -> {}
        }
        if (!work.drop(
                "delete", Request.delete(Service.VOLUME, "/volumes/{}", work.physicalId()))) {
            return work.done();
        }
        return Work.waiting("The volume is being deleted");
    }

    /** A backup of it. */
    @Override
    public StepOutcome snapshot(Work work) {
        if (!work.wasMade(() -> look(work)) || show(work).isEmpty()) {
            return work.done();
        }
        if (!work.memory().has("snapshot")) {
            var found = work.isUnsure("snapshot") ? ownBackup(work) : Optional.<String>empty();
            if (found.isPresent()) {
                work.settle("snapshot", work.memory().put("snapshot", found.get()));
            } else {
                var wanted =
                        RestHandler.object()
                                .put("volume_id", work.physicalId())
                                .put("name", work.physicalName() + "-snapshot")
                                .put("description", work.description())
                                .put("force", true);
                work.journaled(
                        "snapshot",
                        Request.post(Service.VOLUME, "/backups").body(Map.of("backup", wanted)),
                        answer ->
                                work.memory()
                                        .put(
                                                "snapshot",
                                                answer.body()
                                                        .path("backup")
                                                        .path("id")
                                                        .asString()));
            }
        }
        var status = backupStatus(work, work.memory().path("snapshot").asString());
        return switch (status) {
            case "available" -> work.done();
            case "creating" -> Work.waiting("Being backed up");
            default ->
                    Work.failed(
                            "The backup that was to keep it is %s, so it was not deleted"
                                    .formatted(status));
        };
    }

    private static String backupStatus(Work work, String backup) {
        return work.find(Request.get(Service.VOLUME, "/backups/{}", backup))
                .map(answer -> answer.path("backup").path("status").asString(""))
                .orElse("gone");
    }

    private static Optional<String> ownBackup(Work work) {
        return work.list(Request.get(Service.VOLUME, "/backups/detail"), "backups").stream()
                .filter(one -> one.path("description").asString("").contains(work.mark()))
                .map(one -> one.path("id").asString())
                .findFirst();
    }

    /**
     * Restores into a volume of this resource's own, which is made empty first: so it bears our
     * mark whatever happens in between.
     */
    private static StepOutcome restored(Work work, JsonNode volume) {
        var status = volume.path("status").asString("");
        var backup = work.required("backup_id");
        switch (status) {
            case "creating", "restoring-backup" -> {
                return Work.waiting("The volume is " + status);
            }
            case "available" -> {}
            default -> {
                return Work.failed("Cinder says that the volume is in status " + status);
            }
        }
        if (!work.phase().equals("restored")) {
            if (!work.phase().equals("restoring")) {
                work.change(
                        "restore",
                        Request.post(Service.VOLUME, "/backups/{}/restore", backup)
                                .body(Map.of("restore", Map.of("volume_id", work.physicalId()))),
                        "restoring");
                return Work.waiting("The backup is being restored");
            }
            if (backupStatus(work, backup).equals("restoring")) {
                return Work.waiting("The backup is being restored");
            }
            // Cinder gives it what the volume that was backed up was called and had on it.
            work.change("metadata", marking(work));
            work.change("describe", describing(work), "restored");
        }
        return readOnly(work);
    }

    @Override
    public StepOutcome check(Work work) {
        return work.verdict(show(work));
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        var volume = work.live().or(() -> show(work)).orElse(RestHandler.object());
        var attributes = new LinkedHashMap<String, Value>();
        volume.properties()
                .forEach(e -> attributes.put(e.getKey(), Properties.value(e.getValue())));
        attributes.put("display_name", Properties.value(volume.path("name")));
        attributes.put("display_description", Properties.value(volume.path("description")));
        attributes.put("show", Properties.value(volume));
        return attributes;
    }

    private static Optional<JsonNode> show(Work work) {
        return work.find(Request.get(Service.VOLUME, "/volumes/{}", work.physicalId()))
                .map(answer -> work.seen(answer.path("volume")));
    }

    private static Optional<JsonNode> look(Work work) {
        return work.list(Request.get(Service.VOLUME, "/volumes/detail"), "volumes").stream()
                .filter(one ->
                        one.path("metadata").path(ServerWish.MARK).asString("").equals(work.mark()))
                .findFirst();
    }

    private static Request action(Work work, String action, Map<String, ?> arguments) {
        return Request.post(Service.VOLUME, "/volumes/{}/action", work.physicalId())
                .body(Map.of(action, arguments));
    }
}
