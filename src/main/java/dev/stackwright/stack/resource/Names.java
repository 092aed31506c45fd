package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Ids for what a template names. */
final class Names {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}");

    private Names() {}

    /** An id stays what it is; a name is looked up, and must mean exactly one thing. */
    static String id(Work work, String kind, String nameOrId) {
        if (ID.matcher(nameOrId).matches()) {
            return nameOrId;
        }
        return switch (kind) {
            case "flavor" -> flavor(work, nameOrId);
            case "image" -> named(work, Service.IMAGE, "/images", "images", "image", nameOrId);
            case "volume" ->
                    named(work, Service.VOLUME, "/volumes/detail", "volumes", "volume", nameOrId);
            case "server" ->
                    named(work, Service.COMPUTE, "/servers", "servers", "server", nameOrId);
            case "network" -> network(work, "networks", "network", nameOrId);
            case "subnet" -> network(work, "subnets", "subnet", nameOrId);
            case "subnetpool" -> network(work, "subnetpools", "subnet pool", nameOrId);
            case "port" -> network(work, "ports", "port", nameOrId);
            case "router" -> network(work, "routers", "router", nameOrId);
            case "security_group" -> network(work, "security-groups", "security group", nameOrId);
            case "address_scope" -> network(work, "address-scopes", "address scope", nameOrId);
            case "volume_type" ->
                    named(work, Service.VOLUME, "/types", "volume_types", "volume type", nameOrId);
            case "qos_specs" ->
                    named(work, Service.VOLUME, "/qos-specs", "qos_specs", "QoS specs", nameOrId);
            case "project", "domain", "user", "group", "role", "service" ->
                    identity(work, kind + "s", nameOrId);
            case "floating_ip" ->
                    only(
                            work.list(
                                    Request.get(Service.NETWORK, "/floatingips")
                                            .query("floating_ip_address", nameOrId),
                                    "floatingips"),
                            "floating IP",
                            nameOrId);
            case "qos_policy" ->
                    named(
                            work,
                            Service.NETWORK,
                            "/qos/policies",
                            "policies",
                            "QoS policy",
                            nameOrId);
            default -> nameOrId;
        };
    }

    private static String network(Work work, String collection, String word, String name) {
        return named(
                work, Service.NETWORK, "/" + collection, collection.replace('-', '_'), word, name);
    }

    /** Keystone has ids of any form, such as {@code default}. */
    private static String identity(Work work, String collection, String nameOrId) {
        var found =
                work
                        .list(
                                Request.get(Service.IDENTITY, "/" + collection)
                                        .query("name", nameOrId),
                                collection)
                        .stream()
                        .filter(one -> one.path("name").asString("").equals(nameOrId))
                        .toList();
        return found.isEmpty() ? nameOrId : only(found, collection, nameOrId);
    }

    private static String named(
            Work work, Service service, String path, String key, String word, String name) {
        var found =
                work.list(Request.get(service, path).query("name", name), key).stream()
                        .filter(one -> one.path("name").asString().equals(name))
                        .toList();
        return only(found, word, name);
    }

    /** Flavors have ids of any form, and the list is the same for everybody. */
    private static String flavor(Work work, String nameOrId) {
        var all = work.list(Request.get(Service.COMPUTE, "/flavors"), "flavors");
        for (var flavor : all) {
            if (flavor.path("id").asString().equals(nameOrId)) {
                return nameOrId;
            }
        }
        return only(
                all.stream()
                        .filter(flavor -> flavor.path("name").asString().equals(nameOrId))
                        .toList(),
                "flavor",
                nameOrId);
    }

    private static String only(List<JsonNode> found, String word, String name) {
        if (found.isEmpty()) {
            throw new Impossible("This project sees no %s named %s".formatted(word, name));
        }
        if (found.size() > 1) {
            throw new Impossible(
                    "%d things are a %s named %s; give the id of the one that is meant"
                            .formatted(found.size(), word, name));
        }
        return found.getFirst().path("id").asString();
    }
}
