package dev.stackwright.inventory;

import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server as a list shows it.
 *
 * @param status as Nova says it, such as {@code ACTIVE}
 * @param statusSince when the collector first saw this status, or the server's own last change
 * @param task what Nova is doing to it just now, such as {@code powering-off}
 * @param fault what Nova says went wrong
 * @param image name or id; null for a server that boots from a volume
 */
public record ServerRow(
        String id,
        String name,
        ProjectId project,
        String status,
        Instant statusSince,
        @Nullable String task,
        @Nullable String fault,
        @Nullable String host,
        @Nullable String zone,
        String flavor,
        int vcpus,
        long memoryMb,
        long diskGb,
        @Nullable String image,
        List<String> addresses,
        Instant created,
        long revision) {

    public ServerRow {
        addresses = List.copyOf(addresses);
    }

    /** The same with the image's name; the id stays when there is none. */
    ServerRow withImage(@Nullable String name) {
        return name == null
                ? this
                : new ServerRow(
                        id,
                        this.name,
                        project,
                        status,
                        statusSince,
                        task,
                        fault,
                        host,
                        zone,
                        flavor,
                        vcpus,
                        memoryMb,
                        diskGb,
                        name,
                        addresses,
                        created,
                        revision);
    }
}
