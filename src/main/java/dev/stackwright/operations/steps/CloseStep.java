package dev.stackwright.operations.steps;

import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.ClearanceSteps;
import dev.stackwright.operations.store.ClearanceStore;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The first step out: nothing new comes to the host. A dead one is marked as down, without which
 * Nova builds nothing of it anew.
 */
@Component
class CloseStep extends ClearanceStep {

    private final Inventory inventory;

    CloseStep(ClearanceStore store, Nova nova, Inventory inventory) {
        super(store, nova);
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return ClearanceSteps.CLOSE;
    }

    @Override
    StepOutcome perform(StepContext step, Clearance clearance) {
        var service = nova.compute(clearance.cloud(), clearance.host());
        var id = Nova.text(service, "id");
        if (id.isEmpty()) {
            return new StepOutcome.Failed(
                    "Nova knows of no nova-compute on " + clearance.host(), true);
        }
        // Both may be done twice, so nobody has to ask whether they were done.
        if (!Nova.text(service, "status").equals("disabled")) {
            step.journaled(
                    "close",
                    "Closes " + clearance.host() + ": " + clearance.reason(),
                    () -> {
                        nova.tell(
                                clearance.cloud(),
                                id,
                                Nova.object(
                                        Map.of(
                                                "status",
                                                "disabled",
                                                "disabled_reason",
                                                clearance.reason())));
                        return id;
                    },
                    _ -> step.kept());
        }
        if (clearance.kind() == Clearance.Kind.RECOVERY
                && !service.path("forced_down").asBoolean(false)) {
            step.journaled(
                    "force-down",
                    "Marks " + clearance.host() + " as down",
                    () -> {
                        nova.tell(clearance.cloud(), id, Nova.object(Map.of("forced_down", true)));
                        return id;
                    },
                    _ -> step.kept());
        }
        inventory.touch(clearance.cloud(), Kind.COMPUTE_SERVICE, id);
        inventory.touch(clearance.cloud(), Kind.HYPERVISOR, clearance.hostId());
        return done();
    }
}
