package dev.stackwright.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be used.
 *
 * @param publisher and {@code eventType}: absent when not even these could be read
 * @param reason why, in words for an operator
 */
public record PoisonMessage(
        long id,
        String exchange,
        @Nullable String publisher,
        @Nullable String eventType,
        Instant arrived,
        String reason) {}
