package dev.stackwright.metering.poll;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a kind of resource is listed, and how to read one of the list. */
enum Existence {
    INSTANCES(ResourceKind.INSTANCE, Service.COMPUTE, "/servers/detail", "/servers/{}", "servers") {
        @Override
        Optional<Seen> read(JsonNode server) {
            var state = text(server, "OS-EXT-STS:vm_state");
            var launched = time(server, "OS-SRV-USG:launched_at");
            if (launched == null || state == null || state.equals("building")) {
                return Optional.empty();
            }
            var flavor = server.path("flavor");
            // An instance that boots from a volume has no image; its root disk is that volume.
            var root = server.path("image").isObject() ? flavor.path("disk").asLong(0) : 0;
            return seen(
                    server,
                    "tenant_id",
                    "name",
                    state,
                    Size.instance(
                                    flavor.path("vcpus").asLong(0),
                                    flavor.path("ram").asLong(0),
                                    root + flavor.path("ephemeral").asLong(0))
                            .soldAs(flavor.path("original_name").asString("")),
                    launched);
        }

        @Override
        Request request(Request request) {
            // From 2.47 on a server carries the sizes of its flavor, even of a deleted one.
            return request.query("all_tenants", "1").microversion("2.47");
        }
    },
    VOLUMES(ResourceKind.VOLUME, Service.VOLUME, "/volumes/detail", "/volumes/{}", "volumes") {
        @Override
        Optional<Seen> read(JsonNode volume) {
            return seen(
                    volume,
                    "os-vol-tenant-attr:tenant_id",
                    "name",
                    text(volume, "status"),
                    storage(volume, "size").soldAs(volume.path("volume_type").asString("")),
                    time(volume, "created_at"));
        }

        @Override
        Request request(Request request) {
            return request.query("all_tenants", "1");
        }
    },
    SNAPSHOTS(
            ResourceKind.SNAPSHOT,
            Service.VOLUME,
            "/snapshots/detail",
            "/snapshots/{}",
            "snapshots") {
        @Override
        Optional<Seen> read(JsonNode snapshot) {
            return seen(
                    snapshot,
                    "os-extended-snapshot-attributes:project_id",
                    "name",
                    text(snapshot, "status"),
                    storage(snapshot, "size"),
                    time(snapshot, "created_at"));
        }

        @Override
        Request request(Request request) {
            return request.query("all_tenants", "1");
        }
    },
    FLOATING_IPS(
            ResourceKind.FLOATING_IP,
            Service.NETWORK,
            "/floatingips",
            "/floatingips/{}",
            "floatingips") {
        @Override
        Optional<Seen> read(JsonNode address) {
            return seen(
                    address,
                    "tenant_id",
                    "floating_ip_address",
                    text(address, "status"),
                    Size.NONE,
                    time(address, "created_at"));
        }
    },
    ROUTERS(ResourceKind.ROUTER, Service.NETWORK, "/routers", "/routers/{}", "routers") {
        @Override
        Optional<Seen> read(JsonNode router) {
            return seen(
                    router,
                    "tenant_id",
                    "name",
                    text(router, "status"),
                    Size.NONE,
                    time(router, "created_at"));
        }
    },
    IMAGES(ResourceKind.IMAGE, Service.IMAGE, "/images", "/images/{}", "images") {
        @Override
        Optional<Seen> read(JsonNode image) {
            var size = image.path("size");
            return "active".equals(text(image, "status")) && size.isNumber()
                    ? seen(
                            image,
                            "owner",
                            "name",
                            "active",
                            Size.storage(
                                    size.decimalValue()
                                            .divide(
                                                    BigDecimal.valueOf(1L << 30),
                                                    12,
                                                    RoundingMode.HALF_UP)),
                            time(image, "created_at"))
                    : Optional.empty();
        }
    };

    private final ResourceKind kind;
    private final Service service;
    private final String list;
    private final String one;
    private final String key;

    Existence(ResourceKind kind, Service service, String list, String one, String key) {
        this.kind = kind;
        this.service = service;
        this.list = list;
        this.one = one;
        this.key = key;
    }

    abstract Optional<Seen> read(JsonNode object);

    Request request(Request request) {
        return request;
    }

    ResourceKind kind() {
        return kind;
    }

    Service service() {
        return service;
    }

    Request list() {
        return request(Request.get(service, list));
    }

    Request one(String id) {
        return Request.get(service, one, id);
    }

    /** Under which name the answer holds the list. */
    String key() {
        return key;
    }

    /** A resource as the API shows it. */
    record Seen(
            String project,
            String id,
            @Nullable String name,
            String state,
            Size size,
            @Nullable Instant since) {}

    private static Optional<Seen> seen(
            JsonNode object,
            String projectField,
            String nameField,
            @Nullable String state,
            Size size,
            @Nullable Instant since) {
        var project = text(object, projectField);
        var id = text(object, "id");
        return project == null || id == null
                ? Optional.empty()
                : Optional.of(
                        new Seen(
                                project,
                                id,
                                text(object, nameField),
                                state == null ? "" : state.toLowerCase(Locale.ROOT),
                                size,
                                since));
    }

    private static Size storage(JsonNode object, String field) {
        return Size.storage(BigDecimal.valueOf(object.path(field).asLong(0)));
    }

    private static @Nullable String text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isString() && !value.asString().isBlank() ? value.asString() : null;
    }

    private static @Nullable Instant time(JsonNode object, String field) {
        var text = text(object, field);
        try {
            return text == null
                    ? null
                    : text.endsWith("Z") || text.indexOf('+') > 0
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
