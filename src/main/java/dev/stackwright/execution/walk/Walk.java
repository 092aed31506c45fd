package dev.stackwright.execution.walk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A walk over steps in the order of their dependencies. What stands below a failure is skipped, the
 * rest is finished; steps that always run begin once all before them have ended, however they
 * ended. Each move costs only the edges of the step that moved.
 */
public final class Walk {

    private enum Standing {
        PENDING,
        BEGUN,
        FINISHED,
        FAILED,
        SKIPPED;

        boolean hasEnded() {
            return this == FINISHED || this == FAILED || this == SKIPPED;
        }
    }

    private final Map<String, Set<String>> after;
    private final Map<String, List<String>> before = new LinkedHashMap<>();
    private final Set<String> always;
    private final Map<String, Standing> standings = new LinkedHashMap<>();
    private final Map<String, Integer> open = new LinkedHashMap<>();
    private final Set<String> ready = new LinkedHashSet<>();
    private final Set<String> skipped = new LinkedHashSet<>();
    private int ended;
    private boolean stopped;

    private Walk(Map<String, Set<String>> after, Collection<String> always) {
        this.after = withAllThatIsBefore(after, always);
        this.always = Set.copyOf(always);
        after.keySet().forEach(step -> before.put(step, new ArrayList<>()));
        this.after.forEach((step, earlier) -> {
            standings.put(step, Standing.PENDING);
            open.put(step, earlier.size());
            for (var one : earlier) {
                var later = before.get(one);
                if (later == null) {
                    throw new IllegalArgumentException(
                            step + " waits for " + one + ", which is not a step");
                }
                later.add(step);
            }
            if (earlier.isEmpty()) {
                ready.add(step);
            }
        });
        refuseCycles();
    }

    /** A walk at its beginning: for each step, the steps that it waits for. */
    public static Walk of(Map<String, Set<String>> after) {
        return new Walk(after, Set.of());
    }

    /** The same with steps that run in any case. */
    public static Walk of(Map<String, Set<String>> after, Collection<String> always) {
        return new Walk(after, always);
    }

    /** What may begin now, in the order in which it became possible. */
    public Set<String> ready() {
        return new LinkedHashSet<>(ready);
    }

    /** What will never begin. */
    public Set<String> skipped() {
        return new LinkedHashSet<>(skipped);
    }

    public boolean isOver() {
        return ended == standings.size();
    }

    /** Someone is at it. */
    public Walk begun(String step) {
        require(step, Standing.PENDING);
        if (!ready.remove(step)) {
            throw new IllegalStateException(step + " is not ready");
        }
        standings.put(step, Standing.BEGUN);
        return this;
    }

    public Walk finished(String step) {
        end(step, Standing.FINISHED);
        return this;
    }

    /** It failed for good, or was cancelled: nothing that waits for it begins. */
    public Walk failed(String step) {
        end(step, Standing.FAILED);
        return this;
    }

    /** Nothing begins any more but what always runs. */
    public Walk stop() {
        if (stopped) {
            return this;
        }
        stopped = true;
        for (var step : List.copyOf(standings.keySet())) {
            if (standings.get(step) == Standing.PENDING && !always.contains(step)) {
                end(step, Standing.SKIPPED);
            }
        }
        return this;
    }

    /** A skip may overtake what still runs; a step that always runs waits for that, too. */
    private static Map<String, Set<String>> withAllThatIsBefore(
            Map<String, Set<String>> after, Collection<String> always) {
        var all = new LinkedHashMap<>(after);
        for (var step : always) {
            var seen = new LinkedHashSet<String>();
            var work = new ArrayDeque<>(after.getOrDefault(step, Set.of()));
            while (!work.isEmpty()) {
                var one = work.poll();
                if (seen.add(one)) {
                    work.addAll(after.getOrDefault(one, Set.of()));
                }
            }
            all.put(step, seen);
        }
        return all;
    }

    private void end(String first, Standing how) {
        var work = new ArrayDeque<Map.Entry<String, Standing>>();
        work.add(Map.entry(first, how));
        while (!work.isEmpty()) {
            var next = work.poll();
            var step = next.getKey();
            if (standingOf(step).hasEnded()) {
                continue;
            }
            standings.put(step, next.getValue());
            ready.remove(step);
            ended++;
            if (next.getValue() == Standing.SKIPPED) {
                skipped.add(step);
            }
            for (var later : before.getOrDefault(step, List.of())) {
                boolean runs = always.contains(later);
                if (next.getValue() != Standing.FINISHED && !runs && !always.contains(step)) {
                    work.add(Map.entry(later, Standing.SKIPPED));
                } else if (open.merge(later, -1, Integer::sum) == 0
                        && standingOf(later) == Standing.PENDING) {
                    ready.add(later);
                }
            }
        }
    }

    private Standing standingOf(String step) {
        var standing = standings.get(step);
        if (standing == null) {
            throw new IllegalArgumentException("There is no step " + step);
        }
        return standing;
    }

    private void require(String step, Standing standing) {
        if (standingOf(step) != standing) {
            throw new IllegalStateException(step + " is " + standings.get(step));
        }
    }

    private void refuseCycles() {
        var left = new LinkedHashMap<>(open);
        var free = new ArrayDeque<>(ready);
        int seen = 0;
        while (!free.isEmpty()) {
            seen++;
            for (var later : before.getOrDefault(free.poll(), List.of())) {
                if (left.merge(later, -1, Integer::sum) == 0) {
                    free.add(later);
                }
            }
        }
        if (seen < after.size()) {
            throw new IllegalArgumentException("These steps wait for each other in a circle");
        }
    }
}
