package dev.stackwright.inventory.store;

import dev.stackwright.inventory.ObjectRef;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server as the collector stores it.
 *
 * @param changed when Nova last changed it, for the moment since which it has its status
 * @param addresses with a blank before and after each
 * @param links what it names of others
 * @param terms what people find it by, in lower case
 * @param fingerprint equal when nothing that matters is different
 */
public record ServerRecord(
        String id,
        String project,
        String user,
        String name,
        String status,
        Instant changed,
        @Nullable String task,
        @Nullable String fault,
        @Nullable String host,
        @Nullable String zone,
        String flavorId,
        String flavorName,
        int vcpus,
        long memoryMb,
        long diskGb,
        @Nullable String imageId,
        @Nullable String keypair,
        boolean locked,
        String addresses,
        Instant created,
        Set<ObjectRef> links,
        Set<String> terms,
        String facts,
        String fingerprint) {}
