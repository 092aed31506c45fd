package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A volume that may be in trouble.
 *
 * @param status in lower case, as Cinder says it
 * @param host {@code host@backend#pool}, null while it has no place
 */
public record Volume(
        String id,
        String name,
        String project,
        String status,
        Instant since,
        long sizeGb,
        @Nullable String type,
        @Nullable String host,
        @Nullable String server) {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Set<String> MOVING =
            Set.of(
                    "creating",
                    "attaching",
                    "detaching",
                    "deleting",
                    "extending",
                    "downloading",
                    "retyping",
                    "reserved");

    boolean isStuck(Instant now) {
        return MOVING.contains(status) && Duration.between(since, now).compareTo(PATIENCE) > 0;
    }

    boolean isFailed() {
        return status.startsWith("error");
    }

    Symptom symptom() {
        return new Symptom(status, null, since, null);
    }
}
