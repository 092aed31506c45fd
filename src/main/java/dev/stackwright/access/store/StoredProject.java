package dev.stackwright.access.store;

import dev.stackwright.kernel.ProjectId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project of a sign-in.
 *
 * @param token sealed, for this project; null until it is entered
 */
public record StoredProject(
        ProjectId project, String name, Set<String> roles, @Nullable String token) {

    public StoredProject {
        roles = Set.copyOf(roles);
    }
}
