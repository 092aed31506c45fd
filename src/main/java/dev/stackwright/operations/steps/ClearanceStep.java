package dev.stackwright.operations.steps;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepHandler;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.store.ClearanceStore;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;

/** What all steps of a clearance have in common: a cloud that says no is an outcome. */
abstract class ClearanceStep implements StepHandler {

    final ClearanceStore store;
    final Nova nova;

    ClearanceStep(ClearanceStore store, Nova nova) {
        this.store = store;
        this.nova = nova;
    }

    @Override
    public final StepOutcome perform(StepContext step) {
        var clearance = store.find(UUID.fromString(step.subject()));
        if (clearance.isEmpty()) {
            return done();
        }
        try {
            return perform(step, clearance.get());
        } catch (ChangeRefused e) {
            return new StepOutcome.Failed(String.valueOf(e.getMessage()), true);
        } catch (CloudFailure e) {
            return new StepOutcome.Failed(e.getMessage(), !e.passing());
        }
    }

    abstract StepOutcome perform(StepContext step, Clearance clearance);

    static StepOutcome done() {
        return new StepOutcome.Done(JsonNodeFactory.instance.objectNode());
    }

    static StepOutcome waiting(long seconds, String note) {
        return new StepOutcome.Waiting(Duration.ofSeconds(seconds), note);
    }
}
