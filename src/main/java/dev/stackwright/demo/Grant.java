package dev.stackwright.demo;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a token stands for: who, in which project, with which roles. */
record Grant(
        String id,
        String userId,
        String userName,
        @Nullable String projectId,
        Set<String> roles,
        List<String> methods,
        List<String> auditIds,
        Instant issued,
        Instant expires,
        @Nullable String trustId,
        @Nullable String applicationCredentialId) {

    boolean admin() {
        return roles.contains("admin");
    }

    boolean mayChange() {
        return admin() || roles.contains("member");
    }

    String project() {
        return projectId == null ? "" : projectId;
    }

    boolean owns(@Nullable String project) {
        return project != null && project.equals(projectId);
    }

    boolean sees(@Nullable String project) {
        return admin() || owns(project);
    }

    @Override
    public String toString() {
        return "Grant[" + userName + " in " + projectId + "]";
    }
}
