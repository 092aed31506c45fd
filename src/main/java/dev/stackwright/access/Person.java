package dev.stackwright.access;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who has signed in, as of the last check of their roles.
 *
 * @param signIn which sign-in this is; the same person may have several
 * @param domain name of the user's domain
 * @param until when the sign-in ends whatever happens
 * @param memberships the person's projects, by name
 */
public record Person(
        UUID signIn,
        CloudName cloud,
        UserId user,
        String name,
        String domain,
        Instant since,
        Instant until,
        List<Membership> memberships) {

    public Person {
        memberships = List.copyOf(memberships);
    }

    public Optional<Membership> membership(ProjectId project) {
        return memberships.stream().filter(m -> m.project().equals(project)).findFirst();
    }

    /** This person looking from one of their projects; empty when it is not theirs. */
    public Optional<Viewer> viewer(ProjectId project) {
        return membership(project)
                .map(m -> new Viewer(cloud, project, user, m.roles(), m.roles().contains("admin")));
    }

    /** Whether the person is an administrator in at least one project. */
    public boolean isAdministrator() {
        return memberships.stream().anyMatch(m -> m.roles().contains("admin"));
    }
}
