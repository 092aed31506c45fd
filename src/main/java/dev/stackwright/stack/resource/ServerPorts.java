package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ports that a server has because its networks name a subnet, and not a port of its own
 * definition: Nova knows no subnets. They are made before the server and deleted after it; their
 * description carries the server's mark, and which entry of networks they are for.
 */
final class ServerPorts {

    private ServerPorts() {}

    static boolean wantsOwn(JsonNode entry) {
        return !entry.path("subnet").asString("").isEmpty()
                || (entry.path("port_extra_properties").isObject()
                        && !entry.path("port_extra_properties").isEmpty());
    }

    /** The port for an entry of networks, made when it is not there yet. */
    static String bring(Work work, JsonNode entry, int place) {
        var mark = mark(work, entry, place);
        var known = work.memory().path("ports").path(mark).asString("");
        if (!known.isEmpty()) {
            return known;
        }
        var change = "port " + place;
        if (work.isUnsure(change)) {
            var found = marked(work).stream().filter(port -> bears(port, mark)).findFirst();
            if (found.isPresent()) {
                var id = found.get().path("id").asString();
                work.settle(change, remembered(work, mark, id));
                return id;
            }
        }
        var made =
                work.journaled(
                        change,
                        Request.post(Service.NETWORK, "/ports")
                                .body(Map.of("port", wanted(work, entry, mark))),
                        answer ->
                                remembered(
                                        work,
                                        mark,
                                        answer.body().path("port").path("id").asString()));
        return made.body().path("port").path("id").asString();
    }

    private static ObjectNode remembered(Work work, String mark, String id) {
        var memory = work.memory();
        memory.withObject("/ports").put(mark, id);
        return memory;
    }

    private static ObjectNode wanted(Work work, JsonNode entry, String mark) {
        var port = RestHandler.object().put("name", work.physicalName() + "-port");
        port.put("description", work.description() + " " + mark);
        var subnet = entry.path("subnet").asString("");
        var network = entry.path("network").asString(entry.path("uuid").asString(""));
        var address = entry.path("fixed_ip").asString("");
        if (!subnet.isEmpty()) {
            var id = Names.id(work, "subnet", subnet);
            var fixed = port.putArray("fixed_ips").addObject().put("subnet_id", id);
            if (!address.isEmpty()) {
                fixed.put("ip_address", address);
            }
            port.put("network_id", networkOf(work, id));
        } else {
            port.put("network_id", Names.id(work, "network", network));
            if (!address.isEmpty()) {
                port.putArray("fixed_ips").addObject().put("ip_address", address);
            }
        }
        entry.path("port_extra_properties")
                .properties()
                .forEach(extra -> {
                    if (!extra.getValue().isNull()) {
                        port.set(extra.getKey(), extra.getValue());
                    }
                });
        var groups = work.json("security_groups");
        if (groups.isArray() && !groups.isEmpty() && !port.has("security_groups")) {
            port.set("security_groups", RestHandler.resolved(work, "security_group", groups));
        }
        return port;
    }

    private static String networkOf(Work work, String subnet) {
        return work.get(Request.get(Service.NETWORK, "/subnets/{}", subnet))
                .path("subnet")
                .path("network_id")
                .asString();
    }

    private static String mark(Work work, JsonNode entry, int place) {
        return "%d/%s/%s/%s"
                .formatted(
                        place,
                        entry.path("network").asString(entry.path("uuid").asString("")),
                        entry.path("subnet").asString(""),
                        entry.path("fixed_ip").asString(""));
    }

    private static boolean bears(JsonNode port, String mark) {
        return port.path("description").asString("").endsWith(" " + mark);
    }

    private static List<JsonNode> marked(Work work) {
        return work
                .list(
                        Request.get(Service.NETWORK, "/ports")
                                .query("name", work.physicalName() + "-port"),
                        "ports")
                .stream()
                .filter(port -> port.path("description").asString("").contains(work.mark()))
                .toList();
    }

    /** Whether there may be any at all. */
    private static boolean mayHave(Work work) {
        for (var properties : List.of(work.json("networks"), work.jsonBefore("networks"))) {
            for (var entry : properties) {
                if (wantsOwn(entry)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** After the server is gone. */
    static void dropAll(Work work) {
        if (mayHave(work)) {
            marked(work).forEach(port -> drop(work, port));
        }
    }

    /** Those that no entry of networks wants any more. */
    static void dropLeft(Work work) {
        if (!mayHave(work)) {
            return;
        }
        Set<String> wanted = new LinkedHashSet<>();
        int place = 0;
        for (var entry : work.json("networks")) {
            wanted.add(mark(work, entry, place++));
        }
        marked(work).stream()
                .filter(port -> wanted.stream().noneMatch(mark -> bears(port, mark)))
                .forEach(port -> drop(work, port));
    }

    private static void drop(Work work, JsonNode port) {
        var id = port.path("id").asString();
        work.drop("drop port " + id, Request.delete(Service.NETWORK, "/ports/{}", id));
    }

    /** Points the floating IPs that networks name at the server's ports, and frees the former. */
    static void giveAddresses(Work work) {
        var wanted = floating(work.json("networks"));
        var before = floating(work.jsonBefore("networks"));
        before.removeAll(wanted);
        before.forEach(address -> point(work, address, Optional.empty()));
        if (wanted.isEmpty()) {
            return;
        }
        var there =
                work.list(
                        Request.get(Service.COMPUTE, "/servers/{}/os-interface", work.physicalId()),
                        "interfaceAttachments");
        var networks = ServerWish.network(work);
        int place = 0;
        for (var entry : work.json("networks")) {
            var network = networks.get(place++);
            var address = entry.path("floating_ip").asString("");
            if (!address.isEmpty()) {
                var port =
                        there.stream()
                                .filter(one -> ServerHandler.isAt(one, network))
                                .findFirst()
                                .orElseThrow(() ->
                                        new Impossible(
                                                "The server has no port for the floating IP "
                                                        + address));
                point(work, address, Optional.of(port.path("port_id").asString()));
            }
        }
    }

    private static Set<String> floating(JsonNode networks) {
        var all = new LinkedHashSet<String>();
        for (var entry : networks) {
            var address = entry.path("floating_ip").asString("");
            if (!address.isEmpty()) {
                all.add(address);
            }
        }
        return all;
    }

    private static void point(Work work, String address, Optional<String> port) {
        var id = Names.id(work, "floating_ip", address);
        var body = RestHandler.object();
        port.ifPresentOrElse(one -> body.put("port_id", one), () -> body.putNull("port_id"));
        var request =
                Request.put(Service.NETWORK, "/floatingips/{}", id)
                        .body(Map.of("floatingip", body));
        if (port.isPresent()) {
            work.change("point " + id, request);
        } else {
            work.drop("free " + id, request);
        }
    }
}
