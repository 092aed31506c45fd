package dev.stackwright.stack.imports;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.stack.imports.Yaml.Outside;
import dev.stackwright.stack.imports.Yaml.Ref;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Writes the template that would have made what is there. What belongs together refers to each
 * other by name; what was not chosen is named by its id. What is as it is by default is left out.
 *
 * <p>Not to be read from a cloud, and so not in the template: user data, key material, passwords.
 */
public final class TemplateWriter {

    /** Those that stand for themselves; interfaces and attachments come with the others. */
    public static final List<Kind> KINDS =
            List.of(
                    Kind.NETWORK,
                    Kind.SUBNET,
                    Kind.ROUTER,
                    Kind.SECURITY_GROUP,
                    Kind.VOLUME,
                    Kind.PORT,
                    Kind.SERVER,
                    Kind.FLOATING_IP);

    /** What a stack writes on what it makes, to find it again. */
    private static final Pattern MARK = Pattern.compile("stackwright:[0-9a-f-]{36}");

    private static final Set<String> USUAL_EGRESS = Set.of("IPv4", "IPv6");

    private final Map<ObjectRef, Live> chosen = new LinkedHashMap<>();
    private final Map<ObjectRef, String> names = new HashMap<>();
    private final Set<String> taken = new TreeSet<>();
    private final Function<ObjectRef, String> outside;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Yaml yaml = new Yaml();

    private TemplateWriter(Collection<Live> chosen, Function<ObjectRef, String> outside) {
        this.outside = outside;
        chosen.stream()
                .sorted(
                        Comparator.comparing((Live one) -> KINDS.indexOf(one.kind()))
                                .thenComparing(Live::name)
                                .thenComparing(Live::id))
                .forEach(one -> this.chosen.put(one.ref(), one));
        this.chosen.values().forEach(one -> names.put(one.ref(), nameOf(one)));
    }

    /**
     * @param chosen of {@link #KINDS}; what else belongs to a resource is seen from these
     * @param interfaces ports of routers, of which those of chosen ones become interfaces
     * @param outside what a thing is called that was not chosen; empty where nobody knows
     */
    public static WrittenTemplate write(
            Collection<Live> chosen,
            Collection<Live> interfaces,
            Function<ObjectRef, String> outside) {
        var writer = new TemplateWriter(chosen, outside);
        writer.yaml.line("heat_template_version: 2021-04-16");
        writer.yaml.line("resources:");
        writer.each(Kind.NETWORK, "OS::Neutron::Net", TemplateWriter::network);
        writer.each(Kind.SUBNET, "OS::Neutron::Subnet", writer::subnet);
        writer.each(Kind.ROUTER, "OS::Neutron::Router", writer::router);
        interfaces.stream().sorted(Comparator.comparing(Live::id)).forEach(writer::routerInterface);
        writer.each(Kind.SECURITY_GROUP, "OS::Neutron::SecurityGroup", writer::securityGroup);
        writer.each(Kind.VOLUME, "OS::Cinder::Volume", writer::volume);
        writer.each(Kind.PORT, "OS::Neutron::Port", writer::port);
        writer.each(Kind.SERVER, "OS::Nova::Server", writer::server);
        writer.attachments();
        writer.each(Kind.FLOATING_IP, "OS::Neutron::FloatingIP", writer::floatingIp);
        return new WrittenTemplate(writer.yaml.toString(), writer.ids);
    }

    private void each(Kind kind, String type, Function<Live, Map<String, Object>> properties) {
        chosen.values().stream()
                .filter(one -> one.kind() == kind)
                .forEach(one -> resource(nameIn(one), type, properties.apply(one), one.id()));
    }

    private String nameIn(Live one) {
        return names.getOrDefault(one.ref(), one.id());
    }

    private void resource(String name, String type, Map<String, Object> properties, String id) {
        ids.put(name, id);
        yaml.line("  " + name + ":");
        yaml.line("    type: " + type);
        if (!properties.isEmpty()) {
            yaml.entries(4, Map.of("properties", properties));
        }
    }

    private String nameOf(Live one) {
        return free(one.name().isEmpty() ? noun(one.kind()) : one.name());
    }

    private static String noun(Kind kind) {
        return kind == Kind.FLOATING_IP ? "address" : kind.name().toLowerCase(Locale.ROOT);
    }

    /** A name that the template does not have yet, in letters that nobody has to quote. */
    private String free(String wish) {
        var word =
                wish.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^_+|_+$", "");
        var name = word.isEmpty() || Character.isDigit(word.charAt(0)) ? "r_" + word : word;
        name = name.length() > 60 ? name.substring(0, 60) : name;
        var free = Yaml.word(name).equals(name) ? name : name + "_1";
        for (int number = 2; !taken.add(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /** The resource that is this thing, or the thing itself. */
    private Object to(Kind kind, String id) {
        var ref = new ObjectRef(kind, id);
        var name = names.get(ref);
        return name == null ? new Outside(id, outside.apply(ref)) : new Ref(name);
    }

    private static Map<String, Object> named(Live one) {
        var properties = new LinkedHashMap<String, Object>();
        if (!one.name().isEmpty()) {
            properties.put("name", one.name());
        }
        return properties;
    }

    private static void text(Map<String, Object> properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.put(name, value);
        }
    }

    private static void unless(Live one, String field, Map<String, Object> properties) {
        if (one.denies(field)) {
            properties.put(field, false);
        }
    }

    /** What a person says of it; a mark of Stackwright's own is none. */
    private static void description(Live one, Map<String, Object> properties) {
        if (!MARK.matcher(one.text("description")).find()) {
            text(properties, "description", one.text("description"));
        }
    }

    private static void metadata(Live one, Map<String, Object> properties) {
        var metadata = new TreeMap<String, Object>();
        for (var entry : one.facts().path("metadata").properties()) {
            var value = entry.getValue().asString("");
            if (!MARK.matcher(value).find()) {
                metadata.put(entry.getKey(), value);
            }
        }
        if (!metadata.isEmpty()) {
            properties.put("metadata", metadata);
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(one -> one.asString("")).filter(t -> !t.isEmpty()).toList();
    }

    private static void list(Map<String, Object> properties, String name, List<?> list) {
        if (!list.isEmpty()) {
            properties.put(name, list);
        }
    }

    private static Map<String, Object> network(Live one) {
        var properties = named(one);
        unless(one, "admin_state_up", properties);
        unless(one, "port_security_enabled", properties);
        text(properties, "dns_domain", one.text("dns_domain"));
        list(properties, "tags", texts(one.facts().path("tags")));
        return properties;
    }

    private Map<String, Object> subnet(Live one) {
        var properties = named(one);
        properties.put("network", to(Kind.NETWORK, one.text("network_id")));
        properties.put("cidr", one.text("cidr"));
        properties.put("ip_version", one.facts().path("ip_version").asInt(4));
        // An empty gateway is none; without the property there would be the first address.
        properties.put("gateway_ip", one.text("gateway_ip"));
        unless(one, "enable_dhcp", properties);
        text(properties, "ipv6_address_mode", one.text("ipv6_address_mode"));
        text(properties, "ipv6_ra_mode", one.text("ipv6_ra_mode"));
        list(properties, "dns_nameservers", texts(one.facts().path("dns_nameservers")));
        list(properties, "allocation_pools", fields(one, "allocation_pools", "start", "end"));
        list(properties, "host_routes", fields(one, "host_routes", "destination", "nexthop"));
        return properties;
    }

    /** A list of small objects, with these fields of each. */
    private static List<Map<String, Object>> fields(Live one, String list, String... fields) {
        return one.facts()
                .path(list)
                .valueStream()
                .map(item -> {
                    var entry = new LinkedHashMap<String, Object>();
                    for (var field : fields) {
                        text(entry, field, item.path(field).asString(""));
                    }
                    return (Map<String, Object>) entry;
                })
                .toList();
    }

    private Map<String, Object> router(Live one) {
        var properties = named(one);
        unless(one, "admin_state_up", properties);
        var gateway = one.facts().path("external_gateway_info");
        var network = gateway.path("network_id").asString("");
        if (!network.isEmpty()) {
            properties.put("external_gateway_info", Map.of("network", to(Kind.NETWORK, network)));
        }
        return properties;
    }

    private void routerInterface(Live port) {
        var router = port.text("device_id");
        if (!chosen.containsKey(new ObjectRef(Kind.ROUTER, router))) {
            return;
        }
        var subnet = port.facts().path("fixed_ips").path(0).path("subnet_id").asString("");
        if (subnet.isEmpty()) {
            return;
        }
        var properties = new LinkedHashMap<String, Object>();
        properties.put("router", to(Kind.ROUTER, router));
        properties.put("subnet", to(Kind.SUBNET, subnet));
        var ref = new ObjectRef(Kind.SUBNET, subnet);
        var name = free("to_" + names.getOrDefault(ref, outside.apply(ref)));
        resource(name, "OS::Neutron::RouterInterface", properties, router + ":subnet_id=" + subnet);
    }

    private Map<String, Object> securityGroup(Live one) {
        var properties = named(one);
        description(one, properties);
        var rules = new ArrayList<Map<String, Object>>();
        boolean usual = usualEgress(one);
        one.facts()
                .path("security_group_rules")
                .valueStream()
                .filter(rule -> !usual || !isEgress(rule))
                .sorted(Comparator.comparing(rule -> rule.path("id").asString("")))
                .forEach(rule -> rules.add(rule(one, rule)));
        list(properties, "rules", rules);
        return properties;
    }

    private static boolean isEgress(JsonNode rule) {
        return rule.path("direction").asString("").equals("egress");
    }

    /** Whether everything may go out, which is what a new group begins with. */
    private static boolean usualEgress(Live group) {
        var open = new TreeSet<String>();
        for (var rule : group.facts().path("security_group_rules")) {
            if (isEgress(rule)) {
                for (var field :
                        List.of(
                                "protocol",
                                "port_range_min",
                                "remote_ip_prefix",
                                "remote_group_id")) {
                    if (!rule.path(field).asString("").isEmpty()) {
                        return false;
                    }
                }
                open.add(rule.path("ethertype").asString(""));
            }
        }
        return open.equals(USUAL_EGRESS);
    }

    private Map<String, Object> rule(Live group, JsonNode rule) {
        var entry = new LinkedHashMap<String, Object>();
        if (isEgress(rule)) {
            entry.put("direction", "egress");
        }
        var ethertype = rule.path("ethertype").asString("IPv4");
        if (!ethertype.equals("IPv4")) {
            entry.put("ethertype", ethertype);
        }
        text(entry, "protocol", rule.path("protocol").asString(""));
        for (var bound : List.of("port_range_min", "port_range_max")) {
            if (rule.path(bound).isNumber()) {
                entry.put(bound, rule.path(bound).asInt());
            }
        }
        text(entry, "remote_ip_prefix", rule.path("remote_ip_prefix").asString(""));
        var remote = rule.path("remote_group_id").asString("");
        if (!remote.isEmpty()) {
            entry.put("remote_mode", "remote_group_id");
            if (!remote.equals(group.id())) {
                entry.put("remote_group_id", to(Kind.SECURITY_GROUP, remote));
            }
        }
        return entry;
    }

    private Map<String, Object> volume(Live one) {
        var properties = named(one);
        description(one, properties);
        properties.put("size", one.facts().path("size").asInt());
        text(properties, "volume_type", one.text("volume_type"));
        text(properties, "availability_zone", one.text("availability_zone"));
        var image = one.facts().path("volume_image_metadata").path("image_id").asString("");
        if (!image.isEmpty()) {
            properties.put("image", to(Kind.IMAGE, image));
        }
        metadata(one, properties);
        return properties;
    }

    private Map<String, Object> port(Live one) {
        var properties = named(one);
        properties.put("network", to(Kind.NETWORK, one.text("network_id")));
        unless(one, "admin_state_up", properties);
        unless(one, "port_security_enabled", properties);
        var addresses = new ArrayList<Map<String, Object>>();
        for (var address : one.facts().path("fixed_ips")) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("subnet", to(Kind.SUBNET, address.path("subnet_id").asString("")));
            text(entry, "ip_address", address.path("ip_address").asString(""));
            addresses.add(entry);
        }
        list(properties, "fixed_ips", addresses);
        list(
                properties,
                "security_groups",
                texts(one.facts().path("security_groups")).stream()
                        .map(group -> to(Kind.SECURITY_GROUP, group))
                        .toList());
        list(
                properties,
                "allowed_address_pairs",
                fields(one, "allowed_address_pairs", "ip_address", "mac_address"));
        return properties;
    }

    private Map<String, Object> server(Live one) {
        var properties = named(one);
        var flavor = one.facts().path("flavor");
        properties.put(
                "flavor",
                flavor.path("original_name").isString()
                        ? flavor.path("original_name").asString()
                        : to(Kind.FLAVOR, flavor.path("id").asString("")));
        var image = one.facts().path("image").path("id").asString("");
        if (image.isEmpty()) {
            list(properties, "block_device_mapping_v2", disks(one));
        } else {
            properties.put("image", to(Kind.IMAGE, image));
        }
        text(properties, "key_name", one.text("key_name"));
        text(properties, "availability_zone", one.text("OS-EXT-AZ:availability_zone"));
        if (one.text("config_drive").equalsIgnoreCase("true")) {
            properties.put("config_drive", true);
        }
        metadata(one, properties);
        var networks = new ArrayList<Map<String, Object>>();
        chosen.values().stream()
                .filter(port -> port.kind() == Kind.PORT)
                .filter(port -> port.text("device_id").equals(one.id()))
                .forEach(port -> networks.add(Map.of("port", to(Kind.PORT, port.id()))));
        list(properties, "networks", networks);
        return properties;
    }

    /** A server without an image starts from its first disk. */
    private List<Map<String, Object>> disks(Live server) {
        return chosen.values().stream()
                .filter(volume -> volume.kind() == Kind.VOLUME && isBootOf(volume, server.id()))
                .limit(1)
                .map(volume -> {
                    var disk = new LinkedHashMap<String, Object>();
                    disk.put("volume_id", to(Kind.VOLUME, volume.id()));
                    disk.put("boot_index", 0);
                    return (Map<String, Object>) disk;
                })
                .toList();
    }

    private static boolean isBootOf(Live volume, String server) {
        return volume.text("bootable").equals("true")
                && volume.facts()
                        .path("attachments")
                        .valueStream()
                        .anyMatch(one ->
                                one.path("server_id").asString("").equals(server)
                                        && one.path("device").asString("").matches("/dev/[sv]da"));
    }

    private void attachments() {
        for (var volume : List.copyOf(chosen.values())) {
            if (volume.kind() != Kind.VOLUME) {
                continue;
            }
            for (var attachment : volume.facts().path("attachments")) {
                var server = attachment.path("server_id").asString("");
                var found = chosen.get(new ObjectRef(Kind.SERVER, server));
                if (found == null
                        || (found.facts().path("image").path("id").asString("").isEmpty()
                                && isBootOf(volume, server))) {
                    continue;
                }
                var properties = new LinkedHashMap<String, Object>();
                properties.put("instance_uuid", to(Kind.SERVER, server));
                properties.put("volume_id", to(Kind.VOLUME, volume.id()));
                text(properties, "mountpoint", attachment.path("device").asString(""));
                resource(
                        free(nameIn(volume) + "_at_" + nameIn(found)),
                        "OS::Cinder::VolumeAttachment",
                        properties,
                        volume.id());
            }
        }
    }

    private Map<String, Object> floatingIp(Live one) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("floating_network", to(Kind.NETWORK, one.text("floating_network_id")));
        var port = one.text("port_id");
        if (!port.isEmpty()) {
            properties.put("port_id", to(Kind.PORT, port));
        }
        return properties;
    }
}
