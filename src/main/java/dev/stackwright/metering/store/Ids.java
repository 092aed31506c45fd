package dev.stackwright.metering.store;

import dev.stackwright.kernel.ProjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys that are made of what they stand for, so that the same thing has the same key anywhere. */
final class Ids {

    /** The end of what has not ended. */
    static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

    private Ids() {}

    /** The id of a series within its project. */
    static long series(String cloud, String resource, String meter) {
        return ByteBuffer.wrap(hash(cloud, resource, meter)).getLong();
    }

    /** Which of the slots a resource's writers take turns at. */
    static int slot(String cloud, String resource) {
        return ByteBuffer.wrap(hash(cloud, resource)).getInt() & 1023;
    }

    /** A message id; services send UUIDs, but nobody makes them. */
    static UUID origin(String messageId) {
        if (messageId.length() == 36) {
            try {
                return UUID.fromString(messageId);
            } catch (IllegalArgumentException _) {
                return named(messageId);
            }
        }
        return named(messageId);
    }

    private static UUID named(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static String project(@Nullable ProjectId project) {
        return project == null ? "" : project.value();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime timeOrNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    /** A text as a database takes it: no NUL, not longer than its column. */
    static @Nullable String text(@Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        var clean = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
        return clean.length() <= longest ? clean : cut(clean, longest);
    }

    private static String cut(String text, int longest) {
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    private static byte[] hash(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
