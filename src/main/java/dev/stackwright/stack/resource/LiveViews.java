package dev.stackwright.stack.resource;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.cloud.Service;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.Seen;
import dev.stackwright.stack.resource.LiveView.Sight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which type is looked at how. Whatever is plain create, show, update and delete needs no more than
 * its data; the odd ones are here, each with what its service says in other words.
 */
public final class LiveViews {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Listing SERVERS =
            // From this version on it tells the tags, and still the id of the flavor.
            Listing.of(Service.COMPUTE, "/servers/detail", "servers", "2.26");
    private static final Listing VOLUMES = Listing.of(Service.VOLUME, "/volumes/detail", "volumes");
    private static final Listing PORTS = Listing.of(Service.NETWORK, "/ports", "ports");
    private static final Listing ADDRESSES =
            Listing.of(Service.NETWORK, "/floatingips", "floatingips");

    private final Map<String, LiveView> byType = new LinkedHashMap<>();

    private LiveViews() {}

    public static LiveViews all() {
        var views = new LiveViews();
        Stream.of(
                        NetworkResources.all(),
                        NetworkResources.plain(),
                        IdentityResources.all(),
                        ComputeResources.all(),
                        VolumeResources.all())
                .flatMap(List::stream)
                .forEach(views::addPlain);
        views.addNetworks();
        views.byType.put("OS::Nova::Server", server());
        views.byType.put("OS::Nova::KeyPair", keyPair());
        views.byType.put("OS::Nova::ServerGroup", serverGroup());
        views.byType.put("OS::Cinder::Volume", volume());
        views.byType.put("OS::Cinder::VolumeAttachment", attachment());
        views.byType.put("OS::Nova::VolumeAttachment", attachment());
        views.byType.put("OS::Glance::WebImage", image());
        return views;
    }

    /** Empty for a type that nobody knows how to look at. */
    public Optional<Seen> look(
            ResourceType type, Map<String, Value> applied, String id, Lists lists) {
        return Optional.ofNullable(byType.get(type.name()))
                .map(view -> view.look(type, applied, id, lists));
    }

    /** The types that are looked at. */
    public Set<String> types() {
        return Set.copyOf(byType.keySet());
    }

    /** The lists that are surely needed to look at resources of these types. */
    public Set<Listing> listings(Collection<String> types) {
        var listings = new LinkedHashSet<Listing>();
        for (var type : types) {
            var view = byType.get(type);
            if (view != null) {
                listings.add(view.listing());
            }
            if (type.equals("OS::Nova::Server")) {
                listings.add(PORTS);
            }
        }
        return listings;
    }

    private void addPlain(ResourceHandler handler) {
        if (handler instanceof RestHandler one && !one.plain().listed().contains("{")) {
            byType.put(one.plain().type(), LiveView.of(one.plain()));
        }
    }

    private void change(String type, java.util.function.UnaryOperator<LiveView> how) {
        byType.computeIfPresent("OS::Neutron::" + type, (_, view) -> how.apply(view));
    }

    private void addNetworks() {
        change(
                "Subnet",
                view ->
                        view.ordered("dns_nameservers")
                                .telling("network_id", (live, _, _) -> live.path("network_id"))
                                .telling("gateway_ip", LiveViews::gateway));
        change(
                "Router",
                view ->
                        view.telling(
                                "external_gateway_info",
                                (live, _, _) -> live.path("external_gateway_info")));
        change(
                "Port",
                view ->
                        view.own("no_fixed_ips", "replacement_policy")
                                .telling("network_id", (live, _, _) -> live.path("network_id"))
                                .telling("fixed_ips", (live, _, _) -> live.path("fixed_ips")));
        change(
                "SecurityGroup",
                view ->
                        view.telling("description", (live, _, _) -> live.path("description"))
                                .telling("rules", SecurityGroupHandler::told));
        change(
                "FloatingIP",
                view ->
                        view.untold("floating_subnet")
                                .telling(
                                        "floating_network_id",
                                        (live, _, _) -> live.path("floating_network_id")));
        byType.put(
                "OS::Neutron::RouterInterface",
                LiveView.of(PORTS)
                        .own("router", "router_id", "subnet", "subnet_id", "port", "port_id")
                        .found(LiveViews::foot));
        byType.put(
                "OS::Neutron::FloatingIPAssociation", LiveView.of(ADDRESSES).own("floatingip_id"));
    }

    /** None at all is an empty text to a template. */
    private static JsonNode gateway(JsonNode live, JsonNode given, Sight sight) {
        return live.path("gateway_ip").isNull() && given.asString("").equals("~")
                ? given
                : live.path("gateway_ip");
    }

    /** An interface is the port that a router has in its subnet. */
    private static Optional<JsonNode> foot(List<JsonNode> ports, String id, Sight sight) {
        int colon = id.indexOf(':');
        int equals = id.indexOf('=');
        if (colon < 0 || equals < colon) {
            return Optional.empty();
        }
        var router = id.substring(0, colon);
        var what = id.substring(equals + 1);
        return ports.stream()
                .filter(port -> port.path("device_id").asString("").equals(router))
                .filter(port ->
                        port.path("id").asString("").equals(what)
                                || port.path("fixed_ips")
                                        .valueStream()
                                        .anyMatch(ip ->
                                                ip.path("subnet_id").asString("").equals(what)))
                .findFirst();
    }

    private static LiveView server() {
        return LiveView.of(SERVERS)
                .kinds(Map.of("flavor", "flavor", "image", "image"))
                .renamed(
                        Map.of(
                                "availability_zone", "OS-EXT-AZ:availability_zone",
                                "diskConfig", "OS-DCF:diskConfig"))
                .own(
                        "flavor_update_policy",
                        "image_update_policy",
                        "user_data_update_policy",
                        "user_data_format",
                        "software_config_transport",
                        "deployment_swift_data")
                .untold("user_data", "personality", "scheduler_hints")
                .telling("flavor", LiveViews::flavor)
                .telling("image", (live, _, _) -> live.path("image").path("id"))
                .telling("metadata", (live, _, _) -> unmarked(live.path("metadata")))
                .telling(
                        "config_drive",
                        (live, _, _) ->
                                NODES.booleanNode(
                                        live.path("config_drive")
                                                .asString("")
                                                .equalsIgnoreCase("true")))
                .telling("security_groups", LiveViews::groups)
                .telling("networks", LiveViews::networks);
    }

    private static JsonNode flavor(JsonNode live, JsonNode given, Sight sight) {
        var flavor = live.path("flavor");
        return flavor.has("id") ? flavor.path("id") : flavor.path("original_name");
    }

    private static ObjectNode unmarked(JsonNode metadata) {
        var told = RestHandler.object();
        metadata.properties().stream()
                .filter(one -> !one.getKey().equals(ServerWish.MARK))
                .forEach(one -> told.set(one.getKey(), one.getValue()));
        return told;
    }

    /** Where ports are given, these have the groups. */
    private static JsonNode groups(JsonNode live, JsonNode given, Sight sight) {
        for (var network : sight.given("networks")) {
            if (!network.path("port").asString("").isEmpty()) {
                return LiveView.UNTOLD;
            }
        }
        var names = new LinkedHashSet<String>();
        live.path("security_groups").forEach(group -> names.add(group.path("name").asString("")));
        var told = NODES.arrayNode();
        for (var group : given) {
            var word = group.asString("");
            var name = LiveNames.name(sight.lists(), "security_group", word).orElse(word);
            if (names.remove(name)) {
                told.add(word);
            }
        }
        names.forEach(told::add);
        return told;
    }

    /** The ports that Nova has at the server, as the entries of the template that want them. */
    private static JsonNode networks(JsonNode live, JsonNode given, Sight sight) {
        var listed = sight.lists().of(PORTS);
        if (listed.isEmpty() || !given.path(0).path("allocate_network").asString("").isEmpty()) {
            return LiveView.UNTOLD;
        }
        var left =
                new ArrayList<>(
                        listed.get().stream()
                                .filter(port ->
                                        port.path("device_id").equals(live.path("id"))
                                                && port.path("device_owner")
                                                        .asString("")
                                                        .startsWith("compute:"))
                                .toList());
        var told = NODES.arrayNode();
        for (var entry : given) {
            var wanted = place(entry, sight);
            if (wanted.isEmpty()) {
                return LiveView.UNTOLD;
            }
            var port = left.stream().filter(one -> stands(one, wanted.get())).findFirst();
            if (port.isPresent()) {
                left.remove(port.get());
                told.add(entry);
            }
        }
        left.forEach(port -> told.addObject().set("port", port.path("id")));
        return told;
    }

    /** The ids that an entry of networks means; empty when it uses a name that nobody knows. */
    private static Optional<ObjectNode> place(JsonNode entry, Sight sight) {
        var place = RestHandler.object();
        for (var kind : List.of("port", "network", "subnet")) {
            var word = entry.path(kind).asString("");
            if (kind.equals("network") && word.isEmpty()) {
                word = entry.path("uuid").asString("");
            }
            if (!word.isEmpty()) {
                var id = sight.id(kind, word);
                if (id.isEmpty()) {
                    return Optional.empty();
                }
                place.put(kind, id.get());
            }
        }
        var address = entry.path("fixed_ip").asString("");
        return Optional.of(address.isEmpty() ? place : place.put("fixed_ip", address));
    }

    private static boolean stands(JsonNode port, ObjectNode wanted) {
        if (wanted.has("port")) {
            return port.path("id").equals(wanted.path("port"));
        }
        var addresses = port.path("fixed_ips");
        return (!wanted.has("network") || port.path("network_id").equals(wanted.path("network")))
                && (!wanted.has("subnet")
                        || addresses
                                .valueStream()
                                .anyMatch(ip -> ip.path("subnet_id").equals(wanted.path("subnet"))))
                && (!wanted.has("fixed_ip")
                        || addresses
                                .valueStream()
                                .anyMatch(ip ->
                                        ip.path("ip_address").equals(wanted.path("fixed_ip"))));
    }

    /** A key pair is wrapped, and its name is its id. */
    private static LiveView keyPair() {
        return LiveView.of(Listing.of(Service.COMPUTE, "/os-keypairs", "keypairs", "2.2"))
                .own("save_private_key")
                .untold("user")
                .found((listed, id, _) ->
                        listed.stream()
                                .map(one -> one.has("keypair") ? one.path("keypair") : one)
                                .filter(one -> one.path("name").asString("").equals(id))
                                .findFirst());
    }

    private static LiveView serverGroup() {
        return LiveView.of(
                        Listing.of(Service.COMPUTE, "/os-server-groups", "server_groups", "2.64"))
                .telling(
                        "policies",
                        (live, _, _) ->
                                live.has("policy")
                                        ? NODES.arrayNode().add(live.path("policy"))
                                        : live.path("policies"));
    }

    private static LiveView volume() {
        return LiveView.of(VOLUMES)
                .kinds(
                        Map.of(
                                "image", "image",
                                "imageRef", "image"))
                .untold("backup_id", "scheduler_hints")
                .telling("image", LiveViews::madeFrom)
                .telling("imageRef", LiveViews::madeFrom)
                .telling("volume_type", LiveViews::volumeType)
                .telling("read_only", LiveViews::readOnly)
                .telling("metadata", LiveViews::volumeMetadata);
    }

    private static JsonNode madeFrom(JsonNode live, JsonNode given, Sight sight) {
        return live.path("volume_image_metadata").path("image_id");
    }

    /** Cinder tells its name; a template may give its id. */
    private static JsonNode volumeType(JsonNode live, JsonNode given, Sight sight) {
        var name = LiveNames.name(sight.lists(), "volume_type", given.asString(""));
        return name.isPresent() && name.get().equals(live.path("volume_type").asString(""))
                ? given
                : live.path("volume_type");
    }

    private static JsonNode readOnly(JsonNode live, JsonNode given, Sight sight) {
        var told = live.path("metadata").path("readonly");
        return told.isMissingNode()
                ? NODES.booleanNode(false)
                : NODES.booleanNode(told.asString("").equalsIgnoreCase("true"));
    }

    private static JsonNode volumeMetadata(JsonNode live, JsonNode given, Sight sight) {
        var told = unmarked(live.path("metadata"));
        for (var mark : List.of("readonly", "attached_mode")) {
            if (!given.has(mark)) {
                told.remove(mark);
            }
        }
        return told;
    }

    /** An attachment is what the volume says of it. */
    private static LiveView attachment() {
        return LiveView.of(VOLUMES)
                .renamed(Map.of("instance_uuid", "server_id"))
                .kinds(Map.of("instance_uuid", "server", "volume_id", "volume"))
                // Nova names the device as it likes.
                .untold("mountpoint")
                .found(LiveViews::attached);
    }

    private static Optional<JsonNode> attached(List<JsonNode> volumes, String id, Sight sight) {
        var server = sight.given("instance_uuid").asString("");
        return volumes.stream()
                .filter(volume -> volume.path("id").asString("").equals(id))
                .flatMap(volume -> volume.path("attachments").valueStream())
                .min(
                        java.util.Comparator.comparing(
                                one -> !one.path("server_id").asString("").equals(server)));
    }

    private static LiveView image() {
        return LiveView.of(Listing.of(Service.IMAGE, "/images", "images"))
                .untold("location", "members")
                .telling(
                        "active",
                        (live, _, _) ->
                                NODES.booleanNode(
                                        !live.path("status").asString("").equals("deactivated")))
                .telling(
                        "extra_properties",
                        (live, given, _) -> {
                            var told = RestHandler.object();
                            given.propertyNames().forEach(name -> told.set(name, live.path(name)));
                            return told;
                        });
    }
}
