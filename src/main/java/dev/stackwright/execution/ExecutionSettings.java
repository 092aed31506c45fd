package dev.stackwright.execution;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How executions are carried on.
 *
 * @param enabled whether this replica works at all; without, it only shows what others do
 * @param lease how long a replica may be silent before another one takes over its work
 * @param lookAround how often to look for work that others left
 * @param concurrency how many steps may be at work at once on this replica
 * @param patience how long a step that fails in passing is tried again
 * @param crashes how often a step may be begun anew, before it is held to be what kills the process
 * @param drain how long a shutdown waits for steps that are at work
 * @param identityFile where this replica keeps its name, so that after a restart it takes its own
 *     work up again at once
 */
@ConfigurationProperties("stackwright.execution")
public record ExecutionSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("5s") Duration lookAround,
        @DefaultValue("64") int concurrency,
        @DefaultValue("10m") Duration patience,
        @DefaultValue("20") int crashes,
        @DefaultValue("10s") Duration drain,
        @DefaultValue("data/replica-id") Path identityFile) {

    public ExecutionSettings {
        if (lease.toSeconds() < 3) {
            throw new IllegalArgumentException("stackwright.execution.lease is at least 3s");
        }
        if (lookAround.compareTo(lease) > 0 || lookAround.isNegative() || lookAround.isZero()) {
            throw new IllegalArgumentException(
                    "stackwright.execution.look-around is positive and at most the lease");
        }
        if (concurrency < 1 || crashes < 1) {
            throw new IllegalArgumentException(
                    "stackwright.execution.concurrency and .crashes are at least 1");
        }
    }

    /** What holds when nothing is configured. */
    public static ExecutionSettings defaults() {
        return new ExecutionSettings(
                true,
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                64,
                Duration.ofMinutes(10),
                20,
                Duration.ofSeconds(10),
                Path.of("data/replica-id"));
    }
}
