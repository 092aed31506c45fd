package dev.stackwright.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the bus of one cloud does.
 *
 * @param configured whether anything is expected to come at all
 * @param connectedSince null while not connected
 * @param lastSeen per exchange, when its last message arrived here
 * @param lag how old the last message was when it arrived
 * @param received messages since the start of this process
 * @param poison messages set aside since then because they could not be read
 * @param trouble a sentence when something is wrong
 */
public record BusState(
        boolean configured,
        @Nullable Instant connectedSince,
        Map<String, Instant> lastSeen,
        @Nullable Duration lag,
        long received,
        long poison,
        @Nullable String trouble) {

    /** The bus of a cloud that has none configured. */
    public static final BusState NONE = new BusState(false, null, Map.of(), null, 0, 0, null);

    public BusState {
        lastSeen = Map.copyOf(lastSeen);
    }

    public boolean connected() {
        return connectedSince != null;
    }
}
