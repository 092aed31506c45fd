package dev.stackwright.web.overview;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.operations.KnownVerdict;
import dev.stackwright.operations.Verdicts;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.doctor.Symptom;
import dev.stackwright.operations.doctor.Verdict;
import dev.stackwright.stack.StackQuery;
import dev.stackwright.stack.StackView;
import dev.stackwright.stack.Stacks;
import dev.stackwright.web.doctor.VerdictWords;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What in a project needs a person, worst first. */
final class Needs {

    /** Building takes seconds; whoever takes this long is stuck. */
    private static final Duration LONG_BUILD = Duration.ofMinutes(10);

    private static final double NEARLY_FULL = 0.85;
    private static final int AT_MOST = 5;

    private Needs() {}

    static List<OverviewPage.Need> of(
            Visit visit,
            @Nullable Inventory inventory,
            @Nullable Stacks stacks,
            @Nullable Verdicts verdicts,
            List<QuotaLine> quota) {
        List<OverviewPage.Need> needs = new ArrayList<>();
        if (verdicts != null) {
            machinery(visit, verdicts, needs);
        }
        List<KnownVerdict> own = verdicts == null ? List.of() : verdicts.ofProject(visit.viewer());
        Set<String> told = new HashSet<>();
        for (KnownVerdict known : own) {
            if (told.size() < AT_MOST && told.add(known.verdict().subject().id())) {
                needs.add(ill(visit, known));
            }
        }
        if (inventory != null) {
            for (ServerRow server : servers(visit, inventory, "ERROR")) {
                if (told.size() < AT_MOST && told.add(server.id())) {
                    needs.add(failed(visit, server));
                }
            }
        }
        if (stacks != null) {
            for (StackView stack :
                    stacks.list(
                                    visit.viewer(),
                                    new StackQuery("", "failed", "-updated", null, AT_MOST))
                            .rows()) {
                needs.add(failed(visit, stack));
            }
        }
        if (inventory != null) {
            for (ServerRow server : servers(visit, inventory, "BUILD")) {
                Duration since = Duration.between(server.statusSince(), visit.format().now());
                if (since.compareTo(LONG_BUILD) > 0 && told.add(server.id())) {
                    needs.add(slow(visit, server));
                }
            }
        }
        quota.stream().filter(Needs::isNearlyFull).map(q -> full(visit, q)).forEach(needs::add);
        return needs;
    }

    /** What is wrong with the cloud itself, for those who can do something about it. */
    private static void machinery(Visit visit, Verdicts verdicts, List<OverviewPage.Need> needs) {
        verdicts.current(visit.viewer()).stream()
                .map(KnownVerdict::verdict)
                .filter(verdict -> verdict.symptom() == null)
                .limit(AT_MOST)
                .forEach(verdict ->
                        needs.add(
                                new OverviewPage.Need(
                                        Status.of(Tone.BAD, "overview.need.cloud")
                                                .because(VerdictWords.shortly(visit, verdict)),
                                        visit.cloudLabel(),
                                        visit.adminPath("board"),
                                        Words.of("overview.need.cloud"),
                                        verdict.since())));
    }

    private static OverviewPage.Need ill(Visit visit, KnownVerdict known) {
        Verdict verdict = known.verdict();
        Symptom symptom = verdict.symptom();
        boolean failed =
                symptom != null && symptom.state().toUpperCase(Locale.ROOT).equals("ERROR");
        boolean server = verdict.subject().kind() == Subject.Kind.SERVER;
        Words what = Words.of(failed ? "overview.need.server.failed" : "overview.need.ill");
        return new OverviewPage.Need(
                new Status(failed ? Tone.BAD : Tone.WARN, what, VerdictWords.inRow(visit, verdict)),
                verdict.subject().name(),
                visit.path(server ? "instances" : "volumes", verdict.subject().id()),
                what,
                symptom == null ? verdict.since() : symptom.since());
    }

    private static List<ServerRow> servers(Visit visit, Inventory inventory, String status) {
        return inventory
                .servers(
                        visit.viewer(),
                        new ServerQuery(
                                null,
                                status,
                                null,
                                null,
                                null,
                                null,
                                ServerQuery.Sort.CREATED,
                                true,
                                AT_MOST,
                                null,
                                false))
                .rows();
    }

    private static OverviewPage.Need failed(Visit visit, ServerRow server) {
        Words why =
                server.fault() == null
                        ? Words.of("overview.need.server.nofault")
                        : Words.verbatim(server.fault());
        return new OverviewPage.Need(
                Status.of(Tone.BAD, "overview.need.server.failed").because(why),
                server.name(),
                visit.path("instances", server.id()),
                Words.of("overview.need.server.failed"),
                server.statusSince());
    }

    private static OverviewPage.Need slow(Visit visit, ServerRow server) {
        return new OverviewPage.Need(
                Status.of(Tone.WARN, "overview.need.server.slow")
                        .because(Words.of("overview.need.server.slow.why")),
                server.name(),
                visit.path("instances", server.id()),
                Words.of("overview.need.server.slow"),
                server.statusSince());
    }

    private static OverviewPage.Need failed(Visit visit, StackView stack) {
        Status status = StackStatuses.of(stack);
        return new OverviewPage.Need(
                stack.reason().isEmpty() ? status : status.because(Words.verbatim(stack.reason())),
                stack.name(),
                visit.path("stacks", stack.id().toString()),
                Words.of(
                        "overview.need.stack."
                                + stack.action().name().toLowerCase(java.util.Locale.ROOT)),
                stack.updatedAt() == null ? stack.createdAt() : stack.updatedAt());
    }

    private static boolean isNearlyFull(QuotaLine line) {
        Long limit = line.limit();
        return limit != null && limit > 0 && line.used() >= limit * NEARLY_FULL;
    }

    private static OverviewPage.Need full(Visit visit, QuotaLine line) {
        boolean full = line.limit() != null && line.used() >= line.limit();
        return new OverviewPage.Need(
                new Status(
                        full ? Tone.BAD : Tone.WARN,
                        Words.of("overview.need.quota"),
                        Words.of(
                                "overview.need.quota.why",
                                QuotaWords.amount(line, line.used(), visit.format()),
                                QuotaWords.amount(
                                        line,
                                        line.limit() == null ? 0 : line.limit(),
                                        visit.format()))),
                visit.format().say(QuotaWords.label(line)),
                visit.path("instances"),
                Words.of(full ? "overview.need.quota.full" : "overview.need.quota.nearly"),
                null);
    }
}
