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

/** The first step back: the host takes instances again, once its nova-compute reports. */
@Component
class OpenStep extends ClearanceStep {

    private final Inventory inventory;

    OpenStep(ClearanceStore store, Nova nova, Inventory inventory) {
        super(store, nova);
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return ClearanceSteps.OPEN;
    }

    @Override
    StepOutcome perform(StepContext step, Clearance clearance) {
        var service = nova.compute(clearance.cloud(), clearance.host());
        var id = Nova.text(service, "id");
        if (id.isEmpty()) {
            return new StepOutcome.Failed(
                    "Nova knows of no nova-compute on " + clearance.host(), true);
        }
        if (service.path("forced_down").asBoolean(false)) {
            tell(step, clearance, id, "not-down", Map.of("forced_down", false));
            return waiting(2, "Waits for nova-compute to report");
        }
        if (!Nova.text(service, "state").equals("up")) {
            return waiting(3, "Waits for nova-compute to report");
        }
        if (!Nova.text(service, "status").equals("enabled")) {
            tell(step, clearance, id, "open", Map.of("status", "enabled"));
        }
        inventory.touch(clearance.cloud(), Kind.COMPUTE_SERVICE, id);
        inventory.touch(clearance.cloud(), Kind.HYPERVISOR, clearance.hostId());
        return done();
    }

    private void tell(
            StepContext step,
            Clearance clearance,
            String id,
            String change,
            Map<String, Object> fields) {
        step.journaled(
                change,
                "Opens " + clearance.host(),
                () -> {
                    nova.tell(clearance.cloud(), id, Nova.object(fields));
                    return id;
                },
                _ -> step.kept());
    }
}
