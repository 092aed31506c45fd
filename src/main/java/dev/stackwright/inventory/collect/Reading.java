package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.store.ObjectRecord;
import dev.stackwright.inventory.store.ObjectRecord.Audience;
import dev.stackwright.inventory.store.ServerRecord;
import dev.stackwright.inventory.store.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns what the services answer into records; takes any shape of JSON without failing. */
final class Reading {

    private static final int FACTS = 1_000_000;
    private static final Pattern OFFSET = Pattern.compile(".*T.*[+-]\\d\\d:?\\d\\d");

    /** Fields that say nothing about the object, or change without it. */
    private static final List<String> NOISE = List.of("links", "self", "first", "schema", "file");

    private Reading() {}

    static ServerRecord server(
            JsonNode node, Function<String, @Nullable Flavor> flavors, Instant now) {
        var flavorId = text(node.path("flavor"), "id");
        var flavor = flavors.apply(flavorId);
        // From microversion 2.47 on the flavor stands in the server itself, without its id.
        var inside = node.path("flavor");
        var facts = facts(node);
        var created = instant(text(node, "created"), now);
        var status = upper(text(node, "status"));
        var updated = instant(text(node, "updated"), created);
        var addresses = addresses(node);
        var flavorName = flavor == null ? text(inside, "original_name") : flavor.name();
        return new ServerRecord(
                Text.storable(text(node, "id"), 64),
                Text.storable(text(node, "tenant_id"), 64),
                Text.storable(text(node, "user_id"), 255),
                Text.storable(text(node, "name"), 1020),
                status,
                updated.isBefore(created) ? created : updated,
                Text.storableOrNull(textOrNull(node, "OS-EXT-STS:task_state"), 64),
                Text.storableOrNull(textOrNull(node.path("fault"), "message"), 2000),
                Text.storableOrNull(textOrNull(node, "OS-EXT-SRV-ATTR:host"), 255),
                Text.storableOrNull(textOrNull(node, "OS-EXT-AZ:availability_zone"), 255),
                Text.storable(flavorId, 255),
                Text.storable(flavorName, 255),
                flavor == null ? inside.path("vcpus").asInt(0) : flavor.vcpus(),
                flavor == null ? inside.path("ram").asLong(0) : flavor.memoryMb(),
                flavor == null ? inside.path("disk").asLong(0) : flavor.diskGb(),
                Text.storableOrNull(textOrNull(node.path("image"), "id"), 64),
                Text.storableOrNull(textOrNull(node, "key_name"), 255),
                node.path("locked").asBoolean(false),
                addresses,
                created,
                Links.of(Kind.SERVER, node),
                Terms.ofServer(text(node, "id"), text(node, "name"), addresses),
                facts,
                fingerprint(facts + flavorName));
    }

    private static String addresses(JsonNode server) {
        var text = new StringBuilder();
        for (var network : server.path("addresses")) {
            for (var address : network) {
                var value = text(address, "addr").replace(" ", "");
                if (!value.isEmpty() && text.length() + value.length() < 3990) {
                    text.append(text.isEmpty() ? " " : "").append(value).append(' ');
                }
            }
        }
        return Text.storable(text.toString(), 4000);
    }

    static ObjectRecord object(Kind kind, JsonNode node) {
        var facts = facts(node);
        return new ObjectRecord(
                kind,
                Text.storable(id(kind, node), 512),
                Text.storableOrNull(project(kind, node), 64),
                Text.storableOrNull(kind == Kind.KEYPAIR ? textOrNull(node, "user_id") : null, 255),
                Text.storable(name(kind, node), 1020),
                Text.storable(status(kind, node), 64),
                audience(kind, node),
                node.path("os_hidden").asBoolean(false),
                Text.storableOrNull(textOrNull(node, "network_id"), 64),
                Text.storableOrNull(attachedTo(kind, node), 255),
                instant(text(node, "created_at"), Instant.EPOCH),
                Links.of(kind, node),
                Terms.of(kind, id(kind, node), name(kind, node), node),
                facts,
                fingerprint(facts));
    }

    private static String id(Kind kind, JsonNode node) {
        return switch (kind) {
            case KEYPAIR -> text(node, "user_id") + "/" + text(node, "name");
            case AVAILABILITY_ZONE -> text(node, "zoneName");
            case VOLUME_SERVICE -> text(node, "binary") + "@" + text(node, "host");
            default -> text(node, "id");
        };
    }

    private static String name(Kind kind, JsonNode node) {
        return switch (kind) {
            case AVAILABILITY_ZONE -> text(node, "zoneName");
            case HYPERVISOR -> text(node, "hypervisor_hostname");
            case COMPUTE_SERVICE, NETWORK_AGENT, VOLUME_SERVICE ->
                    text(node, "binary") + " on " + text(node, "host");
            case FLOATING_IP -> text(node, "floating_ip_address");
            default -> text(node, "name");
        };
    }

    private static @Nullable String project(Kind kind, JsonNode node) {
        return switch (kind) {
            case VOLUME -> textOrNull(node, "os-vol-tenant-attr:tenant_id");
            case VOLUME_SNAPSHOT -> textOrNull(node, "os-extended-snapshot-attributes:project_id");
            case IMAGE -> textOrNull(node, "owner");
            case NETWORK, SUBNET, PORT, ROUTER, FLOATING_IP, SECURITY_GROUP, SERVER_GROUP -> {
                var project = textOrNull(node, "project_id");
                yield project == null ? textOrNull(node, "tenant_id") : project;
            }
            case PROJECT -> textOrNull(node, "id");
            default -> null;
        };
    }

    private static String status(Kind kind, JsonNode node) {
        return switch (kind) {
            case AVAILABILITY_ZONE ->
                    node.path("zoneState").path("available").asBoolean(true)
                            ? "AVAILABLE"
                            : "UNAVAILABLE";
            case HYPERVISOR, COMPUTE_SERVICE, VOLUME_SERVICE -> upper(text(node, "state"));
            case NETWORK_AGENT -> node.path("alive").asBoolean(false) ? "UP" : "DOWN";
            case PROJECT -> node.path("enabled").asBoolean(true) ? "ENABLED" : "DISABLED";
            default -> upper(text(node, "status"));
        };
    }

    private static Audience audience(Kind kind, JsonNode node) {
        return switch (kind) {
            case IMAGE ->
                    switch (text(node, "visibility")) {
                        case "public" -> Audience.PUBLIC;
                        case "community" -> Audience.COMMUNITY;
                        default -> Audience.PRIVATE;
                    };
            case FLAVOR ->
                    node.path("os-flavor-access:is_public").asBoolean(true)
                            ? Audience.PUBLIC
                            : Audience.PRIVATE;
            case VOLUME_TYPE ->
                    node.path("os-volume-type-access:is_public")
                                    .asBoolean(node.path("is_public").asBoolean(true))
                            ? Audience.PUBLIC
                            : Audience.PRIVATE;
            case AVAILABILITY_ZONE -> Audience.PUBLIC;
            default -> Audience.PRIVATE;
        };
    }

    private static @Nullable String attachedTo(Kind kind, JsonNode node) {
        return switch (kind) {
            case PORT -> textOrNull(node, "device_id");
            case FLOATING_IP -> textOrNull(node, "port_id");
            case VOLUME -> textOrNull(node.path("attachments").path(0), "server_id");
            case VOLUME_SNAPSHOT -> textOrNull(node, "volume_id");
            default -> null;
        };
    }

    static Flavor flavor(JsonNode node) {
        return new Flavor(
                text(node, "id"),
                text(node, "name"),
                node.path("vcpus").asInt(0),
                node.path("ram").asLong(0),
                node.path("disk").asLong(0),
                node.path("os-flavor-access:is_public").asBoolean(true));
    }

    /** What a service answered, as text, without links and never larger than a row may be. */
    private static String facts(JsonNode node) {
        var kept = node;
        if (node instanceof ObjectNode object) {
            kept = JsonNodeFactory.instance.objectNode().setAll(object).without(NOISE);
        }
        var text = Text.storable(kept.toString(), FACTS + 1);
        return text.length() <= FACTS ? text : "{}";
    }

    static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString("") : "";
    }

    static @Nullable String textOrNull(JsonNode node, String field) {
        var text = text(node, field);
        return text.isEmpty() ? null : text;
    }

    static Instant instant(String text, Instant otherwise) {
        var iso = text.strip().replace(' ', 'T');
        try {
            return iso.endsWith("Z") || OFFSET.matcher(iso).matches()
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return otherwise;
        }
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String fingerprint(String facts) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(facts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
