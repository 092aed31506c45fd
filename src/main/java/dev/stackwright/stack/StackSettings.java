package dev.stackwright.stack;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How stacks are carried out.
 *
 * @param timeout how long an action may take when nobody says otherwise
 */
@ConfigurationProperties("stackwright.stack")
public record StackSettings(@DefaultValue("60m") Duration timeout) {

    public StackSettings {
        if (timeout.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("stackwright.stack.timeout is at least 1m");
        }
    }
}
