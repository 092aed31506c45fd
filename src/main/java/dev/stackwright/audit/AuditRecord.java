package dev.stackwright.audit;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did or tried to do. Never holds a secret.
 *
 * @param project null for what concerns no project, such as a sign-in
 * @param action a verb and what it is done to, such as {@code server.reboot}
 * @param objectKind such as {@code server}, {@code stack}; empty when there is no object
 * @param plan the plan that was carried out, when there was one
 * @param detail a sentence, as long as it has to be
 * @param request the id of the request that asked for it, as in the log
 */
public record AuditRecord(
        UUID id,
        Instant at,
        CloudName cloud,
        @Nullable ProjectId project,
        UserId user,
        String userName,
        String action,
        String objectKind,
        String objectId,
        String objectName,
        Outcome outcome,
        @Nullable UUID plan,
        String detail,
        String request) {

    /** What came of it. */
    public enum Outcome {
        /** It was done, or the cloud has taken it on. */
        DONE,
        /** It was not allowed, or made no sense as things stood. */
        REFUSED,
        /** It was tried and did not work. */
        FAILED
    }

    /** What to call the object: its name, else its id. */
    public String label() {
        return objectName.isBlank() ? objectId : objectName;
    }
}
