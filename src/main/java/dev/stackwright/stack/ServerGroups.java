package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Impossible;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Groups of servers that a launch configuration describes, Amazon's way, as scaling groups: what
 * such a group asks for in its own words is said in theirs. Pure.
 */
final class ServerGroups {

    static final String CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration";

    private static final Set<String> TYPES =
            Set.of("OS::Heat::InstanceGroup", "AWS::AutoScaling::AutoScalingGroup");

    private ServerGroups() {}

    static boolean is(String type) {
        return TYPES.contains(type);
    }

    /**
     * @param properties of the group, worked out
     * @param configuration the properties of a launch configuration, by its name
     */
    static Value.Entries asScaling(
            Value.Entries properties,
            Value updatePolicy,
            Function<String, Map<String, Value>> configuration) {
        var given = properties.values();
        refuse(given.get("InstanceId"), "InstanceId");
        var scaling = new LinkedHashMap<String, Value>();
        rename(given, "MinSize", scaling, "min_size");
        rename(given, "MaxSize", scaling, "max_size");
        rename(given, "DesiredCapacity", scaling, "desired_capacity");
        rename(given, "Size", scaling, "desired_capacity");
        var member = new LinkedHashMap<String, Value>();
        member.put("type", Value.of("OS::Nova::Server"));
        member.put("properties", server(given, configuration.apply(name(given))));
        scaling.put("resource", new Value.Entries(member));
        rolling(updatePolicy, scaling);
        return new Value.Entries(scaling);
    }

    private static String name(Map<String, Value> group) {
        return switch (group.get("LaunchConfigurationName")) {
            case Value.Text(var name) -> name;
            case Value.Unknown(var source) -> throw new Unforeseen(source);
            case null, default ->
                    throw new Impossible("It needs a launch configuration to make servers from");
        };
    }

    private static Value.Entries server(
            Map<String, Value> group, Map<String, Value> configuration) {
        refuse(configuration.get("InstanceId"), "InstanceId of its launch configuration");
        var server = new LinkedHashMap<String, Value>();
        rename(configuration, "ImageId", server, "image");
        rename(configuration, "InstanceType", server, "flavor");
        rename(configuration, "KeyName", server, "key_name");
        rename(configuration, "SecurityGroups", server, "security_groups");
        rename(configuration, "UserData", server, "user_data");
        var hints = pairs(configuration.get("NovaSchedulerHints"));
        if (!hints.isEmpty()) {
            server.put("scheduler_hints", new Value.Entries(hints));
        }
        var disks = disks(configuration.get("BlockDeviceMappings"));
        if (!disks.isEmpty()) {
            server.put("block_device_mapping_v2", new Value.Items(disks));
        }
        var tags = pairs(group.get("Tags"));
        if (!tags.isEmpty()) {
            server.put("metadata", new Value.Entries(tags));
        }
        if (group.get("VPCZoneIdentifier") instanceof Value.Items(var subnets)) {
            server.put(
                    "networks",
                    new Value.Items(
                            subnets.stream()
                                    .<Value>map(one -> new Value.Entries(Map.of("subnet", one)))
                                    .toList()));
        }
        return new Value.Entries(server);
    }

    private static List<Value> disks(@Nullable Value mappings) {
        var disks = new ArrayList<Value>();
        for (var one : items(mappings)) {
            if (one instanceof Value.Entries(var mapping)
                    && mapping.get("Ebs") instanceof Value.Entries(var volume)) {
                var disk = new LinkedHashMap<String, Value>();
                rename(mapping, "DeviceName", disk, "device_name");
                rename(volume, "SnapshotId", disk, "snapshot_id");
                rename(volume, "VolumeSize", disk, "volume_size");
                disk.put(
                        "delete_on_termination",
                        volume.getOrDefault("DeleteOnTermination", Value.of(true)));
                disks.add(new Value.Entries(disk));
            }
        }
        return disks;
    }

    private static Map<String, Value> pairs(@Nullable Value list) {
        var pairs = new LinkedHashMap<String, Value>();
        for (var one : items(list)) {
            if (one instanceof Value.Entries(var pair)
                    && pair.get("Key") instanceof Value.Text(var key)) {
                pairs.put(key, pair.getOrDefault("Value", Value.NULL));
            }
        }
        return pairs;
    }

    private static List<Value> items(@Nullable Value list) {
        return list instanceof Value.Items(var items) ? items : List.of();
    }

    private static void rolling(Value updatePolicy, Map<String, Value> scaling) {
        if (!(updatePolicy instanceof Value.Entries(var policies))) {
            return;
        }
        for (var name : List.of("AutoScalingRollingUpdate", "RollingUpdate")) {
            if (policies.get(name) instanceof Value.Entries(var given)) {
                var rolling = new LinkedHashMap<String, Value>();
                rename(given, "MinInstancesInService", rolling, "min_in_service");
                rename(given, "MaxBatchSize", rolling, "max_batch_size");
                if (given.get("PauseTime") instanceof Value.Text(var pause)) {
                    rolling.put("pause_time", Value.of((int) length(pause).toSeconds()));
                }
                scaling.put("rolling_updates", new Value.Entries(rolling));
            }
        }
    }

    private static Duration length(String pause) {
        try {
            return Duration.parse(pause);
        } catch (DateTimeParseException e) {
            throw new Impossible("The pause %s is no length of time such as PT5M".formatted(pause));
        }
    }

    private static void rename(
            Map<String, Value> from, String name, Map<String, Value> to, String as) {
        var value = from.get(name);
        if (value != null && !(value instanceof Value.Null)) {
            to.put(as, value);
        }
    }

    private static void refuse(@Nullable Value value, String what) {
        if (value instanceof Value.Text(var text) && !text.isEmpty()) {
            throw new Impossible(
                    "Stackwright makes no servers after the pattern of another one: leave out the %s"
                            .formatted(what));
        }
    }
}
