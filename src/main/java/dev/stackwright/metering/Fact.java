package dev.stackwright.metering;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event or a poll says about the life of a resource. Facts are kept as they came; the
 * intervals are folded from them again whenever one more arrives.
 *
 * @param project whose it is from here on; nothing when the source does not say
 * @param state nothing when the source does not say
 * @param size nothing when the source does not say
 * @param since since when it exists, as the source knows it
 */
public record Fact(
        CloudName cloud,
        @Nullable ProjectId project,
        String resource,
        ResourceKind kind,
        What what,
        Instant at,
        @Nullable String state,
        @Nullable Size size,
        @Nullable Instant since,
        @Nullable String name,
        Origin origin) {

    /** In the order in which facts of one instant take effect. */
    public enum What {
        /** An event: it exists from here on. */
        BEGAN,
        /** An event: this is how it is. */
        IS,
        /** A poll: it is there, and this is how. */
        SEEN,
        /** A poll: it was there at this instant, and at the next look it was not. */
        GONE,
        /** An event: it exists no more. */
        ENDED
    }
}
