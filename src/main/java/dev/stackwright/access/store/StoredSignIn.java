package dev.stackwright.access.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A sign-in as the database has it, its tokens still sealed.
 *
 * @param token sealed, without a project
 */
public record StoredSignIn(
        UUID id,
        CloudName cloud,
        UserId user,
        String name,
        String domain,
        String token,
        Instant signedIn,
        Instant ends,
        Instant seen,
        Instant checked,
        List<StoredProject> projects) {

    public StoredSignIn {
        projects = List.copyOf(projects);
    }
}
