package dev.stackwright.kernel;

import java.util.Set;

/**
 * Who looks, and from where: a user with roles in one project of one cloud. Everything that is read
 * on behalf of a person is asked for with a viewer.
 *
 * @param admin whether the cloud's policy lets this user see every project
 */
public record Viewer(
        CloudName cloud, ProjectId project, UserId user, Set<String> roles, boolean admin) {

    public Viewer {
        roles = Set.copyOf(roles);
    }

    /** Whether this person may change things in the project; a reader may only look. */
    public boolean mayChange() {
        return admin || roles.contains("member") || roles.contains("manager");
    }
}
