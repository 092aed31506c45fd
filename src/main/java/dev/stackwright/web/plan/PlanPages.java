package dev.stackwright.web.plan;

import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.ExecutionView;
import dev.stackwright.execution.StepState;
import dev.stackwright.execution.StepView;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanKind;
import dev.stackwright.plan.PlanStep;
import dev.stackwright.plan.PropertyChange;
import dev.stackwright.plan.Quota;
import dev.stackwright.plan.QuotaEffect;
import dev.stackwright.plan.Seen;
import dev.stackwright.stack.Shortfall;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.plan.PlanPage.Approval;
import dev.stackwright.web.plan.PlanPage.Check;
import dev.stackwright.web.plan.PlanPage.Crumb;
import dev.stackwright.web.plan.PlanPage.Run;
import dev.stackwright.web.plan.PlanPage.Step;
import dev.stackwright.web.resources.ResourceLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the page of a plan for one visit. */
final class PlanPages {

    private final Visit visit;
    private final PlanFacts facts;
    private final Plan plan;
    private final PlanSheet sheet;

    private PlanPages(Visit visit, PlanFacts facts) {
        this.visit = visit;
        this.facts = facts;
        this.plan = facts.plan();
        this.sheet = new PlanSheet(plan);
    }

    /**
     * @param wholeText whether lines that are alike are shown too
     * @param refused why it was just not carried out
     */
    static PlanPage page(
            Visit visit,
            PlanFacts facts,
            boolean wholeText,
            boolean sideBySide,
            @Nullable Words refused) {
        return new PlanPages(visit, facts).page(wholeText, sideBySide, refused);
    }

    private PlanPage page(boolean wholeText, boolean sideBySide, @Nullable Words refused) {
        var planned = !facts.applied();
        return new PlanPage(
                refused,
                crumbs(),
                Words.of("plan.title." + kind(), plan.stack()),
                state(),
                planned,
                sheet.sentence(),
                sheet.counts(),
                planned ? expected() : null,
                made(),
                sheet.cards(),
                liveObjects(),
                sheet.unchanged(),
                sheet.untold(),
                planned
                                && visit.mayChange()
                                && plan.kind() == PlanKind.UPDATE_STACK
                                && sheet.hasChoice()
                        ? visit.path("plans", facts.id().toString(), "choose")
                        : null,
                text(wholeText),
                since(),
                view(wholeText, sideBySide),
                planned ? meters() : List.of(),
                overQuota().isEmpty(),
                planned ? most() : null,
                checks(),
                sheet.picture(pictureTitle(), visit.format()::say, this::live),
                run(),
                planned ? approval() : null);
    }

    /** Where the objects are that this plan is about, by the names of their resources. */
    private Map<String, String> liveObjects() {
        var objects = new HashMap<String, String>();
        for (var change : plan.changes()) {
            var href = live(change);
            if (href != null) {
                objects.put(change.name(), href);
            }
        }
        return objects;
    }

    private @Nullable String live(Change change) {
        var id = change.physicalId();
        // What a finished plan replaced or deleted is not there any more.
        var gone =
                facts.applied()
                        && (change.action() == Action.DELETE || change.action() == Action.REPLACE);
        return id == null || gone
                ? null
                : ResourceLinks.href(visit, change.type(), id).orElse(null);
    }

    private List<Crumb> crumbs() {
        var crumbs = new ArrayList<Crumb>();
        crumbs.add(new Crumb(Words.of("plan.crumb.stacks"), visit.path("stacks")));
        crumbs.add(
                new Crumb(Words.verbatim(plan.stack()), facts.stackExists() ? stackPath() : null));
        crumbs.add(new Crumb(Words.of("plan.crumb.plan", String.valueOf(facts.number())), null));
        return crumbs;
    }

    private String stackPath() {
        return visit.path("stacks", facts.stack().toString());
    }

    private String kind() {
        return switch (plan.kind()) {
            case CREATE_STACK -> "create";
            case UPDATE_STACK -> "update";
            case DELETE_STACK -> "delete";
            case SUSPEND_STACK -> "suspend";
            case RESUME_STACK -> "resume";
            case CHECK_STACK -> "check";
            case ADOPT_STACK -> "adopt";
            case ABANDON_STACK -> "abandon";
        };
    }

    private Status state() {
        var number = String.valueOf(facts.number());
        var run = facts.run();
        if (run == null && facts.applied()) {
            return new Status(Tone.OK, Words.of("plan.state.done", number), null);
        }
        if (run == null) {
            return facts.moved().isEmpty()
                    ? new Status(Tone.WAIT, Words.of("plan.state.planned", number), null)
                    : new Status(Tone.WARN, Words.of("plan.state.stale", number), null);
        }
        return switch (run.state()) {
            case RUNNING ->
                    new Status(
                            Tone.BUSY,
                            Words.of(
                                    "plan.state.running",
                                    number,
                                    visit.format().at(run.createdAt())),
                            null);
            case SUCCEEDED -> new Status(Tone.OK, Words.of("plan.state.done", number), null);
            case FAILED -> new Status(Tone.BAD, Words.of("plan.state.failed", number), null);
            case CANCELLED -> new Status(Tone.STOP, Words.of("plan.state.cancelled", number), null);
        };
    }

    private @Nullable Words expected() {
        var words = Expectation.of(plan, facts.usual()).words(visit.format());
        return words.isEmpty() ? null : Words.verbatim(words);
    }

    private Words made() {
        var at = visit.format().dateTime(facts.madeAt());
        return plan.kind() == PlanKind.CREATE_STACK
                ? Words.of("plan.made.new", at, facts.madeBy())
                : Words.of("plan.made", at, facts.madeBy(), String.valueOf(facts.version()));
    }

    private @Nullable TextDiff text(boolean whole) {
        return plan.kind() == PlanKind.UPDATE_STACK
                ? TextDiff.of(facts.textBefore(), facts.textAfter(), whole)
                : null;
    }

    private @Nullable TextDiff since() {
        var now = facts.textNow();
        return now == null ? null : TextDiff.of(facts.textBefore(), now, false);
    }

    private PlanPage.View view(boolean wholeText, boolean sideBySide) {
        var here = visit.path("plans", facts.id().toString());
        var whole = wholeText ? "&lines=all" : "";
        var side = sideBySide ? "side" : "unified";
        return new PlanPage.View(
                sideBySide,
                here + "?view=side" + whole + "#text",
                here + "?view=unified" + whole + "#text",
                here + "?view=" + side + "&lines=all#text");
    }

    private String pictureTitle() {
        var touched =
                plan.worstFirst().stream().filter(Change::isChange).map(Change::name).toList();
        return visit.format()
                .say(
                        touched.isEmpty()
                                ? Words.of("plan.touches.none")
                                : Words.of("plan.touches.picture", PlanSheet.names(touched)));
    }

    private List<Meter> meters() {
        var meters = new ArrayList<Meter>();
        for (var effect : plan.quota()) {
            var line = line(effect.quota());
            if (line != null && effect.change() != 0) {
                meters.add(meter(effect, line));
            }
        }
        return meters;
    }

    private Meter meter(QuotaEffect effect, QuotaLine line) {
        var now = amount(effect.quota(), line.used());
        var after = amount(effect.quota(), Math.max(0, line.used() + effect.change()));
        var limit = line.limit();
        var meter =
                Meter.of(
                        label(effect.quota()),
                        limit == null ? 0 : Math.min(line.used(), line.used() + effect.change()),
                        limit == null ? 0 : limit,
                        Words.of("plan.quota.arrow", now, after),
                        limit == null ? null : Words.verbatim(amount(effect.quota(), limit)));
        return limit == null || limit == 0
                ? meter
                : meter.withPlanned((double) Math.max(0, effect.change()) / limit);
    }

    private @Nullable Words most() {
        var more =
                plan.quota().stream()
                        .filter(effect -> effect.peak() > Math.max(0, effect.change()))
                        .filter(effect -> line(effect.quota()) != null)
                        .map(this::atMost)
                        .collect(Collectors.joining(", "));
        return more.isEmpty() ? null : Words.of("plan.quota.most", more);
    }

    private String atMost(QuotaEffect effect) {
        var line = line(effect.quota());
        var used = line == null ? 0 : line.used();
        return amount(effect.quota(), used + effect.peak())
                + " "
                + PlanSheet.lower(visit.format().say(label(effect.quota())));
    }

    private @Nullable QuotaLine line(Quota quota) {
        return facts.quota().stream()
                .filter(line ->
                        line.service().equals(quota.service())
                                && line.resource().equals(quota.resource()))
                .findFirst()
                .orElse(null);
    }

    private static Words label(Quota quota) {
        return Words.of("plan.quota." + quota.name().toLowerCase(Locale.ROOT));
    }

    private String amount(Quota quota, long amount) {
        return switch (quota) {
            case RAM -> visit.format().mebibytes(amount);
            case GIGABYTES -> visit.format().gibibytes(amount);
            case INSTANCES,
                    CORES,
                    VOLUMES,
                    NETWORKS,
                    SUBNETS,
                    PORTS,
                    ROUTERS,
                    FLOATING_IPS,
                    SECURITY_GROUPS,
                    SECURITY_GROUP_RULES,
                    KEY_PAIRS,
                    SERVER_GROUPS ->
                    visit.format().number(amount);
        };
    }

    private List<Check> checks() {
        var checks = new ArrayList<Check>();
        plan.refusals().forEach(d -> checks.add(bad(Words.verbatim(d.detail()))));
        if (!facts.applied()) {
            checks.add(
                    facts.moved().isEmpty()
                            ? fine(Words.of("plan.check.fresh"))
                            : bad(Words.of("plan.check.stale", String.join(" ", facts.moved()))));
            checks.addAll(quotaChecks());
        }
        var kept =
                plan.changes().stream()
                        .filter(Change::endsTheOld)
                        .filter(change -> change.deletionPolicy() == DeletionPolicy.RETAIN)
                        .map(Change::name)
                        .toList();
        if (!kept.isEmpty()) {
            checks.add(warning(Words.of("plan.check.kept", PlanSheet.names(kept))));
        }
        checks.addAll(liveChecks());
        var hidden =
                plan.changes().stream()
                        .flatMap(change -> change.properties().stream())
                        .filter(PropertyChange::secret)
                        .count();
        if (hidden > 0) {
            checks.add(
                    fine(
                            hidden == 1
                                    ? Words.of("plan.check.hidden.one")
                                    : Words.of("plan.check.hidden", hidden)));
        }
        return checks;
    }

    /** How the cloud is against what the stack left there. */
    private List<Check> liveChecks() {
        var checks = new ArrayList<Check>();
        var different =
                plan.changes().stream()
                        .filter(change ->
                                !change.deviations().isEmpty() || PlanSheet.isGone(change))
                        .map(Change::name)
                        .toList();
        if (plan.kind() == PlanKind.ADOPT_STACK && !plan.changes().isEmpty()) {
            checks.add(
                    different.isEmpty()
                            ? fine(Words.of("plan.check.adopt"))
                            : warning(
                                    Words.of(
                                            "plan.check.adopt.other", PlanSheet.names(different))));
        } else if (!different.isEmpty()) {
            checks.add(warning(Words.of("plan.check.live", PlanSheet.names(different))));
        }
        var unseen =
                plan.changes().stream()
                        .filter(change -> change.untold().contains(Seen.EVERYTHING))
                        .map(Change::name)
                        .toList();
        if (!unseen.isEmpty()) {
            checks.add(warning(Words.of("plan.check.unseen", PlanSheet.names(unseen))));
        }
        return checks;
    }

    private List<Check> quotaChecks() {
        var checks = new ArrayList<>(overQuota());
        if (checks.isEmpty() && !plan.quota().isEmpty() && !facts.quota().isEmpty()) {
            checks.add(fine(Words.of("plan.check.quota")));
        }
        var inexact =
                plan.quota().stream()
                        .filter(effect -> !effect.exact())
                        .map(effect -> visit.format().say(label(effect.quota())))
                        .toList();
        if (!inexact.isEmpty()) {
            checks.add(warning(Words.of("plan.check.unknown", String.join(", ", inexact))));
        }
        return checks;
    }

    private List<Check> overQuota() {
        return Shortfall.of(plan, facts.quota()).stream()
                .map(shortfall ->
                        bad(
                                Words.of(
                                        "plan.check.over",
                                        label(shortfall.quota()),
                                        amount(shortfall.quota(), shortfall.most()),
                                        amount(shortfall.quota(), shortfall.limit()))))
                .toList();
    }

    private static Check fine(Words words) {
        return new Check("ok", words);
    }

    private static Check warning(Words words) {
        return new Check("warn", words);
    }

    private static Check bad(Words words) {
        return new Check("bad", words);
    }

    private Approval approval() {
        var unable = unable();
        return new Approval(
                visit.path("plans", facts.id().toString(), "approve"),
                Words.of(unable == null ? "plan.ready" : "plan.notready"),
                stake(),
                losses().isEmpty() ? null : Words.of("plan.loss", losses()),
                unable,
                facts.stackExists()
                        ? plan.kind() == PlanKind.UPDATE_STACK
                                ? stackPath() + "/edit?plan=" + facts.id()
                                : stackPath()
                        : visit.path("stacks", "new") + "?plan=" + facts.id(),
                Words.of(
                        facts.stackExists() && plan.kind() != PlanKind.UPDATE_STACK
                                ? "plan.back.stack"
                                : facts.moved().isEmpty() ? "plan.back" : "plan.again"));
    }

    private Words stake() {
        if (!losses().isEmpty()) {
            return Words.of("plan.stake.lost", losses());
        }
        return plan.kind() == PlanKind.CREATE_STACK
                ? Words.of("plan.stake.create", PlanSheet.some(plan.with(Action.CREATE)))
                : Words.of("plan.stake.none");
    }

    /** What is lost, in a few words. */
    private String losses() {
        return PlanSheet.names(
                plan.losses().stream()
                        .flatMap(change ->
                                change.lost().stream().map(what -> named(what, change.name())))
                        .toList());
    }

    /** Beside others, "every port on it" has to say on what. */
    private static String named(String what, String resource) {
        return what.endsWith(" " + resource) ? what : what + " (" + resource + ")";
    }

    private @Nullable Words unable() {
        if (!visit.mayChange()) {
            return Words.of("plan.unable.reader");
        }
        if (!facts.moved().isEmpty()) {
            return Words.of("plan.unable.stale");
        }
        if (!plan.canRun()) {
            return Words.of("plan.unable.refused");
        }
        return overQuota().isEmpty() ? null : Words.of("plan.unable.quota");
    }

    /** How far the run is, alone, for the page's poll. */
    static @Nullable Run run(Visit visit, PlanFacts facts) {
        return new PlanPages(visit, facts).run();
    }

    private @Nullable Run run() {
        var run = facts.run();
        return run == null ? null : run(run);
    }

    private Run run(ExecutionView run) {
        var byId = new HashMap<String, PlanStep>();
        plan.steps().forEach(step -> byId.put(step.id(), step));
        var shown = run.steps().stream().filter(step -> byId.containsKey(step.name())).toList();
        var done = shown.stream().filter(step -> step.state() == StepState.DONE).count();
        var all = (long) shown.size();
        var summary =
                switch (run.state()) {
                    case RUNNING -> Words.of("plan.run.moving", done, all);
                    case SUCCEEDED -> Words.of("plan.run.done", all);
                    case FAILED, CANCELLED -> Words.of("plan.run.failed", done, all);
                };
        return new Run(
                run.state() == ExecutionState.RUNNING,
                visit.path("plans", facts.id().toString(), "run"),
                summary,
                shown.stream().map(step -> step(step, byId)).toList());
    }

    private Step step(StepView view, Map<String, PlanStep> byId) {
        var planned = byId.get(view.name());
        var operation =
                planned == null
                        ? "settle"
                        : planned.operation().name().toLowerCase(Locale.ROOT).replace('_', '-');
        var resource = planned == null ? view.name() : planned.resource();
        return new Step(
                Words.of("plan.step." + operation, resource),
                status(view),
                took(view.startedAt(), view.finishedAt()),
                "#change-" + resource);
    }

    private static Status status(StepView view) {
        var tone =
                switch (view.state()) {
                    case PENDING -> Tone.WAIT;
                    case RUNNING, WAITING -> Tone.BUSY;
                    case DONE -> Tone.OK;
                    case FAILED -> Tone.BAD;
                    case SKIPPED, CANCELLED -> Tone.STOP;
                };
        var word = Words.of("plan.step." + view.state().name().toLowerCase(Locale.ROOT));
        var why = view.failure() != null ? view.failure() : view.note();
        return new Status(tone, word, why == null ? null : Words.verbatim(why));
    }

    private @Nullable Words took(@Nullable Instant from, @Nullable Instant to) {
        if (from == null) {
            return null;
        }
        var end = to == null ? visit.format().now() : to;
        return Words.verbatim(visit.format().duration(Duration.between(from, end)));
    }
}
