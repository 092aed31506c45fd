package dev.stackwright.stack.resource;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who takes care of which type. */
public final class Handlers {

    /** The types whose id stands for a text. */
    public static final Set<String> CONFIGS =
            Set.of(
                    "OS::Heat::SoftwareConfig",
                    "OS::Heat::StructuredConfig",
                    "OS::Heat::CloudConfig",
                    "OS::Heat::MultipartMime",
                    "OS::Heat::SoftwareComponent");

    /** The types that are signalled for whoever waits. */
    public static final Set<String> HANDLES =
            Set.of(
                    "OS::Heat::WaitConditionHandle",
                    "OS::Heat::UpdateWaitConditionHandle",
                    "AWS::CloudFormation::WaitConditionHandle");

    /** The types that hand out an address at which they are signalled. */
    public static final Set<String> SIGNALLED;

    /** The types that change the size of a group when they are signalled. */
    public static final Set<String> POLICIES =
            Set.of("OS::Heat::ScalingPolicy", "AWS::AutoScaling::ScalingPolicy");

    /** The groups whose size policies change. */
    public static final Set<String> SCALED =
            Set.of(
                    "OS::Heat::AutoScalingGroup",
                    "OS::Heat::InstanceGroup",
                    "AWS::AutoScaling::AutoScalingGroup");

    static {
        var signalled = new HashSet<>(HANDLES);
        signalled.addAll(POLICIES);
        SIGNALLED = Set.copyOf(signalled);
    }

    /** The types that are stacks of their own, besides templates that are used as types. */
    public static final Set<String> STACKS =
            Set.of(
                    "OS::Heat::ResourceGroup",
                    "OS::Heat::AutoScalingGroup",
                    "OS::Heat::ResourceChain",
                    "OS::Heat::InstanceGroup",
                    "AWS::AutoScaling::AutoScalingGroup",
                    "OS::Heat::Stack",
                    "AWS::CloudFormation::Stack");

    private final Map<String, ResourceHandler> byType = new LinkedHashMap<>();

    private Handlers() {}

    /** Everything that Stackwright can make. */
    public static Handlers all() {
        var handlers = new Handlers();
        handlers.add(NetworkResources.all());
        handlers.add(NetworkResources.plain());
        handlers.add(RouteHandlers.all());
        handlers.add(ComputeResources.all());
        handlers.add(VolumeResources.all());
        handlers.add(IdentityResources.all());
        handlers.add(List.of(new ImageHandler()));
        handlers.add(OwnResources.all());
        handlers.add(ConfigResources.all());
        handlers.add(WaitConditions.all());
        handlers.add(List.of(new ScalingPolicies()));
        return handlers;
    }

    private void add(Collection<ResourceHandler> more) {
        more.forEach(handler -> handler.types().forEach(type -> byType.put(type, handler)));
    }

    public Optional<ResourceHandler> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** Whether a resource of this built-in type can be made, be it as a stack of its own. */
    public boolean make(String type) {
        return byType.containsKey(type) || STACKS.contains(type);
    }

    public Set<String> types() {
        var all = new HashSet<>(byType.keySet());
        all.addAll(STACKS);
        return Set.copyOf(all);
    }
}
