package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a server tells about where it can be reached. */
final class ServerAddresses {

    private ServerAddresses() {}

    /** By network name and by network id, as templates ask for them. */
    static void put(Work work, JsonNode live, Map<String, Value> attributes) {
        var ids = new LinkedHashMap<String, String>();
        var ports = new LinkedHashMap<String, String>();
        if (!live.path("addresses").isEmpty()) {
            for (var one :
                    work.list(
                            Request.get(
                                    Service.COMPUTE, "/servers/{}/os-interface", work.physicalId()),
                            "interfaceAttachments")) {
                for (var address : one.path("fixed_ips")) {
                    var ip = address.path("ip_address").asString("");
                    ids.put(ip, one.path("net_id").asString(""));
                    ports.put(ip, one.path("port_id").asString(""));
                }
            }
        }
        var addresses = new LinkedHashMap<String, Value>();
        var networks = new LinkedHashMap<String, Value>();
        var first = "";
        for (var network : live.path("addresses").properties()) {
            var full = JsonNodeFactory.instance.arrayNode();
            var short_ = JsonNodeFactory.instance.arrayNode();
            var id = "";
            for (var address : network.getValue()) {
                var ip = address.path("addr").asString("");
                var one = (ObjectNode) address.deepCopy();
                one.put("port", ports.getOrDefault(ip, ""));
                full.add(one);
                short_.add(ip);
                id = ids.getOrDefault(ip, id);
                first = first.isEmpty() ? ip : first;
            }
            addresses.put(network.getKey(), Properties.value(full));
            networks.put(network.getKey(), Properties.value(short_));
            if (!id.isEmpty()) {
                addresses.put(id, Properties.value(full));
                networks.put(id, Properties.value(short_));
            }
        }
        attributes.put("addresses", new Value.Entries(addresses));
        attributes.put("networks", new Value.Entries(networks));
        attributes.put("first_address", Value.of(first));
    }
}
