package dev.stackwright.metering.poll;

import dev.stackwright.cloud.Account;
import dev.stackwright.kernel.CloudName;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks one cloud for one thing, now and then. To add one, make a component that implements it. */
interface Pollster {

    /** The name of its lease, such as {@code instances}. */
    String name();

    Duration every();

    /**
     * Looks and stores what it saw.
     *
     * @param at the time of this look, the same for everything in it
     * @param previous when the last look that went well began
     */
    void poll(CloudName cloud, Account account, Instant at, @Nullable Instant previous);
}
