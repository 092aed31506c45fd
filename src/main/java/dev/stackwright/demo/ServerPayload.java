package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What Nova says about a server on the bus. */
final class ServerPayload {

    interface AddressReader {
        void read(String network, String address, String mac, @Nullable String floating);
    }

    private final NetworkService network;
    private final ImageService images;

    ServerPayload(NetworkService network, ImageService images) {
        this.network = network;
        this.images = images;
    }

    ObjectNode payload(ObjectNode server, ObjectNode more) {
        JsonNode flavor = server.path("_flavor");
        String image = text(server, "_image");
        ObjectNode payload =
                object(
                        "tenant_id",
                        text(server, "tenant_id"),
                        "user_id",
                        text(server, "user_id"),
                        "instance_id",
                        text(server, "id"),
                        "display_name",
                        text(server, "name"),
                        "reservation_id",
                        text(server, "_reservation"),
                        "hostname",
                        text(server, "_hostname"),
                        "instance_type",
                        text(flavor, "name"),
                        "instance_type_id",
                        Math.abs(text(flavor, "id").hashCode() % 1000),
                        "instance_flavor_id",
                        text(flavor, "id"),
                        "architecture",
                        null,
                        "memory_mb",
                        flavor.path("ram"),
                        "disk_gb",
                        flavor.path("disk"),
                        "vcpus",
                        flavor.path("vcpus"),
                        "root_gb",
                        flavor.path("disk"),
                        "ephemeral_gb",
                        flavor.path("ephemeral"),
                        "host",
                        text(server, "_host").isEmpty() ? null : text(server, "_host"),
                        "node",
                        text(server, "_host").isEmpty() ? null : text(server, "_host"),
                        "availability_zone",
                        "nova",
                        "cell_name",
                        "",
                        "created_at",
                        text(server, "created").replace('T', ' ').replace("Z", "+00:00"),
                        "terminated_at",
                        text(server, "_terminated"),
                        "deleted_at",
                        text(server, "_terminated"),
                        "launched_at",
                        text(server, "_launched"),
                        "image_ref_url",
                        images.base + "/images/" + image,
                        "os_type",
                        null,
                        "kernel_id",
                        "",
                        "ramdisk_id",
                        "",
                        "state",
                        text(server, "_vm"),
                        "state_description",
                        text(server, "_task"),
                        "progress",
                        "",
                        "access_ip_v4",
                        null,
                        "access_ip_v6",
                        null,
                        "image_meta",
                        images.life.metaOf(image),
                        "metadata",
                        server.path("metadata").deepCopy());
        payload.setAll(more);
        return payload;
    }

    ArrayNode fixedIps(ObjectNode server) {
        ArrayNode addresses = array();
        eachAddress(
                server,
                (label, address, mac, floating) -> {
                    ArrayNode floats = array();
                    if (floating != null) {
                        floats.add(
                                object(
                                        "address",
                                        floating,
                                        "type",
                                        "floating",
                                        "version",
                                        4,
                                        "meta",
                                        object()));
                    }
                    addresses.add(
                            object(
                                    "address",
                                    address,
                                    "type",
                                    "fixed",
                                    "version",
                                    address.contains(":") ? 6 : 4,
                                    "meta",
                                    object(),
                                    "floating_ips",
                                    floats,
                                    "label",
                                    label,
                                    "vif_mac",
                                    mac));
                });
        return addresses;
    }

    void eachAddress(ObjectNode server, AddressReader reader) {
        for (JsonNode portId : server.path("_ports")) {
            ObjectNode port = network.documents.table(NetworkKind.PORT).get(portId.asString(""));
            if (port == null) {
                continue;
            }
            ObjectNode net =
                    network.documents.table(NetworkKind.NETWORK).get(text(port, "network_id"));
            ObjectNode floating =
                    network.documents
                            .table(NetworkKind.FLOATING_IP)
                            .get(text(port, "_floating_ip"));
            for (JsonNode fixed : port.path("fixed_ips")) {
                String address = text(fixed, "ip_address");
                boolean points =
                        floating != null && text(floating, "fixed_ip_address").equals(address);
                reader.read(
                        text(net, "name"),
                        address,
                        text(port, "mac_address"),
                        points ? text(floating, "floating_ip_address") : null);
            }
        }
    }

    static Duration age(ObjectNode server, Instant now) {
        String launched = text(server, "_launched");
        return launched.isEmpty()
                ? Duration.ZERO
                : Duration.between(Instant.parse(launched + "Z"), now);
    }
}
