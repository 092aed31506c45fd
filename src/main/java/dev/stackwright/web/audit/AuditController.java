package dev.stackwright.web.audit;

import dev.stackwright.audit.AuditLog;
import dev.stackwright.audit.AuditPage;
import dev.stackwright.audit.AuditQuery;
import dev.stackwright.audit.AuditRecord;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Csv;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.resources.ResourceLinks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what in a project. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}")
class AuditController {

    private static final int CSV_ROWS = 1000;
    private static final int LONGEST = 200;
    private static final List<String> KINDS = List.of("", "stack", "server", "volume");

    private final AuditLog log;
    private final ActionWords words;

    AuditController(AuditLog log, ActionWords words) {
        this.log = log;
        this.words = words;
    }

    @GetMapping("/audit")
    String list(
            Visit visit,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer size,
            Model model) {
        int rows = Pager.size(size);
        AuditPage page =
                log.list(visit.viewer(), query(q, action).withSize(rows).withCursor(cursor));
        Address here = visit.here();
        boolean filtered = !q.isBlank() || !action.isEmpty();
        model.addAttribute(
                "page",
                new AuditListPage(
                        lead(page, filtered, visit),
                        q,
                        action,
                        filtered,
                        KINDS.stream().map(kind -> chip(here, kind, action)).toList(),
                        page.rows().stream().map(record -> row(visit, record)).toList(),
                        Pager.of(
                                here,
                                page.previous(),
                                page.next(),
                                rows,
                                Words.of("audit.shown", page.rows().size())),
                        new Address(visit.path("audit.csv"), here.parameters())
                                .without("cursor")
                                .without("size")
                                .toString(),
                        visit.path("audit")));
        return "audit/index";
    }

    private static AuditQuery query(String text, String action) {
        String wanted = text.strip();
        return new AuditQuery(
                wanted.length() > LONGEST ? wanted.substring(0, LONGEST) : wanted,
                action,
                null,
                null,
                null,
                50);
    }

    private static Words lead(AuditPage page, boolean filtered, Visit visit) {
        if (page.rows().isEmpty()) {
            return Words.of(filtered ? "audit.lead.none" : "audit.lead.empty");
        }
        AuditRecord last = page.rows().getFirst();
        return Words.of("audit.lead", visit.format().ago(last.at()), last.userName());
    }

    private static Tab chip(Address here, String kind, String chosen) {
        return new Tab(
                Words.of("audit.kind." + (kind.isEmpty() ? "all" : kind)),
                here.with("action", kind).without("cursor").toString(),
                null,
                kind.equals(chosen));
    }

    private AuditListPage.Row row(Visit visit, AuditRecord record) {
        return new AuditListPage.Row(
                record.at(),
                record.userName(),
                words.of(record.action()),
                record.label(),
                href(visit, record),
                outcome(record.outcome()),
                record.detail(),
                record.plan() == null ? null : visit.path("plans", record.plan().toString()));
    }

    private static @Nullable String href(Visit visit, AuditRecord record) {
        if (record.objectId().isEmpty()) {
            // What was refused before it was made is nowhere.
            return null;
        }
        return switch (record.objectKind()) {
            case "server" -> visit.path("instances", record.objectId());
            case "stack" -> visit.path("stacks", record.objectId());
            default ->
                    ResourceLinks.href(visit, record.objectKind(), record.objectId()).orElse(null);
        };
    }

    private static Status outcome(AuditRecord.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Status.of(Tone.OK, "audit.done");
            case REFUSED -> Status.of(Tone.WARN, "audit.refused");
            case FAILED -> Status.of(Tone.BAD, "audit.failed");
        };
    }

    @GetMapping("/audit.csv")
    ResponseEntity<String> csv(
            Visit visit,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String action) {
        Csv csv =
                new Csv(
                        "at", "user", "action", "kind", "id", "name", "outcome", "plan", "detail",
                        "request");
        for (AuditRecord record :
                log.list(visit.viewer(), query(q, action).withSize(CSV_ROWS)).rows()) {
            csv.row(
                    record.at().toString(),
                    record.userName(),
                    record.action(),
                    record.objectKind(),
                    record.objectId(),
                    record.objectName(),
                    record.outcome().name(),
                    record.plan() == null ? "" : record.plan().toString(),
                    record.detail(),
                    record.request());
        }
        return csv.as("audit-" + visit.projectName() + ".csv");
    }
}
