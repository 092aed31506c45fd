package dev.stackwright.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One limit of a project.
 *
 * @param service such as {@code compute}, {@code volume}, {@code network}
 * @param resource as the service calls it, such as {@code cores} or {@code floatingip}
 * @param limit null when there is none
 * @param used including what is reserved
 */
public record QuotaLine(String service, String resource, @Nullable Long limit, long used) {

    /** What is left, or null when there is no limit. */
    public @Nullable Long free() {
        return limit == null ? null : Math.max(0, limit - used);
    }
}
