package dev.stackwright.inventory;

import dev.stackwright.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/** What a server can start from. */
public record Image(
        String id,
        String name,
        @Nullable ProjectId project,
        String status,
        String visibility,
        long sizeBytes,
        long minimumDiskGb,
        long minimumMemoryMb) {}
