package dev.stackwright.operations;

import dev.stackwright.kernel.CloudName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host that is being emptied, or was.
 *
 * @param hostId of its hypervisor
 * @param fencing how it was made sure that a dead host stays dead, in the operator's words
 * @param parallel how many move at once
 * @param note what is to be said of its end, null when nothing is
 * @param emptied since when nothing has been on it
 */
public record Clearance(
        UUID id,
        CloudName cloud,
        String hostId,
        String host,
        Kind kind,
        State state,
        String reason,
        @Nullable String fencing,
        String userId,
        String userName,
        int parallel,
        boolean paused,
        boolean stopping,
        @Nullable String note,
        Instant created,
        @Nullable Instant emptied,
        @Nullable Instant ended) {

    /** Why it is done. */
    public enum Kind {
        /** The host works, and will be looked after. */
        DRAIN,
        /** The host is dead. */
        RECOVERY
    }

    /** Where it stands. */
    public enum State {
        RUNNING,
        /** Nothing is on it: it may be powered off. */
        EMPTY,
        /** It is over, and something is still on it. */
        LEFT,
        /** It is being opened and filled again. */
        RETURNING,
        RETURNED
    }

    public boolean isAtWork() {
        return state == State.RUNNING || state == State.RETURNING;
    }
}
