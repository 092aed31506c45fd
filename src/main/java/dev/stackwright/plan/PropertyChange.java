package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import org.jspecify.annotations.Nullable;

/**
 * One value that becomes another.
 *
 * @param path where, such as {@code metadata.release} or {@code networks[0].port}; inside a text
 *     that holds JSON or YAML it goes on with {@code #}, as in {@code user_data#packages[1]}
 * @param before null when there is nothing yet
 * @param after null when there is nothing any more; {@link Value.Unknown} while only the run can
 *     tell
 * @param forcesReplacement whether the resource cannot live with this change
 * @param secret whether the values are hidden; they are {@link #HIDDEN} then
 */
public record PropertyChange(
        String path,
        @Nullable Value before,
        @Nullable Value after,
        boolean forcesReplacement,
        boolean secret,
        Reason cause) {

    /** Stands for every secret, whatever it is. */
    public static final Value HIDDEN = Value.of("••••••");

    public PropertyChange {
        if (secret) {
            before = before == null ? null : HIDDEN;
            after = after == null ? null : HIDDEN;
        }
    }

    PropertyChange because(Reason reason) {
        return new PropertyChange(path, before, after, forcesReplacement, secret, reason);
    }
}
