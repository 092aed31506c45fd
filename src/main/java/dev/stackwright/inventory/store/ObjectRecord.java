package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Anything but a server as the collector stores it.
 *
 * @param project null for what belongs to the cloud as a whole
 * @param ownerUser of a keypair
 * @param hidden by its owner from every list
 * @param networkId of a subnet or port
 * @param attachedTo the server of a port, the port of a floating address
 * @param created the epoch for what does not say when it was made
 * @param links what it names of others
 * @param terms what people find it by, in lower case
 */
public record ObjectRecord(
        Kind kind,
        String id,
        @Nullable String project,
        @Nullable String ownerUser,
        String name,
        String status,
        Audience audience,
        boolean hidden,
        @Nullable String networkId,
        @Nullable String attachedTo,
        Instant created,
        Set<ObjectRef> links,
        Set<String> terms,
        String facts,
        String fingerprint) {

    /** Whom the object itself says that it is for. */
    public enum Audience {
        PRIVATE,
        PUBLIC,
        COMMUNITY
    }
}
