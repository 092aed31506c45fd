package dev.stackwright.web.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanStep;
import dev.stackwright.web.frame.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long a plan takes, going by what creations took so far, and what is away meanwhile. What is
 * not known is not guessed. Pure.
 *
 * @param length of the longest way through the steps
 * @param unknown the types that were never made here
 */
record Expectation(Duration length, Set<String> unknown, List<Away> away) {

    /**
     * A server that does not answer for a while.
     *
     * @param replaced whether its old object goes before the new one stands, else it restarts
     */
    record Away(String name, boolean replaced, Duration atLeast) {}

    static Expectation of(Plan plan, Map<String, Duration> usual) {
        var changes =
                plan.changes().stream()
                        .collect(Collectors.toMap(Change::name, one -> one, (a, _) -> a));
        var unknown = new LinkedHashSet<String>();
        var ends = new HashMap<String, Duration>();
        var steps =
                plan.steps().stream().collect(Collectors.toMap(PlanStep::id, s -> s, (a, _) -> a));
        for (var step : plan.steps()) {
            end(step, steps, changes, usual, ends, unknown);
        }
        var length = ends.values().stream().reduce(Duration.ZERO, Expectation::later);
        var away = new ArrayList<Away>();
        for (var change : plan.worstFirst()) {
            if (!change.type().equals("OS::Nova::Server")) {
                continue;
            }
            var took = usual.getOrDefault(change.type(), Duration.ZERO);
            if (change.action() == Action.REPLACE
                    && change.order() != Replacing.Order.CREATE_FIRST) {
                away.add(new Away(change.name(), true, took));
            } else if (change.action() == Action.UPDATE && PlanSheet.isRestart(change)) {
                away.add(new Away(change.name(), false, Duration.ZERO));
            }
        }
        return new Expectation(length, unknown, away);
    }

    private static Duration end(
            PlanStep step,
            Map<String, PlanStep> steps,
            Map<String, Change> changes,
            Map<String, Duration> usual,
            Map<String, Duration> ends,
            Set<String> unknown) {
        var known = ends.get(step.id());
        if (known != null) {
            return known;
        }
        ends.put(step.id(), Duration.ZERO);
        var start = Duration.ZERO;
        for (var before : step.after()) {
            var one = steps.get(before);
            if (one != null) {
                start = later(start, end(one, steps, changes, usual, ends, unknown));
            }
        }
        var end = start.plus(own(step, changes, usual, unknown));
        ends.put(step.id(), end);
        return end;
    }

    private static Duration own(
            PlanStep step,
            Map<String, Change> changes,
            Map<String, Duration> usual,
            Set<String> unknown) {
        var change = changes.get(step.resource());
        if (step.operation() != PlanStep.Operation.CREATE || change == null) {
            return Duration.ZERO;
        }
        var took = usual.get(change.type());
        if (took == null) {
            unknown.add(change.title());
            return Duration.ZERO;
        }
        return took;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Empty when earlier runs tell nothing. */
    String words(Format format) {
        var words = new ArrayList<String>();
        if (length.compareTo(Duration.ofSeconds(2)) >= 0) {
            words.add(
                    unknown.isEmpty()
                            ? format.say("plan.expected", rounded(length))
                            : format.say(
                                    "plan.expected.least",
                                    rounded(length),
                                    PlanSheet.names(List.copyOf(unknown))));
        }
        for (var one : away) {
            words.add(
                    one.replaced()
                            ? format.say(
                                    "plan.away.replaced",
                                    one.name(),
                                    one.atLeast().isZero()
                                            ? ""
                                            : format.say("plan.away.about", rounded(one.atLeast())))
                            : format.say("plan.away.restart", one.name()));
        }
        return String.join(" ", words);
    }

    private static Duration rounded(Duration length) {
        return Duration.ofSeconds(length.plusMillis(500).toSeconds());
    }
}
