package dev.stackwright.web.resources;

import static dev.stackwright.web.resources.Aspect.at;
import static dev.stackwright.web.resources.Aspect.bytes;
import static dev.stackwright.web.resources.Aspect.created;
import static dev.stackwright.web.resources.Aspect.gibibytes;
import static dev.stackwright.web.resources.Aspect.mebibytes;
import static dev.stackwright.web.resources.Aspect.moment;
import static dev.stackwright.web.resources.Aspect.mono;
import static dev.stackwright.web.resources.Aspect.number;
import static dev.stackwright.web.resources.Aspect.ref;
import static dev.stackwright.web.resources.Aspect.refs;
import static dev.stackwright.web.resources.Aspect.text;
import static dev.stackwright.web.resources.Aspect.texts;
import static dev.stackwright.web.resources.Aspect.words;
import static dev.stackwright.web.resources.Aspect.yes;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.web.frame.NavigationItem.Group;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every kind of thing that has pages, in the order of the navigation. */
final class Panels {

    /** What stands in the address of those below a project. */
    static final String OF_PROJECT =
            "images|flavors|keypairs|server-groups|volumes|snapshots|volume-types|networks|subnets"
                    + "|routers|ports|floating-ips|security-groups";

    /** Those of which new ones can be made without a stack. */
    static final String MADE_HERE = "volumes|floating-ips|keypairs|security-groups";

    /** And of those that only administrators see. */
    static final String OF_CLOUD = "hosts|compute-services|network-agents|volume-services";

    static final List<Panel> ALL =
            List.of(
                    images(),
                    flavors(),
                    keypairs(),
                    serverGroups(),
                    volumes(),
                    snapshots(),
                    volumeTypes(),
                    networks(),
                    subnets(),
                    routers(),
                    ports(),
                    floatingIps(),
                    securityGroups(),
                    hosts(),
                    services(Kind.COMPUTE_SERVICE, "compute-services", Group.CLOUD),
                    networkAgents(),
                    services(Kind.VOLUME_SERVICE, "volume-services", null));

    private Panels() {}

    static Optional<Panel> find(Kind kind) {
        return ALL.stream().filter(panel -> panel.kind() == kind).findFirst();
    }

    static Panel of(Kind kind) {
        return find(kind)
                .orElseThrow(() -> new IllegalArgumentException("There are no pages of " + kind));
    }

    static Optional<Panel> called(String path) {
        return ALL.stream().filter(panel -> panel.path().equals(path)).findFirst();
    }

    private static Panel images() {
        return Panel.of(Kind.IMAGE, "images", "image", Group.OPERATE)
                .sorts("status", "created")
                .columns(
                        bytes("size", "num", "size"),
                        text("visibility", "mid", "visibility"),
                        text("format", "lo", "disk_format"),
                        created())
                .facts(
                        bytes("size", "", "size"),
                        text("format", "", "disk_format"),
                        text("container", "", "container_format"),
                        text("visibility", "", "visibility"),
                        yes("protected", "", "protected"),
                        gibibytes("mindisk", "", "min_disk"),
                        mebibytes("minmemory", "", "min_ram"),
                        ref("madefrom", "", Kind.SERVER, "instance_uuid"),
                        ref("basedon", "", Kind.IMAGE, "base_image_ref"),
                        text("os", "", "os_distro"),
                        mono("checksum", "", "os_hash_value"))
                .named("resources.images.servers", Kind.SERVER)
                .named("resources.images.volumes", Kind.VOLUME)
                .named("resources.images.images", Kind.IMAGE);
    }

    private static Panel flavors() {
        return Panel.of(Kind.FLAVOR, "flavors", "balance", Group.OPERATE)
                .columns(
                        number("vcpus", "num", "vcpus"),
                        mebibytes("memory", "num", "ram"),
                        gibibytes("disk", "num", "disk"),
                        yes("public", "lo", "os-flavor-access:is_public"))
                .facts(
                        number("vcpus", "", "vcpus"),
                        mebibytes("memory", "", "ram"),
                        gibibytes("disk", "", "disk"),
                        gibibytes("ephemeral", "", "OS-FLV-EXT-DATA:ephemeral"),
                        mebibytes("swap", "", "swap"),
                        yes("public", "", "os-flavor-access:is_public"))
                .named("resources.flavors.servers", Kind.SERVER);
    }

    private static Panel keypairs() {
        return Panel.of(Kind.KEYPAIR, "keypairs", "lock", Group.OPERATE)
                .columns(text("type", "mid", "type"), mono("fingerprint", "lo", "fingerprint"))
                .facts(
                        text("type", "", "type"),
                        mono("fingerprint", "", "fingerprint"),
                        mono("publickey", "", "public_key"))
                .named("resources.keypairs.servers", Kind.SERVER);
    }

    private static Panel serverGroups() {
        return Panel.of(Kind.SERVER_GROUP, "server-groups", "same", Group.OPERATE)
                .columns(
                        mono("policy", "", Panels::policies),
                        refs(
                                "members",
                                "mid",
                                group -> Aspect.refs(Kind.SERVER, group.facts().path("members"))))
                .facts(
                        mono("policy", "", Panels::policies),
                        refs(
                                "members",
                                "",
                                group -> Aspect.refs(Kind.SERVER, group.facts().path("members"))));
    }

    private static List<String> policies(CloudObject group) {
        var one = texts(group.facts().path("policy"));
        return one.isEmpty() ? texts(group.facts().path("policies")) : one;
    }

    private static Panel volumes() {
        return Panel.of(Kind.VOLUME, "volumes", "volume", Group.STORAGE)
                .sorts("status", "created")
                .columns(
                        gibibytes("size", "num", "size"),
                        refs("attached", "mid", Panels::servers),
                        text("type", "lo", "volume_type"),
                        created())
                .facts(
                        gibibytes("size", "", "size"),
                        text("type", "", "volume_type"),
                        refs("attached", "", Panels::servers),
                        mono("device", "", volume -> each(volume, "attachments", "device")),
                        yes("bootable", "", "bootable"),
                        ref("image", "", Kind.IMAGE, "volume_image_metadata.image_id"),
                        ref("fromsnapshot", "", Kind.VOLUME_SNAPSHOT, "snapshot_id"),
                        ref("fromvolume", "", Kind.VOLUME, "source_volid"),
                        text("zone", "", "availability_zone"),
                        yes("encrypted", "", "encrypted"),
                        text("description", "", "description"),
                        text("host", "", "os-vol-host-attr:host").forAdministrators())
                .named("resources.volumes.snapshots", Kind.VOLUME_SNAPSHOT)
                .named("resources.volumes.copies", Kind.VOLUME);
    }

    private static List<ObjectRef> servers(CloudObject volume) {
        return each(volume, "attachments", "server_id").stream()
                .map(id -> new ObjectRef(Kind.SERVER, id))
                .toList();
    }

    private static List<String> each(CloudObject object, String list, String field) {
        var values = new ArrayList<String>();
        at(object.facts(), list).forEach(each -> values.addAll(texts(each.path(field))));
        return values;
    }

    private static Panel snapshots() {
        return Panel.of(Kind.VOLUME_SNAPSHOT, "snapshots", "save", Group.STORAGE)
                .sorts("status", "created")
                .columns(
                        ref("volume", "mid", Kind.VOLUME, "volume_id"),
                        gibibytes("size", "num", "size"),
                        created())
                .facts(
                        ref("volume", "", Kind.VOLUME, "volume_id"),
                        gibibytes("size", "", "size"),
                        text("description", "", "description"))
                .named("resources.snapshots.volumes", Kind.VOLUME);
    }

    private static Panel volumeTypes() {
        return Panel.of(Kind.VOLUME_TYPE, "volume-types", "template", Group.STORAGE)
                .columns(yes("public", "", "is_public"), text("description", "lo", "description"))
                .facts(yes("public", "", "is_public"), text("description", "", "description"));
    }

    private static Panel networks() {
        return Panel.of(Kind.NETWORK, "networks", "network", Group.NETWORK)
                .sorts("status", "created")
                .columns(
                        refs("subnets", "mid", Panels::subnetsOf),
                        yes("shared", "lo", "shared"),
                        yes("external", "lo", "router:external"),
                        created())
                .facts(
                        yes("shared", "", "shared"),
                        yes("external", "", "router:external"),
                        number("mtu", "", "mtu"),
                        yes("portsecurity", "", "port_security_enabled"),
                        mono(
                                "zone",
                                "",
                                network -> texts(at(network.facts(), "availability_zones"))),
                        text("description", "", "description"),
                        text("providertype", "", "provider:network_type").forAdministrators(),
                        text("physical", "", "provider:physical_network").forAdministrators(),
                        number("segment", "", "provider:segmentation_id").forAdministrators())
                .named("resources.networks.subnets", Kind.SUBNET)
                .named("resources.networks.routers", Kind.ROUTER)
                .named("resources.networks.ports", Kind.PORT)
                .named("resources.networks.addresses", Kind.FLOATING_IP);
    }

    private static List<ObjectRef> subnetsOf(CloudObject network) {
        return Aspect.refs(Kind.SUBNET, network.facts().path("subnets"));
    }

    private static Panel subnets() {
        return Panel.of(Kind.SUBNET, "subnets", "network", Group.NETWORK)
                .sorts("created")
                .columns(
                        mono("cidr", "", "cidr"),
                        ref("network", "mid", Kind.NETWORK, "network_id"),
                        mono("gateway", "lo", "gateway_ip"),
                        yes("dhcp", "lo", "enable_dhcp"),
                        created())
                .facts(
                        ref("network", "", Kind.NETWORK, "network_id"),
                        mono("cidr", "", "cidr"),
                        mono("gateway", "", "gateway_ip"),
                        yes("dhcp", "", "enable_dhcp"),
                        mono("pools", "", Panels::pools),
                        mono("nameservers", "", "dns_nameservers"),
                        mono("routes", "", subnet -> routes(subnet, "host_routes")),
                        text("description", "", "description"))
                .named("resources.subnets.ports", Kind.PORT);
    }

    private static List<String> pools(CloudObject subnet) {
        var pools = new ArrayList<String>();
        subnet.facts()
                .path("allocation_pools")
                .forEach(each ->
                        pools.add(
                                each.path("start").asString("")
                                        + " – "
                                        + each.path("end").asString("")));
        return pools;
    }

    private static List<String> routes(CloudObject object, String field) {
        var routes = new ArrayList<String>();
        object.facts()
                .path(field)
                .forEach(each ->
                        routes.add(
                                each.path("destination").asString("")
                                        + " → "
                                        + each.path("nexthop").asString("")));
        return routes;
    }

    private static Panel routers() {
        return Panel.of(Kind.ROUTER, "routers", "router", Group.NETWORK)
                .sorts("status", "created")
                .columns(
                        ref("gatewaynet", "mid", Kind.NETWORK, "external_gateway_info.network_id"),
                        mono("address", "lo", Panels::outside),
                        created())
                .facts(
                        ref("gatewaynet", "", Kind.NETWORK, "external_gateway_info.network_id"),
                        mono("address", "", Panels::outside),
                        yes("snat", "", "external_gateway_info.enable_snat"),
                        yes("up", "", "admin_state_up"),
                        mono("routes", "", router -> routes(router, "routes")),
                        text("description", "", "description"),
                        yes("distributed", "", "distributed").forAdministrators(),
                        yes("ha", "", "ha").forAdministrators())
                .named("resources.routers.ports", Kind.PORT)
                .named("resources.routers.addresses", Kind.FLOATING_IP);
    }

    private static List<String> outside(CloudObject router) {
        return each(router, "external_gateway_info.external_fixed_ips", "ip_address");
    }

    private static Panel ports() {
        return Panel.of(Kind.PORT, "ports", "link", Group.NETWORK)
                .sorts("status", "created")
                .columns(
                        mono("address", "", Panels::addresses),
                        ref("network", "mid", Kind.NETWORK, "network_id"),
                        text("device", "mid", "device_owner")
                                .pointing(port -> device(port.facts())),
                        mono("mac", "lo", "mac_address"))
                .facts(
                        mono("address", "", Panels::addresses),
                        mono("mac", "", "mac_address"),
                        ref("network", "", Kind.NETWORK, "network_id"),
                        refs(
                                "subnets",
                                "",
                                port ->
                                        each(port, "fixed_ips", "subnet_id").stream()
                                                .map(id -> new ObjectRef(Kind.SUBNET, id))
                                                .toList()),
                        text("device", "", "device_owner").pointing(port -> device(port.facts())),
                        mono("owner", "", "device_owner"),
                        refs(
                                "groups",
                                "",
                                port ->
                                        Aspect.refs(
                                                Kind.SECURITY_GROUP,
                                                port.facts().path("security_groups"))),
                        yes("portsecurity", "", "port_security_enabled"),
                        yes("up", "", "admin_state_up"),
                        text("description", "", "description"),
                        text("host", "", "binding:host_id").forAdministrators())
                .named("resources.ports.addresses", Kind.FLOATING_IP);
    }

    private static List<String> addresses(CloudObject port) {
        return each(port, "fixed_ips", "ip_address");
    }

    /** What a port belongs to, as far as there is a page of it. */
    private static List<ObjectRef> device(JsonNode port) {
        var owner = port.path("device_owner").asString("");
        var id = port.path("device_id").asString("");
        if (id.isEmpty()) {
            return List.of();
        }
        if (owner.startsWith("compute:")) {
            return List.of(new ObjectRef(Kind.SERVER, id));
        }
        return owner.startsWith("network:router")
                ? List.of(new ObjectRef(Kind.ROUTER, id))
                : List.of();
    }

    private static Panel floatingIps() {
        return Panel.of(Kind.FLOATING_IP, "floating-ips", "globe", Group.NETWORK)
                .sorts("status", "created")
                .columns(
                        mono("fixed", "mid", "fixed_ip_address"),
                        refs("attached", "mid", Panels::behind),
                        ref("network", "lo", Kind.NETWORK, "floating_network_id"),
                        created())
                .facts(
                        mono("address", "", "floating_ip_address"),
                        mono("fixed", "", "fixed_ip_address"),
                        refs(
                                "attached",
                                "",
                                address -> device(address.facts().path("port_details"))),
                        ref("port", "", Kind.PORT, "port_id"),
                        ref("network", "", Kind.NETWORK, "floating_network_id"),
                        ref("router", "", Kind.ROUTER, "router_id"),
                        text("description", "", "description"));
    }

    /** The server behind an address, else the port. */
    private static List<ObjectRef> behind(CloudObject address) {
        var device = device(address.facts().path("port_details"));
        return device.isEmpty() ? Aspect.refs(Kind.PORT, address.facts().path("port_id")) : device;
    }

    private static Panel securityGroups() {
        return Panel.of(Kind.SECURITY_GROUP, "security-groups", "shield", Group.NETWORK)
                .sorts("created")
                .columns(
                        words(
                                "rules",
                                "num",
                                group -> Words.verbatim(String.valueOf(rules(group).size()))),
                        text("description", "lo", "description"),
                        created())
                .facts(
                        text("description", "", "description"),
                        yes("stateful", "", "stateful"),
                        yes("shared", "", "shared"))
                .table(
                        "resources.security-groups.rules",
                        Panels::rules,
                        words("direction", "", rule -> Rules.direction(rule.facts())),
                        words("protocol", "", rule -> Rules.protocol(rule.facts())),
                        mono("portrange", "", rule -> Rules.ports(rule.facts())),
                        mono("remote", "mid", rule -> Rules.remote(rule.facts()))
                                .pointing(rule ->
                                        Aspect.refs(
                                                Kind.SECURITY_GROUP,
                                                rule.facts().path("remote_group_id"))))
                .named("resources.security-groups.ports", Kind.PORT)
                .named("resources.security-groups.groups", Kind.SECURITY_GROUP);
    }

    /** Each rule as if it were a thing of its own. */
    private static List<CloudObject> rules(CloudObject group) {
        var rules = new ArrayList<CloudObject>();
        group.facts()
                .path("security_group_rules")
                .forEach(rule ->
                        rules.add(
                                new CloudObject(
                                        Kind.SECURITY_GROUP,
                                        rule.path("id").asString(""),
                                        "",
                                        group.project(),
                                        "",
                                        rule,
                                        null,
                                        group.seen())));
        return rules;
    }

    private static Panel hosts() {
        return Panel.of(Kind.HYPERVISOR, "hosts", "host", Group.CLOUD)
                .sorts("status")
                .columns(
                        number("instances", "num", "running_vms"),
                        number("vcpusused", "num mid", "vcpus_used"),
                        number("vcpus", "num mid", "vcpus"),
                        mebibytes("memoryused", "num lo", "memory_mb_used"),
                        mebibytes("memory", "num lo", "memory_mb"))
                .facts(
                        mono("address", "", "host_ip"),
                        text("type", "", "hypervisor_type"),
                        number("version", "", "hypervisor_version"),
                        number("instances", "", "running_vms"),
                        number("vcpus", "", "vcpus"),
                        number("vcpusused", "", "vcpus_used"),
                        mebibytes("memory", "", "memory_mb"),
                        mebibytes("memoryused", "", "memory_mb_used"),
                        gibibytes("disk", "", "local_gb"),
                        gibibytes("diskused", "", "local_gb_used"),
                        text("enabled", "", "status"));
    }

    /** The processes of Nova or of Cinder, which tell the same of themselves. */
    private static Panel services(Kind kind, String path, @Nullable Group group) {
        return Panel.of(kind, path, "pulse", group)
                .sorts("status")
                .columns(
                        text("host", "mid", "host"),
                        text("zone", "lo", "zone"),
                        text("enabled", "mid", "status"),
                        moment("heard", "mid", "updated_at"))
                .facts(
                        text("host", "", "host"),
                        text("zone", "", "zone"),
                        text("enabled", "", "status"),
                        moment("heard", "", "updated_at"));
    }

    private static Panel networkAgents() {
        return Panel.of(Kind.NETWORK_AGENT, "network-agents", "pulse", null)
                .sorts("status")
                .columns(
                        text("type", "mid", "agent_type"),
                        text("host", "mid", "host"),
                        moment("heard", "mid", "heartbeat_timestamp"))
                .facts(
                        text("type", "", "agent_type"),
                        text("host", "", "host"),
                        yes("up", "", "admin_state_up"),
                        moment("started", "", "started_at"),
                        moment("heard", "", "heartbeat_timestamp"));
    }
}
