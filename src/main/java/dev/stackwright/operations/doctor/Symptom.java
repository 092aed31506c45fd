package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an instance or a volume shows that something is wrong.
 *
 * @param state as the service calls it: {@code BUILD}, {@code ERROR}, {@code attaching}
 * @param task what is being done to it, null when nothing is
 * @param usual how long this takes on this cloud, null when that is not known
 */
public record Symptom(
        String state, @Nullable String task, Instant since, @Nullable Duration usual) {}
