package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An image that Glance fetches from an address; its mark is a property of its own. */
final class ImageHandler implements ResourceHandler {

    private static final String MARK = "stackwright";
    private static final List<String> FIELDS =
            List.of(
                    "container_format",
                    "disk_format",
                    "id",
                    "min_disk",
                    "min_ram",
                    "protected",
                    "visibility",
                    "architecture",
                    "kernel_id",
                    "ramdisk_id",
                    "os_distro",
                    "os_version",
                    "owner");

    @Override
    public Set<String> types() {
        return Set.of("OS::Glance::WebImage");
    }

    @Override
    public StepOutcome create(Work work) {
        if (!work.exists()) {
            work.make(
                    Request.post(Service.IMAGE, "/images").body(wanted(work)),
                    answer -> answer,
                    made -> made.path("id").asString(),
                    () -> look(work));
        }
        if (work.phase().isEmpty()) {
            work.change(
                    "fetch",
                    Request.post(Service.IMAGE, "/images/{}/import", work.physicalId())
                            .body(
                                    Map.of(
                                            "method",
                                            Map.of(
                                                    "name",
                                                    "web-download",
                                                    "uri",
                                                    work.required("location")))),
                    "fetching");
            return Work.waiting("Glance fetches it");
        }
        var image = show(work).orElse(null);
        if (image == null) {
            return Work.failed("It was made, but is gone again: somebody deleted it");
        }
        return switch (image.path("status").asString("")) {
            case "active" -> finished(work);
            case "queued" ->
                    image.path("os_glance_failed_import").asString("").isEmpty()
                            ? Work.waiting("Glance fetches it")
                            : Work.failed("Glance could not fetch " + work.required("location"));
            case "saving", "importing", "uploading" -> Work.waiting("Glance fetches it");
            case "deactivated" -> work.done();
            default ->
                    Work.failed("Glance says that the image is " + image.path("status").asString());
        };
    }

    private static StepOutcome finished(Work work) {
        members(work);
        if (!work.json("active").asBoolean(true)) {
            activity(work);
        }
        return work.done();
    }

    private static ObjectNode wanted(Work work) {
        var image = RestHandler.object().put("name", work.wantedName());
        for (var field : FIELDS) {
            var value = work.json(field);
            if (!value.isNull() && !value.asString("x").isEmpty()) {
                image.set(field, value);
            }
        }
        work.json("extra_properties")
                .properties()
                .forEach(e -> image.put(e.getKey(), e.getValue().asString()));
        var tags = work.json("tags");
        if (tags.isArray() && !tags.isEmpty()) {
            image.set("tags", tags);
        }
        return image.put(MARK, work.mark());
    }

    @Override
    public StepOutcome update(Work work) {
        var patch = JsonNodeFactory.instance.arrayNode();
        for (var changed : work.changed().entrySet()) {
            var field = changed.getKey();
            if (FIELDS.contains(field) || field.equals("tags")) {
                patch(patch, field, changed.getValue(), work.jsonBefore(field));
            } else if (field.equals("extra_properties")) {
                extra(work, patch);
            }
        }
        if (!patch.isEmpty()) {
            var answer =
                    work.change(
                            "change",
                            Request.patch(Service.IMAGE, "/images/{}", work.physicalId())
                                    .header(
                                            "Content-Type",
                                            "application/openstack-images-v2.1-json-patch")
                                    .body(patch));
            work.seen(answer.body());
        }
        if (work.changed().containsKey("members")) {
            members(work);
        }
        if (work.changed().containsKey("active")) {
            activity(work);
        }
        return work.done();
    }

    private static void patch(ArrayNode patch, String field, JsonNode now, JsonNode before) {
        var path = "/" + field.replace("~", "~0").replace("/", "~1");
        if (now.isNull()) {
            patch.addObject().put("op", "remove").put("path", path);
        } else {
            // Adding what is there already replaces it.
            patch.addObject().put("op", "add").put("path", path).set("value", now);
        }
    }

    private static void extra(Work work, ArrayNode patch) {
        var now = work.json("extra_properties");
        var before = work.jsonBefore("extra_properties");
        now.properties()
                .forEach(e ->
                        patch(
                                patch,
                                e.getKey(),
                                JsonNodeFactory.instance.stringNode(e.getValue().asString()),
                                before.path(e.getKey())));
        before.properties().stream()
                .filter(e -> !now.has(e.getKey()))
                .forEach(e ->
                        patch(
                                patch,
                                e.getKey(),
                                JsonNodeFactory.instance.nullNode(),
                                e.getValue()));
    }

    private static void members(Work work) {
        var wanted = FlavorHandler.projects(work, work.json("members"));
        var surplus = FlavorHandler.projects(work, work.jsonBefore("members"));
        surplus.removeAll(wanted);
        for (var project : new LinkedHashSet<>(wanted)) {
            try {
                work.change(
                        "admit " + project,
                        Request.post(Service.IMAGE, "/images/{}/members", work.physicalId())
                                .body(Map.of("member", project)));
            } catch (ChangeRefused e) {
                if (!Work.wasRefusedAs(e, CloudFailure.Kind.CONFLICT)) {
                    throw e;
                }
            }
        }
        for (var project : surplus) {
            work.drop(
                    "bar " + project,
                    Request.delete(
                            Service.IMAGE, "/images/{}/members/{}", work.physicalId(), project));
        }
    }

    private static void activity(Work work) {
        var action = work.json("active").asBoolean(true) ? "reactivate" : "deactivate";
        work.change(
                action,
                Request.post(Service.IMAGE, "/images/{}/actions/" + action, work.physicalId()));
    }

    @Override
    public StepOutcome delete(Work work) {
        if (!work.wasMade(() -> look(work))) {
            return work.done();
        }
        work.drop("delete", Request.delete(Service.IMAGE, "/images/{}", work.physicalId()));
        return work.done();
    }

    @Override
    public StepOutcome check(Work work) {
        return work.verdict(show(work));
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        var live = work.live().or(() -> show(work)).orElseGet(RestHandler::object);
        var attributes = new LinkedHashMap<String, Value>();
        live.properties().forEach(e -> attributes.put(e.getKey(), Properties.value(e.getValue())));
        attributes.put("show", Properties.value(live));
        return attributes;
    }

    private static Optional<JsonNode> show(Work work) {
        return work.find(Request.get(Service.IMAGE, "/images/{}", work.physicalId()))
                .map(work::seen);
    }

    private static Optional<JsonNode> look(Work work) {
        return work
                .list(Request.get(Service.IMAGE, "/images").query(MARK, work.mark()), "images")
                .stream()
                .filter(image -> image.path(MARK).asString("").equals(work.mark()))
                .findFirst();
    }
}
