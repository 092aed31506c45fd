package dev.stackwright.web.overview;

import dev.stackwright.audit.AuditLog;
import dev.stackwright.audit.AuditQuery;
import dev.stackwright.audit.AuditRecord;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.inventory.StatusCount;
import dev.stackwright.operations.Verdicts;
import dev.stackwright.stack.StackPage;
import dev.stackwright.stack.StackQuery;
import dev.stackwright.stack.StackView;
import dev.stackwright.stack.Stacks;
import dev.stackwright.web.audit.ActionWords;
import dev.stackwright.web.frame.Banner;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The first page of a project: how things stand, in one sentence and its evidence. */
@Controller
class OverviewController {

    private static final int LINES = 6;

    private final @Nullable Inventory inventory;
    private final @Nullable Stacks stacks;
    private final MonthFigures months;
    private final @Nullable Verdicts verdicts;
    private final AuditLog audit;
    private final ActionWords words;

    OverviewController(
            ObjectProvider<Inventory> inventory,
            ObjectProvider<Stacks> stacks,
            MonthFigures months,
            ObjectProvider<Verdicts> verdicts,
            AuditLog audit,
            ActionWords words) {
        this.words = words;
        this.inventory = inventory.getIfAvailable();
        this.stacks = stacks.getIfAvailable();
        this.months = months;
        this.verdicts = verdicts.getIfAvailable();
        this.audit = audit;
    }

    @GetMapping("/c/{cloud}/p/{project}")
    String overview(Visit visit, Model model) {
        State state = state(visit);
        model.addAttribute("page", page(visit, state, month(visit).orElse(null)));
        return "overview/index";
    }

    /** What the page's poll asks: 304, or those parts that are otherwise now. */
    @GetMapping("/c/{cloud}/p/{project}/changes")
    Object changes(Visit visit, @RequestParam(defaultValue = "") String since) {
        State state = state(visit);
        OverviewPage.Moved moved = state.moved(since);
        return moved.nothing()
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).build()
                : new ModelAndView(
                        "overview/_changes",
                        Map.of("page", page(visit, state, null), "moved", moved));
    }

    /**
     * What the page is made of; read in this order, so that the next poll tells what comes between.
     */
    private record State(
            long revision, String verdicts, StackPage stacks, List<AuditRecord> audit) {

        /** Moves, part by part, whenever something on the page does. */
        private List<String> marks() {
            return List.of(
                    revision + "_" + verdicts,
                    Integer.toHexString(
                            stacks.rows().stream()
                                            .map(s ->
                                                    s.id()
                                                            + " "
                                                            + s.revision()
                                                            + " "
                                                            + s.doneSteps())
                                            .toList()
                                            .hashCode()
                                    + stacks.total()),
                    audit.isEmpty() ? "" : audit.getFirst().id().toString());
        }

        String mark() {
            return String.join(".", marks());
        }

        OverviewPage.Moved moved(String since) {
            String[] before = since.split("\\.", -1);
            List<String> now = marks();
            return before.length == now.size()
                    ? new OverviewPage.Moved(
                            !before[0].equals(now.get(0)),
                            !before[1].equals(now.get(1)),
                            !before[2].equals(now.get(2)))
                    : new OverviewPage.Moved(true, true, true);
        }
    }

    private State state(Visit visit) {
        return new State(
                inventory == null ? 0 : inventory.revision(visit.cloud(), visit.viewer().project()),
                verdicts == null ? "" : verdicts.mark(visit.viewer()),
                stacks == null
                        ? new StackPage(List.of(), null, 0)
                        : stacks.list(
                                visit.viewer(), new StackQuery("", "", "-updated", null, LINES)),
                audit.list(visit.viewer(), AuditQuery.LATEST.withSize(LINES)).rows());
    }

    private Optional<OverviewPage.Month> month(Visit visit) {
        var format = visit.format();
        return months.of(visit.viewer(), format.zone(), format.now())
                .flatMap(figure -> Months.of(format, figure));
    }

    private OverviewPage page(Visit visit, State state, OverviewPage.@Nullable Month month) {
        List<QuotaLine> quota =
                inventory == null ? List.of() : QuotaWords.shown(inventory.quota(visit.viewer()));
        List<OverviewPage.Need> needs = Needs.of(visit, inventory, stacks, verdicts, quota);
        Map<String, Long> servers = servers(visit);
        boolean moving =
                servers.getOrDefault("BUILD", 0L) > 0
                        || state.stacks().rows().stream().anyMatch(StackView::isMoving);
        return new OverviewPage(
                answer(servers),
                further(servers, state.stacks().rows(), needs),
                visit.mayChange(),
                banner(visit),
                needs,
                state.stacks().rows().stream().map(s -> line(visit, s)).toList(),
                state.stacks().total(),
                month,
                quota.stream().map(q -> QuotaWords.meter(q, visit.format())).toList(),
                state.audit().stream().map(record -> latest(visit, record)).toList(),
                new OverviewPage.Links(
                        visit.path("stacks", "new"),
                        visit.path("instances", "new"),
                        visit.path("stacks"),
                        visit.path("instances"),
                        visit.path("usage"),
                        visit.path("audit")),
                visit.path("changes") + "?since=" + state.mark(),
                moving ? "4s" : "20s");
    }

    private Map<String, Long> servers(Visit visit) {
        return inventory == null
                ? Map.of()
                : inventory.serverCounts(visit.viewer()).stream()
                        .collect(
                                Collectors.toMap(
                                        StatusCount::status, StatusCount::count, Long::sum));
    }

    private static long total(Map<String, Long> servers) {
        return servers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Words answer(Map<String, Long> servers) {
        long total = total(servers);
        long active = servers.getOrDefault("ACTIVE", 0L);
        if (total == 0) {
            return Words.of("overview.answer.none");
        }
        if (active == total) {
            return Words.of(total == 1 ? "overview.answer.one" : "overview.answer.all", total);
        }
        return Words.of("overview.answer.some", active, total);
    }

    private static List<Words> further(
            Map<String, Long> servers, List<StackView> stacks, List<OverviewPage.Need> needs) {
        List<Words> sentences = new ArrayList<>();
        count(sentences, "overview.further.error", servers.getOrDefault("ERROR", 0L));
        count(sentences, "overview.further.build", servers.getOrDefault("BUILD", 0L));
        count(sentences, "overview.further.stopped", servers.getOrDefault("SHUTOFF", 0L));
        count(
                sentences,
                "overview.further.moving",
                stacks.stream().filter(StackView::isMoving).count());
        if (needs.isEmpty()) {
            sentences.add(Words.of("overview.further.nothing"));
        }
        return sentences;
    }

    private static void count(List<Words> sentences, String key, long count) {
        if (count > 0) {
            sentences.add(Words.of(count == 1 ? key + ".one" : key, count));
        }
    }

    private @Nullable Banner banner(Visit visit) {
        if (inventory == null) {
            return null;
        }
        return inventory
                .freshness(visit.cloud())
                .trouble()
                .map(trouble ->
                        Banner.of(
                                Tone.WARN,
                                visit.person().isAdministrator()
                                        ? Words.of("overview.collector.said", trouble)
                                        : Words.of("overview.collector")))
                .orElse(null);
    }

    private static OverviewPage.StackLine line(Visit visit, StackView stack) {
        return new OverviewPage.StackLine(
                stack.name(),
                visit.path("stacks", stack.id().toString()),
                StackStatuses.of(stack),
                stack.updatedAt() == null ? stack.createdAt() : stack.updatedAt());
    }

    private OverviewPage.Latest latest(Visit visit, AuditRecord record) {
        boolean ok = record.outcome() == AuditRecord.Outcome.DONE;
        String kind = record.objectId().isEmpty() ? "" : record.objectKind();
        String href =
                switch (kind) {
                    case "server" -> visit.path("instances", record.objectId());
                    case "stack" -> visit.path("stacks", record.objectId());
                    default -> null;
                };
        return new OverviewPage.Latest(
                record.at(),
                ok ? "ok" : record.outcome() == AuditRecord.Outcome.FAILED ? "bad" : "warn",
                ok ? "okc" : record.outcome() == AuditRecord.Outcome.FAILED ? "bad" : "warnc",
                switch (record.outcome()) {
                    case DONE -> null;
                    case REFUSED -> Words.of("overview.latest.refused");
                    case FAILED -> Words.of("overview.latest.failed");
                },
                words.of(record.action()),
                record.label(),
                href,
                record.userName());
    }
}
