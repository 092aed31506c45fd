package dev.stackwright.operations.steps;

import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.ClearanceMove;
import dev.stackwright.operations.ClearanceMove.Phase;
import dev.stackwright.operations.ClearanceSteps;
import dev.stackwright.operations.store.ClearanceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The last step of each direction: out, whether Nova has anything left on the host; back, whether
 * what is on it runs and its ports are bound.
 */
@Component
class CheckStep extends ClearanceStep {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Clock clock;
    private final Inventory inventory;

    CheckStep(ClearanceStore store, Nova nova, Clock clock, Inventory inventory) {
        super(store, nova);
        this.clock = clock;
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return ClearanceSteps.CHECK;
    }

    @Override
    StepOutcome perform(StepContext step, Clearance clearance) {
        var phase = Phase.valueOf(step.payload().path("phase").asString());
        var mine = step.execution().value();
        for (var move : store.moves(clearance.id())) {
            if (move.state().isOver() || move.phase() != phase) {
                continue;
            }
            if (!move.execution().equals(mine)) {
                // Another run is at work on it and will say how it ends.
                return done();
            }
            store.end(
                    move,
                    clearance.stopping() && move.state() == ClearanceMove.State.WAITING
                            ? ClearanceMove.State.LEFT
                            : ClearanceMove.State.FAILED,
                    null,
                    "It was given up: the cloud did not answer for too long",
                    clock.instant());
        }
        inventory.touch(clearance.cloud(), Kind.HYPERVISOR, clearance.hostId());
        var on = nova.on(clearance.cloud(), clearance.host());
        return phase == Phase.OUT ? out(clearance, on) : back(step, clearance, on);
    }

    private StepOutcome out(Clearance clearance, List<String> on) {
        store.end(
                clearance.id(),
                on.isEmpty() ? Clearance.State.EMPTY : Clearance.State.LEFT,
                on.isEmpty() ? null : clearance.note(),
                clock.instant());
        return done();
    }

    private StepOutcome back(StepContext step, Clearance clearance, List<String> on) {
        var wrong = new ArrayList<String>();
        for (var server : on) {
            var look = nova.look(clearance.cloud(), server);
            var moved = store.move(clearance.id(), Phase.BACK, server);
            if (look.isEmpty()) {
                continue;
            }
            var status = look.get().status();
            var shouldRun =
                    moved.map(move -> move.was().equals("ACTIVE")).orElse(false)
                            || status.equals("ACTIVE");
            if (look.get().task() != null
                    || status.equals("ERROR")
                    || shouldRun && !status.equals("ACTIVE")
                    || shouldRun
                            && !nova.portsAreBound(clearance.cloud(), server, clearance.host())) {
                wrong.add(moved.map(ClearanceMove::name).orElse(server));
            }
        }
        var kept = step.kept();
        if (!kept.has("since")) {
            step.keep(kept.put("since", clock.instant().getEpochSecond()));
        }
        var since = Instant.ofEpochSecond(kept.path("since").asLong(0));
        if (!wrong.isEmpty() && since.plus(PATIENCE).isAfter(clock.instant())) {
            return waiting(3, "Waits until all of them run and their ports are bound");
        }
        store.end(
                clearance.id(),
                Clearance.State.RETURNED,
                wrong.isEmpty() ? null : String.join(", ", wrong),
                clock.instant());
        return done();
    }
}
