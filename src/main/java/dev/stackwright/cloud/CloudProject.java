package dev.stackwright.cloud;

import dev.stackwright.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/** A project that a token's user may enter. */
public record CloudProject(
        ProjectId id,
        String name,
        @Nullable String domainId,
        boolean enabled,
        @Nullable String description) {}
