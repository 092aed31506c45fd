package dev.stackwright.metering.sample;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Fact.What;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import dev.stackwright.notification.Notification;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a notification says about the life of a resource, if anything.
 *
 * <p>Only the {@code .end} of a thing says how it is; a {@code .start} says how it was. An instance
 * counts from its launch, as Nova counts it, and has its new size from the end of the resize. Its
 * root disk counts only when it is a local one: an instance without an image boots from a volume,
 * and that counts as a volume.
 */
public final class LifecycleEvents {

    private static final Set<String> NOT_YET = Set.of("building", "build", "scheduling");
    private static final BigDecimal BYTES_PER_GB = BigDecimal.valueOf(1L << 30);

    private LifecycleEvents() {}

    public static Optional<Fact> of(Notification notification) {
        var event = notification.eventType();
        if (event.startsWith("compute.instance.")) {
            return instance(notification, event.substring("compute.instance.".length()));
        }
        var dot = event.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        var verb = event.substring(dot + 1);
        return switch (event.substring(0, dot)) {
            case "volume" -> stored(notification, ResourceKind.VOLUME, verb, "volume_id", "size");
            case "snapshot" ->
                    stored(notification, ResourceKind.SNAPSHOT, verb, "snapshot_id", "volume_size");
            case "backup" -> stored(notification, ResourceKind.BACKUP, verb, "backup_id", "size");
            case "image" -> image(notification, verb);
            case "floatingip" ->
                    neutron(notification, ResourceKind.FLOATING_IP, verb, "floatingip");
            case "router" -> neutron(notification, ResourceKind.ROUTER, verb, "router");
            default -> Optional.empty();
        };
    }

    private static Optional<Fact> instance(Notification notification, String verb) {
        var payload = notification.payload();
        var id = text(payload, "instance_id");
        if (id == null) {
            return Optional.empty();
        }
        var state = state(text(payload, "state"));
        var launched = time(payload, "launched_at");
        if (verb.equals("delete.end")) {
            return Optional.of(
                    fact(
                            notification,
                            ResourceKind.INSTANCE,
                            id,
                            What.ENDED,
                            terminated(notification, launched),
                            "deleted",
                            instanceSize(payload),
                            launched,
                            "tenant_id",
                            "display_name"));
        }
        var changesStateOnly = verb.equals("update");
        if (!verb.endsWith(".end") && !verb.equals("exists") && !changesStateOnly) {
            return Optional.empty();
        }
        if (launched == null || state == null || NOT_YET.contains(state)) {
            // Not up yet, or never came up: Nova does not count that either.
            return Optional.empty();
        }
        var began = verb.equals("create.end") && !launched.isAfter(notification.timestamp());
        return Optional.of(
                fact(
                        notification,
                        ResourceKind.INSTANCE,
                        id,
                        began ? What.BEGAN : What.IS,
                        began ? launched : notification.timestamp(),
                        state.equals("deleted") ? null : state,
                        changesStateOnly ? null : instanceSize(payload),
                        launched,
                        "tenant_id",
                        "display_name"));
    }

    private static Instant terminated(Notification notification, @Nullable Instant launched) {
        var at = time(notification.payload(), "terminated_at");
        var plausible =
                at != null
                        && !at.isAfter(notification.timestamp())
                        && (launched == null || !at.isBefore(launched));
        return at != null && plausible ? at : notification.timestamp();
    }

    private static @Nullable Size instanceSize(JsonNode payload) {
        if (!payload.path("vcpus").isNumber()) {
            return null;
        }
        var image = payload.path("image_ref_url").asString("");
        // Nova writes the address of the image; without an image it ends where the id would begin.
        var local = !image.isEmpty() && !image.endsWith("/") && !image.endsWith("/None");
        var root = local ? payload.path("root_gb").asLong(0) : 0;
        return Size.instance(
                        payload.path("vcpus").asLong(0),
                        payload.path("memory_mb").asLong(0),
                        root + payload.path("ephemeral_gb").asLong(0))
                .soldAs(payload.path("instance_type").asString(""));
    }

    private static @Nullable String state(@Nullable String state) {
        return state == null ? null : state.toLowerCase(Locale.ROOT);
    }

    private static Optional<Fact> stored(
            Notification notification,
            ResourceKind kind,
            String verb,
            String idField,
            String sizeField) {
        var payload = notification.payload();
        var id = text(payload, idField);
        var what = what(verb);
        if (id == null || what == null) {
            return Optional.empty();
        }
        var size = Numbers.of(payload.path(sizeField)).map(Size::storage).orElse(null);
        return Optional.of(
                fact(
                        notification,
                        kind,
                        id,
                        what,
                        what == What.BEGAN ? created(notification) : notification.timestamp(),
                        state(text(payload, "status")),
                        size,
                        time(payload, "created_at"),
                        "tenant_id",
                        "display_name"));
    }

    private static Optional<Fact> image(Notification notification, String verb) {
        var payload = notification.payload();
        var id = text(payload, "id");
        var what =
                switch (verb) {
                    case "upload", "activate", "update" -> What.IS;
                    case "delete" -> What.ENDED;
                    default -> null;
                };
        var size = Numbers.of(payload.path("size")).map(LifecycleEvents::gb).orElse(null);
        if (id == null || what == null || what == What.IS && size == null) {
            return Optional.empty();
        }
        return Optional.of(
                fact(
                        notification,
                        ResourceKind.IMAGE,
                        id,
                        // Its bytes are there from the upload on, not from its registration.
                        verb.equals("upload") ? What.BEGAN : what,
                        notification.timestamp(),
                        state(text(payload, "status")),
                        size,
                        time(payload, "created_at"),
                        "owner",
                        "name"));
    }

    private static Size gb(BigDecimal bytes) {
        return Size.storage(bytes.divide(BYTES_PER_GB, 12, RoundingMode.HALF_UP));
    }

    private static Optional<Fact> neutron(
            Notification notification, ResourceKind kind, String verb, String word) {
        var body = notification.payload().path(word);
        var id = text(body, "id");
        id = id == null ? text(notification.payload(), word + "_id") : id;
        var what = what(verb);
        if (id == null || what == null) {
            return Optional.empty();
        }
        var created = time(body, "created_at");
        var name = text(body, "name");
        var project = text(body, "project_id");
        project = project == null ? text(body, "tenant_id") : project;
        var beginning =
                created == null || created.isAfter(notification.timestamp())
                        ? notification.timestamp()
                        : created;
        return Optional.of(
                new Fact(
                        notification.cloud(),
                        project == null ? null : new ProjectId(project),
                        id,
                        kind,
                        what,
                        what == What.BEGAN ? beginning : notification.timestamp(),
                        state(text(body, "status")),
                        Size.NONE,
                        created,
                        name == null ? text(body, "floating_ip_address") : name,
                        MeterDefinitions.origin(notification)));
    }

    private static @Nullable What what(String verb) {
        return switch (verb) {
            case "create.end" -> What.BEGAN;
            case "delete.end" -> What.ENDED;
            case "exists", "retype" -> What.IS;
            default -> verb.endsWith(".end") ? What.IS : null;
        };
    }

    private static Instant created(Notification notification) {
        var at = time(notification.payload(), "created_at");
        return at == null || at.isAfter(notification.timestamp()) ? notification.timestamp() : at;
    }

    private static Fact fact(
            Notification notification,
            ResourceKind kind,
            String id,
            What what,
            Instant at,
            @Nullable String state,
            @Nullable Size size,
            @Nullable Instant since,
            String projectField,
            String nameField) {
        var project = text(notification.payload(), projectField);
        return new Fact(
                notification.cloud(),
                project == null ? null : new ProjectId(project),
                id,
                kind,
                what,
                at,
                state,
                size,
                since,
                text(notification.payload(), nameField),
                MeterDefinitions.origin(notification));
    }

    private static @Nullable String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isString() && !value.asString().isBlank() ? value.asString() : null;
    }

    private static @Nullable Instant time(JsonNode node, String field) {
        var value = text(node, field);
        return value == null ? null : WireTime.parse(value).orElse(null);
    }
}
