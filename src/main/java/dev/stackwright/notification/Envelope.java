package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the bytes of a message. The bus is open to every service of the cloud, so size, depth and
 * shape are bounded here and nothing behind needs to ask again.
 *
 * <p>oslo.messaging wraps a message twice: {@code {"oslo.version": "2.0", "oslo.message": "<the
 * message as JSON text>"}}. Old services send the message bare. The request's context travels
 * beside the payload in fields that begin with {@code _context_}.
 */
final class Envelope {

    static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 255;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(MAX_BYTES)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(10_000)
                                                    .build())
                                    .build())
                    .build();

    private Envelope() {}

    /** Why a message cannot be read, in words for an operator. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String reason) {
            super(reason);
        }
    }

    static Notification open(CloudName cloud, Delivery delivery, Instant arrived)
            throws Unreadable {
        if (delivery.body().length > MAX_BYTES) {
            throw new Unreadable(
                    "The message has %d bytes, more than the %d that are read"
                            .formatted(delivery.body().length, MAX_BYTES));
        }
        var message = message(delivery.body());
        var eventType = text(message, "event_type");
        if (eventType == null) {
            throw new Unreadable("The message has no event_type");
        }
        var payload = message.path("payload");
        var timestamp = text(message, "timestamp");
        return new Notification(
                cloud,
                or(text(message, "message_id"), () -> fingerprint(delivery.body())),
                delivery.exchange(),
                or(text(message, "priority"), () -> "info").toLowerCase(Locale.ROOT),
                eventType,
                or(text(message, "publisher_id"), () -> ""),
                timestamp == null ? arrived : instant(timestamp).orElse(arrived),
                payload.isMissingNode() || payload.isNull() ? JSON.createObjectNode() : payload,
                context(message, ProjectId::new, "project_id", "tenant", "tenant_id", "project"),
                context(message, UserId::new, "user_id", "user"),
                text(message, "_context_request_id"));
    }

    private static JsonNode message(byte[] body) throws Unreadable {
        var outer = object(body);
        var inner = outer.get("oslo.message");
        if (inner == null) {
            return outer;
        }
        var version = outer.path("oslo.version").asString("");
        if (!version.startsWith("2.")) {
            throw new Unreadable(
                    "The envelope has version %s, 2.0 is understood".formatted(shorten(version)));
        }
        if (!inner.isString()) {
            throw new Unreadable("The envelope's oslo.message is not a text");
        }
        return object(inner.asString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode object(byte[] json) throws Unreadable {
        try {
            var node = JSON.readTree(json);
            if (node == null || !node.isObject()) {
                throw new Unreadable("The message is not a JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw new Unreadable("The message is not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Services write "2026-11-22 14:00:00.123456", some with a T, a Z or an offset. A time that
     * nobody can read does not make the message worthless.
     */
    static Optional<Instant> instant(String text) {
        var iso = text.strip().replace(' ', 'T');
        try {
            return Optional.of(
                    iso.endsWith("Z") || iso.matches(".*T.*[+-]\\d\\d:?\\d\\d")
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static <T> @Nullable T context(
            JsonNode message, Function<String, T> id, String... names) {
        for (var name : names) {
            var text = text(message, "_context_" + name);
            if (text != null) {
                return id.apply(text);
            }
        }
        return null;
    }

    private static @Nullable String text(JsonNode message, String field) {
        var node = message.get(field);
        if (node == null || !node.isValueNode() || node.isNull()) {
            return null;
        }
        var text = shorten(node.asString().replace("\0", "")).strip();
        return text.isEmpty() ? null : text;
    }

    private static String shorten(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    }

    /** The same bytes are the same message, however often they are delivered. */
    private static String fingerprint(byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String or(@Nullable String text, java.util.function.Supplier<String> other) {
        return text == null ? other.get() : text;
    }
}
