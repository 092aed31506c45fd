package dev.stackwright.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a plan takes from the quotas: in the end, and at most while it runs. At most means
 * that everything new is made before anything old goes, as the run does it.
 */
final class QuotaCount {

    private static final int DEFAULT_RULES = 2;

    private final Sizes sizes;
    private final Map<Quota, Long> change = new EnumMap<>(Quota.class);
    private final Map<Quota, Long> peak = new EnumMap<>(Quota.class);
    private boolean exactServers = true;
    private boolean exactVolumes = true;

    QuotaCount(Sizes sizes) {
        this.sizes = sizes;
    }

    void created(String type, Map<String, Value> news) {
        use(type, news)
                .forEach((quota, amount) -> {
                    add(change, quota, amount);
                    add(peak, quota, amount);
                });
    }

    void updated(String type, Map<String, Value> olds, Map<String, Value> news) {
        difference(use(type, olds), use(type, news))
                .forEach((quota, amount) -> {
                    add(change, quota, amount);
                    add(peak, quota, Math.max(0, amount));
                });
    }

    void replaced(
            String oldType,
            Map<String, Value> olds,
            String type,
            Map<String, Value> news,
            boolean oldStays,
            Replacing.Order order) {
        var more = use(type, news);
        var net = oldStays ? more : difference(use(oldType, olds), more);
        net.forEach((quota, amount) -> add(change, quota, amount));
        if (order == Replacing.Order.DELETE_FIRST && !oldStays) {
            net.forEach((quota, amount) -> add(peak, quota, Math.max(0, amount)));
        } else {
            more.forEach((quota, amount) -> add(peak, quota, amount));
        }
    }

    void deleted(String type, Map<String, Value> olds) {
        use(type, olds).forEach((quota, amount) -> add(change, quota, -amount));
    }

    /** What the stack behind a resource takes, by its own plan. */
    void inside(List<QuotaEffect> effects) {
        for (var effect : effects) {
            add(change, effect.quota(), effect.change());
            add(peak, effect.quota(), effect.peak());
            if (!effect.exact()) {
                exactServers &= effect.quota().service().equals("volume");
                exactVolumes &= !effect.quota().service().equals("volume");
            }
        }
    }

    List<QuotaEffect> effects() {
        var effects = new ArrayList<QuotaEffect>();
        for (var quota : Quota.values()) {
            var inTheEnd = change.getOrDefault(quota, 0L);
            var most = Math.max(peak.getOrDefault(quota, 0L), inTheEnd);
            if (inTheEnd != 0 || most != 0) {
                effects.add(new QuotaEffect(quota, inTheEnd, most, isExact(quota)));
            }
        }
        return effects;
    }

    private boolean isExact(Quota quota) {
        return switch (quota) {
            case CORES, RAM -> exactServers;
            case GIGABYTES -> exactVolumes;
            case INSTANCES,
                    VOLUMES,
                    NETWORKS,
                    SUBNETS,
                    PORTS,
                    ROUTERS,
                    FLOATING_IPS,
                    SECURITY_GROUPS,
                    SECURITY_GROUP_RULES,
                    KEY_PAIRS,
                    SERVER_GROUPS ->
                    true;
        };
    }

    private Map<Quota, Long> use(String type, Map<String, Value> properties) {
        var use = new EnumMap<Quota, Long>(Quota.class);
        count(type, properties, 1, (quota, amount) -> use.merge(quota, amount, Long::sum));
        return use;
    }

    private void count(
            String type, Map<String, Value> properties, long times, BiConsumer<Quota, Long> use) {
        switch (type) {
            case "OS::Nova::Server" -> {
                use.accept(Quota.INSTANCES, times);
                countFlavor(properties.get("flavor"), times, use);
                use.accept(Quota.PORTS, times * portsMade(properties));
                countDisks(properties.get("block_device_mapping_v2"), times, use);
            }
            case "AWS::EC2::Instance" -> {
                use.accept(Quota.INSTANCES, times);
                countFlavor(properties.get("InstanceType"), times, use);
            }
            case "OS::Cinder::Volume", "AWS::EC2::Volume" -> {
                use.accept(Quota.VOLUMES, times);
                countGigabytes(properties, times, use);
            }
            case "OS::Neutron::Net", "OS::Neutron::ProviderNet", "AWS::EC2::VPC" ->
                    use.accept(Quota.NETWORKS, times);
            case "OS::Neutron::Subnet", "AWS::EC2::Subnet" -> use.accept(Quota.SUBNETS, times);
            case "OS::Neutron::Port", "AWS::EC2::NetworkInterface", "OS::Octavia::LoadBalancer" ->
                    use.accept(Quota.PORTS, times);
            case "OS::Neutron::RouterInterface" ->
                    use.accept(Quota.PORTS, properties.containsKey("port") ? 0 : times);
            case "OS::Neutron::Router" -> use.accept(Quota.ROUTERS, times);
            case "OS::Neutron::FloatingIP", "OS::Nova::FloatingIP", "AWS::EC2::EIP" ->
                    use.accept(Quota.FLOATING_IPS, times);
            case "OS::Neutron::SecurityGroup" -> {
                use.accept(Quota.SECURITY_GROUPS, times);
                use.accept(Quota.SECURITY_GROUP_RULES, times * rules(properties));
            }
            case "OS::Neutron::SecurityGroupRule" -> use.accept(Quota.SECURITY_GROUP_RULES, times);
            case "OS::Nova::KeyPair" -> use.accept(Quota.KEY_PAIRS, times);
            case "OS::Nova::ServerGroup" -> use.accept(Quota.SERVER_GROUPS, times);
            case "OS::Heat::ResourceGroup" ->
                    countMembers(properties, "resource_def", "count", times, use);
            case "OS::Heat::AutoScalingGroup" -> {
                var wanted = properties.containsKey("desired_capacity");
                countMembers(
                        properties,
                        "resource",
                        wanted ? "desired_capacity" : "min_size",
                        times,
                        use);
            }
            default -> {}
        }
    }

    private void countMembers(
            Map<String, Value> group,
            String definition,
            String size,
            long times,
            BiConsumer<Quota, Long> use) {
        if (group.get(definition) instanceof Value.Entries(var member)
                && member.get("type") instanceof Value.Text(var type)) {
            var inside =
                    member.get("properties") instanceof Value.Entries(var properties)
                            ? properties
                            : Map.<String, Value>of();
            var members = number(group.get(size)).orElse(1);
            count(type, inside, times * members, use);
        }
    }

    private void countFlavor(@Nullable Value flavor, long times, BiConsumer<Quota, Long> use) {
        var size =
                flavor instanceof Value.Text(var name)
                        ? sizes.flavor(name)
                        : java.util.Optional.<Sizes.FlavorSize>empty();
        if (size.isEmpty()) {
            exactServers = false;
            return;
        }
        use.accept(Quota.CORES, times * size.get().cores());
        use.accept(Quota.RAM, times * size.get().ramMegabytes());
    }

    /** Nova makes a port for each network that is given without one. */
    private static long portsMade(Map<String, Value> server) {
        if (!(server.get("networks") instanceof Value.Items(var networks))) {
            return 0;
        }
        return networks.stream()
                .filter(n -> n instanceof Value.Entries(var net) && !net.containsKey("port"))
                .count();
    }

    private void countDisks(@Nullable Value disks, long times, BiConsumer<Quota, Long> use) {
        if (disks instanceof Value.Items(var items)) {
            for (var item : items) {
                if (item instanceof Value.Entries(var disk)
                        && disk.containsKey("volume_size")
                        && !disk.containsKey("volume_id")) {
                    use.accept(Quota.VOLUMES, times);
                    number(disk.get("volume_size"))
                            .ifPresent(size -> use.accept(Quota.GIGABYTES, times * size));
                }
            }
        }
    }

    private void countGigabytes(
            Map<String, Value> volume, long times, BiConsumer<Quota, Long> use) {
        var size = number(volume.getOrDefault("size", volume.get("Size")));
        if (size.isEmpty() && volume.get("source_volid") instanceof Value.Text(var source)) {
            size = sizes.volumeGigabytes(source);
        }
        if (size.isEmpty() && volume.get("snapshot_id") instanceof Value.Text(var snapshot)) {
            size = sizes.snapshotGigabytes(snapshot);
        }
        exactVolumes &= size.isPresent();
        size.ifPresent(gigabytes -> use.accept(Quota.GIGABYTES, times * gigabytes));
    }

    /** A new group lets everything out until it has an outgoing rule of its own. */
    private static long rules(Map<String, Value> group) {
        if (!(group.get("rules") instanceof Value.Items(var rules))) {
            return DEFAULT_RULES;
        }
        var letsOut =
                rules.stream()
                        .anyMatch(rule ->
                                rule instanceof Value.Entries(var entries)
                                        && Value.of("egress").equals(entries.get("direction")));
        return rules.size() + (letsOut ? 0 : DEFAULT_RULES);
    }

    private static OptionalLong number(@Nullable Value value) {
        return switch (value) {
            case Value.Num(var number) -> OptionalLong.of(number.longValue());
            case Value.Text(var text) when text.matches("\\d{1,9}") ->
                    OptionalLong.of(Long.parseLong(text));
            case null -> OptionalLong.empty();
            case Value.Null _,
                    Value.Bool _,
                    Value.Text _,
                    Value.Items _,
                    Value.Entries _,
                    Value.Unknown _ ->
                    OptionalLong.empty();
        };
    }

    private static Map<Quota, Long> difference(Map<Quota, Long> olds, Map<Quota, Long> news) {
        var difference =
                new EnumMap<>(news.isEmpty() ? new EnumMap<Quota, Long>(Quota.class) : news);
        olds.forEach((quota, amount) -> difference.merge(quota, -amount, Long::sum));
        return difference;
    }

    private static void add(Map<Quota, Long> sums, Quota quota, long amount) {
        sums.merge(quota, amount, Long::sum);
    }
}
