package dev.stackwright.audit;

import dev.stackwright.audit.store.AuditStore;
import dev.stackwright.kernel.Viewer;
import java.util.List;
import org.springframework.stereotype.Component;

/** The record of what people did. Each sees that of the project they look from. */
@Component
public class AuditLog {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DETAIL = 2000;

    private final AuditStore store;

    public AuditLog(AuditStore store) {
        this.store = store;
    }

    /** Adds a record, in the caller's transaction when there is one. */
    public void record(AuditRecord record) {
        store.add(
                new AuditRecord(
                        record.id(),
                        record.at(),
                        record.cloud(),
                        record.project(),
                        record.user(),
                        fit(record.userName(), LONGEST_NAME),
                        fit(record.action(), 100),
                        fit(record.objectKind(), 100),
                        fit(record.objectId(), LONGEST_NAME),
                        fit(record.objectName(), LONGEST_NAME),
                        record.outcome(),
                        record.plan(),
                        fit(record.detail(), LONGEST_DETAIL),
                        fit(record.request(), 40)));
    }

    public AuditPage list(Viewer viewer, AuditQuery query) {
        return store.list(viewer.cloud(), viewer.project(), query);
    }

    /** What happened to one thing, newest first. */
    public List<AuditRecord> of(Viewer viewer, String objectId, int limit) {
        return store.of(viewer.cloud(), viewer.project(), objectId, limit);
    }

    /** Cut to the width of the column; without NUL, which PostgreSQL has no place for. */
    private static String fit(String text, int longest) {
        String clean = text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
        return clean.length() <= longest ? clean : clean.substring(0, longest - 1) + "…";
    }
}
