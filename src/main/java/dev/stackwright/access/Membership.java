package dev.stackwright.access;

import dev.stackwright.kernel.ProjectId;
import java.util.Set;

/**
 * A project that a signed-in person may work in.
 *
 * @param roles what Keystone said at the last check; empty until the project is entered
 */
public record Membership(ProjectId project, String name, Set<String> roles) {

    public Membership {
        roles = Set.copyOf(roles);
    }
}
