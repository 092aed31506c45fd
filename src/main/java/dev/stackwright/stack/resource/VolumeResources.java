package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Cinder has. */
final class VolumeResources {

    static final String MARK = "stackwright";

    private VolumeResources() {}

    static List<ResourceHandler> all() {
        return List.of(new VolumeHandler(), new AttachmentHandler());
    }

    /** A volume; its mark is in its metadata. */
    private static final class VolumeHandler implements ResourceHandler {

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
            work.text("source_volid")
                    .filter(given -> !given.isEmpty())
                    .ifPresent(
                            given -> volume.put("source_volid", Names.id(work, "volume", given)));
            work.text("image")
                    .or(() -> work.text("imageRef"))
                    .filter(given -> !given.isEmpty())
                    .ifPresent(given -> volume.put("imageRef", Names.id(work, "image", given)));
            if (work.json("multiattach").asBoolean(false)) {
                volume.put("multiattach", true);
            }
            volume.set("metadata", metadata(work));
            if (!work.text("backup_id").orElse("").isEmpty()) {
                throw new Impossible(
                        "A volume cannot be made from a backup yet; restore the backup first and"
                                + " use the volume by its id");
            }
            var hints = work.json("scheduler_hints");
            return hints.isObject() && !hints.isEmpty()
                    ? Map.of("volume", volume, "OS-SCH-HNT:scheduler_hints", hints)
                    : Map.of("volume", volume);
        }

        private static ObjectNode metadata(Work work) {
            var metadata = RestHandler.object();
            work.json("metadata")
                    .properties()
                    .forEach(e -> metadata.put(e.getKey(), e.getValue().asString()));
            return metadata.put(MARK, work.mark());
        }

        @Override
        public StepOutcome update(Work work) {
            var changed = work.changed();
            if (changed.containsKey("name") || changed.containsKey("description")) {
                work.once(
                        "describe",
                        () ->
                                Request.put(Service.VOLUME, "/volumes/{}", work.physicalId())
                                        .body(
                                                Map.of(
                                                        "volume",
                                                        RestHandler.object()
                                                                .put("name", work.wantedName())
                                                                .put(
                                                                        "description",
                                                                        work.text("description")
                                                                                .orElse("")))));
            }
            if (changed.containsKey("metadata")) {
                work.once(
                        "metadata",
                        () ->
                                Request.put(
                                                Service.VOLUME,
                                                "/volumes/{}/metadata",
                                                work.physicalId())
                                        .body(Map.of("metadata", metadata(work))));
            }
            if (changed.containsKey("read_only")) {
                work.once(
                        "read-only", () -> readOnly(work, work.json("read_only").asBoolean(false)));
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
                            "extend",
                            status.equals("in-use") ? request.microversion("3.42") : request);
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
                case "retyping", "extending", "maintenance" ->
                        Work.waiting("The volume is " + status);
                default -> Work.failed("Cinder says that the volume is in status " + status);
            };
        }

        @Override
        public StepOutcome delete(Work work) {
            if (!work.exists()) {
                var found = look(work);
                if (found.isEmpty()) {
                    return work.done();
                }
                work.is(found.get().path("id").asString());
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
            try {
                work.change(
                        "delete", Request.delete(Service.VOLUME, "/volumes/{}", work.physicalId()));
            } catch (ChangeRefused e) {
                if (NetworkResources.isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                    return work.done();
                }
                throw e;
            }
            return Work.waiting("The volume is being deleted");
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
                    .filter(one -> one.path("metadata").path(MARK).asString("").equals(work.mark()))
                    .findFirst();
        }

        private static Request action(Work work, String action, Map<String, ?> arguments) {
            return Request.post(Service.VOLUME, "/volumes/{}/action", work.physicalId())
                    .body(Map.of(action, arguments));
        }
    }

    /** A volume at a server: Nova makes it, and it is theirs both. */
    private static final class AttachmentHandler implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Cinder::VolumeAttachment", "OS::Nova::VolumeAttachment");
        }

        @Override
        public StepOutcome create(Work work) {
            return attach(work, work.required("instance_uuid"), work.required("volume_id"));
        }

        private static StepOutcome attach(Work work, String server, String volume) {
            var there = attachment(work, server, volume);
            if (there.isEmpty()) {
                var wanted = RestHandler.object().put("volumeId", volume);
                work.text("mountpoint")
                        .filter(given -> !given.isEmpty())
                        .ifPresent(given -> wanted.put("device", given));
                work.change(
                        "attach",
                        Request.post(Service.COMPUTE, "/servers/{}/os-volume_attachments", server)
                                .body(Map.of("volumeAttachment", wanted)));
            }
            var memory = work.memory();
            if (!memory.path("id").asString("").equals(volume)) {
                // Nova names the attachment after the volume.
                work.remember(memory.put("id", volume).put("server", server));
            }
            var status = status(work, volume);
            return switch (status) {
                case "in-use" -> work.done();
                case "available", "reserved", "attaching" ->
                        Work.waiting("The volume is " + status);
                default -> Work.failed("Cinder says that the volume is in status " + status);
            };
        }

        @Override
        public StepOutcome update(Work work) {
            if (work.phase().isEmpty()) {
                var parted = detach(work, before(work, "instance_uuid"), before(work, "volume_id"));
                if (!(parted instanceof StepOutcome.Done)) {
                    return parted;
                }
                work.enter("parted");
            }
            return create(work);
        }

        @Override
        public StepOutcome delete(Work work) {
            if (!work.exists()) {
                var server = work.text("instance_uuid");
                var volume = work.text("volume_id");
                return server.isEmpty() || volume.isEmpty()
                        ? work.done()
                        : detach(work, server.get(), volume.get());
            }
            var server = work.memory().path("server").asString(before(work, "instance_uuid"));
            return detach(work, server, work.physicalId());
        }

        private static StepOutcome detach(Work work, String server, String volume) {
            if (server.isEmpty() || volume.isEmpty()) {
                return work.done();
            }
            if (attachment(work, server, volume).isEmpty()) {
                var status = status(work, volume);
                return status.equals("detaching")
                        ? Work.waiting("The volume is detaching")
                        : work.done();
            }
            if (status(work, volume).equals("detaching")) {
                return Work.waiting("The volume is detaching");
            }
            try {
                work.change(
                        "detach",
                        Request.delete(
                                Service.COMPUTE,
                                "/servers/{}/os-volume_attachments/{}",
                                server,
                                volume));
            } catch (ChangeRefused e) {
                if (NetworkResources.isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                    return work.done();
                }
                throw e;
            }
            return Work.waiting("The volume is detaching");
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            return Map.of();
        }

        private static String before(Work work, String property) {
            return work.before().values().get(property) instanceof Value.Text text
                    ? text.value()
                    : "";
        }

        private static Optional<JsonNode> attachment(Work work, String server, String volume) {
            return work.find(
                            Request.get(
                                    Service.COMPUTE, "/servers/{}/os-volume_attachments", server))
                    .flatMap(answer -> {
                        for (var one : answer.path("volumeAttachments")) {
                            if (one.path("volumeId").asString("").equals(volume)) {
                                return Optional.of(one);
                            }
                        }
                        return Optional.empty();
                    });
        }

        private static String status(Work work, String volume) {
            return work.find(Request.get(Service.VOLUME, "/volumes/{}", volume))
                    .map(answer -> answer.path("volume").path("status").asString(""))
                    .orElse("gone");
        }
    }
}
