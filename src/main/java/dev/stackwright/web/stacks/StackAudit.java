package dev.stackwright.web.stacks;

import dev.stackwright.audit.AuditLog;
import dev.stackwright.audit.AuditRecord;
import dev.stackwright.stack.StoredPlan;
import dev.stackwright.web.frame.Visit;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who planned and stopped what. */
@Component
class StackAudit {

    private final AuditLog log;
    private final Clock clock;

    StackAudit(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void planned(Visit visit, StoredPlan plan) {
        record(
                visit,
                "stack.plan",
                plan.stack().toString(),
                plan.stackName(),
                AuditRecord.Outcome.DONE,
                plan.id());
    }

    void done(Visit visit, String action, String id, String name) {
        record(visit, action, id, name, AuditRecord.Outcome.DONE, null);
    }

    void refused(Visit visit, String action, String id, String name) {
        record(visit, action, id, name, AuditRecord.Outcome.REFUSED, null);
    }

    private void record(
            Visit visit,
            String action,
            String id,
            String name,
            AuditRecord.Outcome outcome,
            @Nullable UUID plan) {
        log.record(
                new AuditRecord(
                        UUID.randomUUID(),
                        clock.instant(),
                        visit.cloud(),
                        visit.viewer().project(),
                        visit.viewer().user(),
                        visit.person().name(),
                        action,
                        "stack",
                        id,
                        name,
                        outcome,
                        plan,
                        "",
                        ""));
    }
}
