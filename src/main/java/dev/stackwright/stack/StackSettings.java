package dev.stackwright.stack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How stacks are carried out.
 *
 * @param timeout how long an action may take when nobody says otherwise
 * @param publicUrl where this Stackwright is reached from servers and other services, such as
 *     {@code https://stackwright.example.org}; what is signalled from outside cannot be made
 *     without it
 * @param signalValidity how long the address of a signal is good for
 */
@ConfigurationProperties("stackwright.stack")
public record StackSettings(
        @DefaultValue("60m") Duration timeout,
        @Nullable String publicUrl,
        @DefaultValue("365d") Duration signalValidity) {

    public StackSettings {
        if (timeout.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("stackwright.stack.timeout is at least 1m");
        }
        if (signalValidity.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("stackwright.stack.signal-validity is at least 1h");
        }
        if (publicUrl != null && publicUrl.isBlank()) {
            publicUrl = null;
        }
        if (publicUrl != null) {
            publicUrl = publicUrl.strip().replaceFirst("/+$", "");
            if (!publicUrl.matches("https?://[^\\s/?#'\"]+(/[^\\s?#'\"]*)?")) {
                throw new IllegalArgumentException(
                        "stackwright.stack.public-url is an address without a query, such as"
                                + " https://stackwright.example.org");
            }
        }
    }
}
