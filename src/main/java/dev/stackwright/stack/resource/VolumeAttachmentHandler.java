package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A volume at a server: Nova makes it, and it is theirs both. */
final class VolumeAttachmentHandler implements ResourceHandler {

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
            work.given("mountpoint").ifPresent(given -> wanted.put("device", given));
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
            case "available", "reserved", "attaching" -> Work.waiting("The volume is " + status);
            default -> Work.failed("Cinder says that the volume is in status " + status);
        };
    }

    @Override
    public StepOutcome update(Work work) {
        if (work.phase().isEmpty()) {
            var parted =
                    detach(work, work.givenBefore("instance_uuid"), work.givenBefore("volume_id"));
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
        var server = work.memory().path("server").asString(work.givenBefore("instance_uuid"));
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
        if (!work.drop(
                "detach",
                Request.delete(
                        Service.COMPUTE, "/servers/{}/os-volume_attachments/{}", server, volume))) {
            return work.done();
        }
        return Work.waiting("The volume is detaching");
    }

    private static Optional<JsonNode> attachment(Work work, String server, String volume) {
        return work.find(Request.get(Service.COMPUTE, "/servers/{}/os-volume_attachments", server))
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
