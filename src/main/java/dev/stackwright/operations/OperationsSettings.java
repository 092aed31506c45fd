package dev.stackwright.operations;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The doctor.
 *
 * @param examine whether this process examines clouds at all; a replica that only serves pages may
 *     say no
 * @param every how often
 * @param keep how long a verdict is kept that is over
 * @param drainRole the role that a member of the administrators' project needs to empty a host,
 *     recover a dead one, or return one to service
 */
@ConfigurationProperties("stackwright.operations")
public record OperationsSettings(
        @DefaultValue("true") boolean examine,
        @DefaultValue("15s") Duration every,
        @DefaultValue("180d") Duration keep,
        @DefaultValue("admin") String drainRole) {

    public OperationsSettings {
        if (every.compareTo(Duration.ofSeconds(5)) < 0
                || every.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "stackwright.operations.every is from 5s to 5m, not " + every);
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException(
                    "stackwright.operations.keep must be at least 1d, not " + keep);
        }
        if (drainRole.isBlank()) {
            throw new IllegalArgumentException(
                    "stackwright.operations.drain-role names a role, such as admin");
        }
    }

    /** Whether somebody with these roles may empty hosts; whoever may not is told why. */
    public boolean mayDrain(Set<String> roles) {
        return drainRole.equals("admin") || roles.contains(drainRole);
    }
}
