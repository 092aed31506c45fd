package dev.stackwright.metering.sample;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as OpenStack services write them: with {@code T} or a space, with or without an offset. */
final class WireTime {

    private WireTime() {}

    static Optional<Instant> parse(String text) {
        var iso = text.strip().replace(' ', 'T');
        try {
            return iso.length() < 10
                    ? Optional.empty()
                    : Optional.of(
                            hasOffset(iso)
                                    ? OffsetDateTime.parse(iso).toInstant()
                                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static boolean hasOffset(String iso) {
        return iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > 10;
    }
}
