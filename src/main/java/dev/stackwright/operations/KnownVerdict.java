package dev.stackwright.operations;

import dev.stackwright.operations.doctor.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as it was kept.
 *
 * @param found when it was made
 * @param seen when it was last found to be so
 * @param ended when it was found to be over; null while it lasts
 */
public record KnownVerdict(
        UUID id, Verdict verdict, Instant found, Instant seen, @Nullable Instant ended) {

    public boolean isOver() {
        return ended != null;
    }
}
