package dev.stackwright.stack.resource;

import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.Map;
import java.util.Set;

/** An address that makes a group larger or smaller when it is signalled. */
final class ScalingPolicies implements ResourceHandler {

    private static final String ADDRESS = "address";

    @Override
    public Set<String> types() {
        return Handlers.POLICIES;
    }

    @Override
    public StepOutcome create(Work work) {
        if (!work.exists()) {
            work.remember(
                    work.memory()
                            .put("id", work.row().toString())
                            .put(ADDRESS, work.sealed(work.around().signalAddress())));
        }
        return work.done();
    }

    @Override
    public StepOutcome delete(Work work) {
        return work.done();
    }

    private static Value address(Work work) {
        return Value.of(work.opened(work.memory().path(ADDRESS).asString()));
    }

    /** Amazon's policies are their addresses. */
    @Override
    public Value reference(Work work) {
        return work.type().name().startsWith("AWS::") ? address(work) : Value.of(work.physicalId());
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        var address = address(work);
        return work.type().name().startsWith("AWS::")
                ? Map.of("AlarmUrl", address)
                : Map.of("alarm_url", address, "signal_url", address);
    }
}
