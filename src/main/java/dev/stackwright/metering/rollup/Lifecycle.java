package dev.stackwright.metering.rollup;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds the facts of one resource into the intervals of its life.
 *
 * <p>Facts are sorted by their own time first, so it does not matter in which order they came, and
 * a fact counts once however often it came. What a fact leaves unsaid stays as it was. Three rules
 * are less obvious:
 *
 * <ul>
 *   <li>An event about a resource of which nothing was known (its creation was missed) opens an
 *       interval when that resource came to be, if the event tells; the interval is an estimate.
 *   <li>After an end, only a new beginning or a look at the living resource opens it again: events
 *       that straggle in after a deletion do not.
 *   <li>An end that was only inferred from an absence gives way to the event, once that arrives.
 * </ul>
 */
public final class Lifecycle {

    private static final Comparator<Fact> IN_TIME =
            Comparator.comparing(Fact::at)
                    .thenComparing(Fact::what)
                    .thenComparing(fact -> fact.origin().messageId());

    private final List<Interval> done = new ArrayList<>();
    private @Nullable Interval open;
    private @Nullable ProjectId project;
    private @Nullable Size size;
    private @Nullable String state;
    private boolean seen;
    private @Nullable Interval endInferred;

    private Lifecycle() {}

    /** The intervals of one resource, in time. None of them is empty. */
    public static List<Interval> fold(Collection<Fact> facts) {
        var lifecycle = new Lifecycle();
        Set<String> known = new HashSet<>();
        facts.stream()
                .sorted(IN_TIME)
                .filter(fact -> known.add(fact.what() + " " + fact.origin().messageId()))
                .forEach(lifecycle::take);
        return lifecycle.intervals();
    }

    private void take(Fact fact) {
        learn(fact);
        switch (fact.what()) {
            case BEGAN -> begin(fact, fact.at(), false);
            case IS -> {
                if (open != null) {
                    change(fact);
                } else if (!seen) {
                    begin(fact, beginning(fact), true);
                }
            }
            case SEEN -> {
                if (open == null) {
                    begin(fact, seen ? fact.at() : beginning(fact), true);
                } else {
                    change(fact);
                }
            }
            case GONE -> {
                if (open != null) {
                    var before = open;
                    end(fact.at(), true);
                    endInferred = before;
                }
            }
            case ENDED -> {
                if (open != null) {
                    end(fact.at(), false);
                } else if (endInferred != null) {
                    correctEnd(endInferred, fact.at());
                } else if (!seen && fact.since() != null) {
                    begin(fact, beginning(fact), true);
                    if (open != null) {
                        end(fact.at(), false);
                    }
                }
            }
        }
        seen = true;
    }

    private void learn(Fact fact) {
        project = fact.project() == null ? project : fact.project();
        size = fact.size() == null ? size : size == null ? fact.size() : fact.size().orSoldAs(size);
        state = fact.state() == null ? state : fact.state();
    }

    private static Instant beginning(Fact fact) {
        var since = fact.since();
        return since == null || since.isAfter(fact.at()) ? fact.at() : since;
    }

    private void begin(Fact fact, Instant from, boolean estimated) {
        if (open != null) {
            change(fact);
        } else if (project != null) {
            open = interval(fact, project, from, estimated);
            endInferred = null;
        }
    }

    private Interval interval(Fact fact, ProjectId owner, Instant from, boolean estimated) {
        return new Interval(
                fact.cloud(),
                owner,
                fact.resource(),
                fact.kind(),
                from,
                null,
                state == null ? "" : state,
                size == null ? Size.NONE : size,
                estimated);
    }

    private void change(Fact fact) {
        var before = Objects.requireNonNull(open);
        var owner = Objects.requireNonNullElse(project, before.project());
        var after = interval(fact, owner, fact.at(), false);
        if (after.state().equals(before.state())
                && after.size().equals(before.size())
                && after.project().equals(before.project())) {
            return;
        }
        close(before, fact.at(), false);
        open = after;
    }

    private void end(Instant at, boolean estimated) {
        close(Objects.requireNonNull(open), at, estimated);
        open = null;
        endInferred = null;
        // A new life under the same id starts with what its own beginning says.
        state = null;
    }

    private void close(Interval interval, Instant at, boolean estimated) {
        if (at.isAfter(interval.from())) {
            done.add(until(interval, at, interval.estimated() || estimated));
        }
    }

    private void correctEnd(Interval inferred, Instant at) {
        if (!done.isEmpty() && done.getLast().from().equals(inferred.from())) {
            done.removeLast();
        }
        close(inferred, at, false);
        endInferred = null;
    }

    private static Interval until(Interval interval, @Nullable Instant to, boolean estimated) {
        return new Interval(
                interval.cloud(),
                interval.project(),
                interval.resource(),
                interval.kind(),
                interval.from(),
                to,
                interval.state(),
                interval.size(),
                estimated);
    }

    private List<Interval> intervals() {
        if (open != null) {
            done.add(open);
        }
        return named(done);
    }

    /**
     * Notifications about volumes tell the id of the type and not its name; the next look at the
     * volume does. What it turns out to be sold as, it was sold as before.
     */
    private static List<Interval> named(List<Interval> intervals) {
        List<Interval> named = new ArrayList<>();
        for (var interval : intervals.reversed()) {
            var next = named.isEmpty() ? null : named.getFirst();
            if (next == null || !next.from().equals(interval.to())) {
                named.addFirst(interval);
                continue;
            }
            var same = sized(interval, interval.size().orSoldAs(next.size()));
            var wasUnnamed = !same.equals(interval);
            if (wasUnnamed
                    && same.size().equals(next.size())
                    && same.state().equals(next.state())
                    && same.project().equals(next.project())) {
                named.removeFirst();
                named.addFirst(until(same, next.to(), interval.estimated() || next.estimated()));
            } else {
                named.addFirst(same);
            }
        }
        return List.copyOf(named);
    }

    private static Interval sized(Interval interval, Size size) {
        return new Interval(
                interval.cloud(),
                interval.project(),
                interval.resource(),
                interval.kind(),
                interval.from(),
                interval.to(),
                interval.state(),
                size,
                interval.estimated());
    }
}
