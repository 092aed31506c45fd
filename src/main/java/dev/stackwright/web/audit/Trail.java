package dev.stackwright.web.audit;

import dev.stackwright.access.Person;
import dev.stackwright.audit.AuditLog;
import dev.stackwright.audit.AuditRecord;
import dev.stackwright.audit.AuditRecord.Outcome;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.web.frame.Visit;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * How a panel says what was done: {@code trail.of(visit, "server.reboot").on("server", id,
 * name).done()}. A POST that says nothing itself is written down in general words by {@link
 * TrailOfPosts}.
 */
@Component
public class Trail {

    static final String WRITTEN = "stackwright.audit-written";

    private final AuditLog log;
    private final Clock clock;

    public Trail(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Begins a record of what the visitor did in the project they look from. */
    public Entry of(Visit visit, String action) {
        return new Entry(visit.person(), visit.viewer().project(), action);
    }

    /** Begins a record of what concerns no project. */
    public Entry of(Person person, String action) {
        return new Entry(person, null, action);
    }

    /** A record that is not written yet. */
    public final class Entry {

        private final Person person;
        private final @Nullable ProjectId project;
        private final String action;
        private String kind = "";
        private String id = "";
        private String name = "";
        private @Nullable UUID plan;
        private String detail = "";

        private Entry(Person person, @Nullable ProjectId project, String action) {
            this.person = person;
            this.project = project;
            this.action = action;
        }

        public Entry on(String objectKind, String objectId, String objectName) {
            kind = objectKind;
            id = objectId;
            name = objectName;
            return this;
        }

        public Entry by(UUID planId) {
            plan = planId;
            return this;
        }

        public Entry saying(String sentence) {
            detail = sentence;
            return this;
        }

        public void done() {
            write(Outcome.DONE);
        }

        public void refused() {
            write(Outcome.REFUSED);
        }

        public void failed() {
            write(Outcome.FAILED);
        }

        private void write(Outcome outcome) {
            String request = MDC.get("request");
            log.record(
                    new AuditRecord(
                            UUID.randomUUID(),
                            clock.instant(),
                            person.cloud(),
                            project,
                            person.user(),
                            person.name(),
                            action,
                            kind,
                            id,
                            name,
                            outcome,
                            plan,
                            detail,
                            request == null ? "" : request));
            RequestAttributes current = RequestContextHolder.getRequestAttributes();
            if (current != null) {
                current.setAttribute(WRITTEN, true, RequestAttributes.SCOPE_REQUEST);
            }
        }
    }
}
