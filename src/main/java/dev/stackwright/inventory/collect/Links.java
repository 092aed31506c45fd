package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.store.Text;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads which others an object names, so that their pages can name it in turn. */
final class Links {

    private static final int ID = 512;

    private final Set<ObjectRef> found = new LinkedHashSet<>();
    private final JsonNode node;

    private Links(JsonNode node) {
        this.node = node;
    }

    static Set<ObjectRef> of(Kind kind, JsonNode node) {
        var links = new Links(node);
        links.read(kind);
        return Set.copyOf(links.found);
    }

    private void read(Kind kind) {
        switch (kind) {
            case SERVER -> ofServer();
            case VOLUME -> ofVolume();
            case VOLUME_SNAPSHOT -> to(Kind.VOLUME, node, "volume_id");
            case SUBNET -> to(Kind.NETWORK, node, "network_id");
            case PORT -> ofPort();
            case ROUTER -> ofRouter();
            case FLOATING_IP -> ofFloatingIp();
            case SECURITY_GROUP ->
                    node.path("security_group_rules")
                            .forEach(rule -> to(Kind.SECURITY_GROUP, rule, "remote_group_id"));
            case IMAGE -> {
                to(Kind.IMAGE, node, "base_image_ref");
                to(Kind.SERVER, node, "instance_uuid");
            }
            case SERVER_GROUP -> each(Kind.SERVER, node.path("members"));
            default -> {
                // Names no others.
            }
        }
    }

    private void ofServer() {
        to(Kind.IMAGE, node.path("image"), "id");
        to(Kind.FLAVOR, node.path("flavor"), "id");
        var keypair = Reading.text(node, "key_name");
        if (!keypair.isEmpty()) {
            to(Kind.KEYPAIR, Reading.text(node, "user_id") + "/" + keypair);
        }
    }

    private void ofVolume() {
        node.path("attachments").forEach(each -> to(Kind.SERVER, each, "server_id"));
        to(Kind.VOLUME_SNAPSHOT, node, "snapshot_id");
        to(Kind.VOLUME, node, "source_volid");
        to(Kind.IMAGE, node.path("volume_image_metadata"), "image_id");
    }

    private void ofPort() {
        to(Kind.NETWORK, node, "network_id");
        node.path("fixed_ips").forEach(each -> to(Kind.SUBNET, each, "subnet_id"));
        each(Kind.SECURITY_GROUP, node.path("security_groups"));
        device(node);
    }

    private void ofRouter() {
        var gateway = node.path("external_gateway_info");
        to(Kind.NETWORK, gateway, "network_id");
        gateway.path("external_fixed_ips").forEach(each -> to(Kind.SUBNET, each, "subnet_id"));
    }

    private void ofFloatingIp() {
        to(Kind.PORT, node, "port_id");
        to(Kind.ROUTER, node, "router_id");
        to(Kind.NETWORK, node, "floating_network_id");
        device(node.path("port_details"));
    }

    /** What a port belongs to: a server, or a router with one of its interfaces. */
    private void device(JsonNode port) {
        var owner = Reading.text(port, "device_owner");
        if (owner.startsWith("compute:")) {
            to(Kind.SERVER, port, "device_id");
        } else if (owner.startsWith("network:router")) {
            to(Kind.ROUTER, port, "device_id");
        }
    }

    private void each(Kind kind, JsonNode ids) {
        ids.forEach(id -> to(kind, id.asString("")));
    }

    private void to(Kind kind, JsonNode from, String field) {
        to(kind, Reading.text(from, field));
    }

    private void to(Kind kind, String id) {
        if (!id.isEmpty()) {
            found.add(new ObjectRef(kind, Text.storable(id, ID)));
        }
    }
}
