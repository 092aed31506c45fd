package dev.stackwright.operations;

import dev.stackwright.operations.clearing.Way;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a {@link Clearance}.
 *
 * @param origin the host that it leaves
 * @param target where it is meant to go, null when Nova may choose
 * @param was its status before
 * @param wish what somebody asked for meanwhile
 * @param execution that carries it
 * @param at where it is at the end
 * @param note what is going on, or why it did not work
 */
public record ClearanceMove(
        UUID clearance,
        Phase phase,
        String server,
        int ordinal,
        String name,
        String project,
        Way way,
        String origin,
        @Nullable String target,
        String was,
        State state,
        @Nullable Wish wish,
        UUID execution,
        @Nullable String at,
        @Nullable String note,
        @Nullable Instant begun,
        @Nullable Instant ended) {

    ClearanceMove in(State other) {
        return new ClearanceMove(
                clearance, phase, server, ordinal, name, project, way, origin, target, was, other,
                wish, execution, at, note, begun, ended);
    }

    /** Which direction. */
    public enum Phase {
        OUT,
        BACK
    }

    /** Where it stands. */
    public enum State {
        WAITING,
        MOVING,
        MOVED,
        FAILED,
        /** Somebody wanted it to stay. */
        LEFT,
        /** Its owner deleted it meanwhile. */
        GONE;

        public boolean isOver() {
            return this != WAITING && this != MOVING;
        }
    }

    /** What somebody asked for while it was under way. */
    public enum Wish {
        /** Stop the migration that runs, or do not begin it. */
        ABORT
    }
}
