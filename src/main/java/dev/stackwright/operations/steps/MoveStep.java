package dev.stackwright.operations.steps;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.ClearanceMove;
import dev.stackwright.operations.ClearanceMove.Phase;
import dev.stackwright.operations.ClearanceMove.State;
import dev.stackwright.operations.ClearanceSteps;
import dev.stackwright.operations.clearing.Way;
import dev.stackwright.operations.store.ClearanceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Moves one instance, turn by turn: waits for its place in the row, asks Nova, looks until it has
 * arrived, confirms what moved stopped. Each turn begins with a look, so that it does not matter
 * how the last one ended. One that does not work is tried again, from the second time on to
 * wherever Nova likes; then it is left where it is and the others go on.
 */
@Component
class MoveStep extends ClearanceStep {

    private static final int TRIES = 3;
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration BUSY = Duration.ofMinutes(5);
    private static final Duration CONFIRMING = Duration.ofSeconds(30);

    /** So much later than it was marked as down, a report is a new one. */
    private static final Duration BACK_AFTER = Duration.ofSeconds(45);

    private static final Set<String> AT_REST = Set.of("ACTIVE", "SHUTOFF", "PAUSED");

    private final Inventory inventory;
    private final Clock clock;

    MoveStep(ClearanceStore store, Nova nova, Inventory inventory, Clock clock) {
        super(store, nova);
        this.inventory = inventory;
        this.clock = clock;
    }

    @Override
    public String name() {
        return ClearanceSteps.MOVE;
    }

    @Override
    StepOutcome perform(StepContext step, Clearance clearance) {
        var phase = Phase.valueOf(step.payload().path("phase").asString());
        var found = store.move(clearance.id(), phase, step.payload().path("server").asString());
        if (found.isEmpty() || found.get().state().isOver()) {
            return done();
        }
        var move = found.get();
        if (move.state() == State.WAITING) {
            if (clearance.stopping() || move.wish() != null) {
                return end(clearance, move, State.LEFT, null, null);
            }
            if (clearance.paused()) {
                return waiting(2, "Paused");
            }
            if (!store.begin(move, clearance.parallel(), clock.instant())) {
                return waiting(1, "Waits for its turn");
            }
        }
        var turn = new Turn(step, clearance, move);
        try {
            return turn.take();
        } catch (CloudFailure failure) {
            if (failure.passing()) {
                throw failure;
            }
            return end(clearance, move, State.FAILED, null, failure.getMessage());
        }
    }

    private StepOutcome end(
            Clearance clearance,
            ClearanceMove move,
            State state,
            @Nullable String at,
            @Nullable String note) {
        store.end(move, state, at, note, clock.instant());
        inventory.touch(clearance.cloud(), Kind.SERVER, move.server());
        return done();
    }

    /** One turn. */
    private final class Turn {

        private final StepContext step;
        private final Clearance clearance;
        private final ClearanceMove move;
        private final ObjectNode kept;

        Turn(StepContext step, Clearance clearance, ClearanceMove move) {
            this.step = step;
            this.clearance = clearance;
            this.move = move;
            this.kept = step.kept();
        }

        StepOutcome take() {
            var seen = nova.look(clearance.cloud(), move.server());
            if (seen.isEmpty()) {
                return end(clearance, move, State.GONE, null, null);
            }
            var look = seen.get();
            if (look.isAwaitingConfirmation() && wasAsked()) {
                return confirm();
            }
            if (hasArrived(look)) {
                return end(clearance, move, State.MOVED, look.host(), null);
            }
            return wasAsked() ? watch(look) : ask(look);
        }

        /** On a dead host nothing can be moved, whatever the plan had in mind for it. */
        private boolean isBuiltAnew() {
            return clearance.kind() == Clearance.Kind.RECOVERY && move.phase() == Phase.OUT;
        }

        private boolean wasAsked() {
            return kept.path("asked").asBoolean(false) || step.unsure(change());
        }

        private int tries() {
            return kept.path("tries").asInt(0);
        }

        private String change() {
            return "move-" + (tries() + 1);
        }

        private boolean hasArrived(Nova.Look look) {
            return look.task() == null
                    && !look.host().isEmpty()
                    && !look.host().equals(move.origin())
                    && AT_REST.contains(look.status());
        }

        private StepOutcome confirm() {
            var last = Instant.ofEpochSecond(kept.path("confirmed").asLong(0));
            if (last.plus(CONFIRMING).isBefore(clock.instant())) {
                try {
                    step.journaled(
                            "confirm",
                            "Confirms that " + move.name() + " has moved",
                            () -> {
                                nova.confirm(clearance.cloud(), move.server());
                                return true;
                            },
                            _ -> kept.put("confirmed", clock.instant().getEpochSecond()));
                } catch (ChangeRefused e) {
                    // It is being confirmed already, or by somebody else.
                    return note(3, "Nova confirms it");
                }
            }
            return note(1, "Nova confirms it");
        }

        private StepOutcome ask(Nova.Look look) {
            if (look.isMoving() || !look.host().equals(move.origin())) {
                return busy(look);
            }
            if (isBuiltAnew() && isBack()) {
                store.stop(clearance.id(), "back");
                return end(clearance, move, State.LEFT, null, "The host reports again");
            }
            var target = tries() == 0 || move.phase() == Phase.BACK ? move.target() : null;
            try {
                step.journaled(
                        change(),
                        "Moves %s from %s".formatted(move.name(), move.origin())
                                + (target == null ? "" : " to " + target),
                        () -> {
                            send(look, target);
                            return true;
                        },
                        _ ->
                                kept.put("asked", true)
                                        .put("tries", tries() + 1)
                                        .put("at", clock.instant().getEpochSecond()));
            } catch (ChangeRefused refused) {
                return again(String.valueOf(refused.getMessage()));
            }
            inventory.touch(clearance.cloud(), Kind.SERVER, move.server());
            return note(1, "Asked Nova");
        }

        /** Others wait behind it, so not for ever. */
        private StepOutcome busy(Nova.Look look) {
            if (!kept.has("busy")) {
                step.keep(kept.put("busy", clock.instant().getEpochSecond()));
            }
            var since = Instant.ofEpochSecond(kept.path("busy").asLong(0));
            var doing = look.task() == null ? look.status() : look.task();
            return since.plus(BUSY).isBefore(clock.instant())
                    ? end(
                            clearance,
                            move,
                            State.FAILED,
                            move.origin(),
                            "Nova has been busy with it all the time: " + doing)
                    : note(3, "Nova is busy with it: " + doing);
        }

        private void send(Nova.Look look, @Nullable String target) {
            if (isBuiltAnew()) {
                nova.buildAnew(clearance.cloud(), move.server(), target);
            } else if (move.way() == Way.COLD || look.status().equals("SHUTOFF")) {
                // What was stopped since the plan was made does not run any more.
                nova.moveCold(clearance.cloud(), move.server(), target);
            } else {
                nova.moveLive(clearance.cloud(), move.server(), target);
            }
        }

        /** A host that reports though it was marked as down may still run what is built anew. */
        private boolean isBack() {
            var heard = Nova.text(nova.compute(clearance.cloud(), clearance.host()), "updated_at");
            if (heard.isEmpty()) {
                return false;
            }
            var iso = heard.replace(' ', 'T');
            var at =
                    iso.endsWith("Z")
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return at.isAfter(clearance.created().plus(BACK_AFTER));
        }

        private StepOutcome watch(Nova.Look look) {
            if (step.unsure(change()) && !kept.path("asked").asBoolean(false)) {
                return settle(look);
            }
            if (look.status().equals("ERROR") && !look.isMoving()) {
                if (isBuiltAnew() && look.host().equals(move.origin())) {
                    return atRest(look);
                }
                return end(
                        clearance,
                        move,
                        State.FAILED,
                        look.host(),
                        look.fault() == null ? "It is in ERROR now" : look.fault());
            }
            if (look.isMoving()) {
                if (move.wish() != null && !kept.path("aborted").asBoolean(false)) {
                    return abort();
                }
                return note(
                        2,
                        nova.progress(clearance.cloud(), move.server())
                                .map(percent -> percent + " % of its memory is there")
                                .orElse("On its way"));
            }
            return atRest(look);
        }

        /** Nobody knows whether Nova was asked: what it does tells. */
        private StepOutcome settle(Nova.Look look) {
            if (look.isMoving()) {
                step.settle(
                        change(),
                        "It is on its way",
                        kept.put("asked", true)
                                .put("tries", tries() + 1)
                                .put("at", clock.instant().getEpochSecond()));
            } else {
                // It is at rest where it was: it was never asked, or that is over. Asking is right.
                step.settle(change(), "Nothing of it is to be seen", kept);
            }
            return note(1, "Asked Nova");
        }

        private StepOutcome abort() {
            try {
                var stopped = nova.abort(clearance.cloud(), move.server());
                if (stopped) {
                    step.keep(kept.put("aborted", true));
                }
                return note(1, stopped ? "Stops" : "There is nothing yet that could be stopped");
            } catch (ChangeRefused refused) {
                return note(2, "It cannot be stopped: " + refused.getMessage());
            }
        }

        /** It was asked, and is where it was: it did not work, or has not begun. */
        private StepOutcome atRest(Nova.Look look) {
            if (kept.path("aborted").asBoolean(false)) {
                return end(clearance, move, State.LEFT, move.origin(), "Stopped on its way");
            }
            var asked = Instant.ofEpochSecond(kept.path("at").asLong(0));
            if (asked.plus(GRACE).isAfter(clock.instant())) {
                return note(1, "Asked Nova");
            }
            var said = nova.said(clearance.cloud(), move.server());
            // "Error" is all that the record of actions says of most failures.
            if (!said.isEmpty() && !said.equals("Error")) {
                return again(said);
            }
            return again(look.fault() == null ? "Nova gave up and does not say why" : look.fault());
        }

        private StepOutcome again(String why) {
            var tried = kept.path("asked").asBoolean(false) ? tries() : tries() + 1;
            if (tried >= TRIES || move.wish() != null) {
                return end(clearance, move, State.FAILED, move.origin(), why);
            }
            step.keep(kept.put("asked", false).put("tries", tried));
            return note(3, "Tries again: " + why);
        }

        private StepOutcome note(long seconds, String note) {
            store.note(move, note);
            return waiting(seconds, note);
        }
    }
}
