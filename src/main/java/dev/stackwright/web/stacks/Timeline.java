package dev.stackwright.web.stacks;

import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackEvent;
import dev.stackwright.stack.StackProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last run of a stack: when each resource was at work, and which of them decided how long it
 * took. Pure.
 *
 * @param path the resources that waited for each other, first to last
 */
record Timeline(Duration length, List<Bar> bars, List<String> path) {

    /** Of the picture, which browsers stretch to the room that there is. */
    static final int WIDTH = 1000;

    private static final int MOST = 60;

    /**
     * One resource at work.
     *
     * @param x where it begins, of {@link #WIDTH}
     * @param decides whether the run would have been shorter without it
     */
    record Bar(
            String resource,
            StackAction action,
            StackProgress progress,
            int x,
            int width,
            Duration took,
            boolean decides) {

        public String css() {
            return switch (progress) {
                case FAILED -> "bad";
                case IN_PROGRESS -> "busy";
                case COMPLETE -> decides ? "on" : "";
            };
        }
    }

    private static final class Work {
        private final String resource;
        private final StackAction action;
        private final Instant start;
        private StackProgress progress = StackProgress.IN_PROGRESS;
        private @Nullable Instant end;

        Work(String resource, StackAction action, Instant start) {
            this.resource = resource;
            this.action = action;
            this.start = start;
        }

        Instant end(Instant now) {
            return end == null ? now : end;
        }
    }

    /**
     * @param newestFirst the latest events of the stack
     * @param dependencies by resource, what it needs
     */
    static Timeline of(
            List<StackEvent> newestFirst,
            Map<String, ? extends Set<String>> dependencies,
            Instant now) {
        var works = new LinkedHashMap<String, Work>();
        for (var event : lastRun(newestFirst)) {
            var resource = event.resource();
            if (resource == null || event.action() == StackAction.SIGNAL) {
                continue;
            }
            var key = event.action() + " " + resource;
            if (event.progress() == StackProgress.IN_PROGRESS) {
                works.put(key, new Work(resource, event.action(), event.at()));
            } else {
                var work =
                        works.computeIfAbsent(
                                key, _ -> new Work(resource, event.action(), event.at()));
                work.progress = event.progress();
                work.end = event.at();
            }
        }
        return drawn(List.copyOf(works.values()), dependencies, now);
    }

    private static List<StackEvent> lastRun(List<StackEvent> newestFirst) {
        var run = new ArrayList<StackEvent>();
        for (var event : newestFirst) {
            run.addFirst(event);
            if (event.resource() == null && event.progress() == StackProgress.IN_PROGRESS) {
                break;
            }
        }
        return run;
    }

    private static Timeline drawn(
            List<Work> works, Map<String, ? extends Set<String>> dependencies, Instant now) {
        if (works.isEmpty()) {
            return new Timeline(Duration.ZERO, List.of(), List.of());
        }
        var first = works.stream().map(work -> work.start).min(Instant::compareTo).orElse(now);
        var last = works.stream().map(work -> work.end(now)).max(Instant::compareTo).orElse(now);
        var length = Duration.between(first, last);
        var deciding = deciding(works, dependencies, now);
        var bars = new ArrayList<Bar>();
        for (var work : works.subList(0, Math.min(works.size(), MOST))) {
            var took = Duration.between(work.start, work.end(now));
            var x = part(Duration.between(first, work.start), length);
            bars.add(
                    new Bar(
                            work.resource,
                            work.action,
                            work.progress,
                            Math.min(x, WIDTH - 4),
                            Math.max(4, part(took, length)),
                            took,
                            deciding.contains(work)));
        }
        return new Timeline(length, bars, names(deciding.reversed()));
    }

    /** What was deleted and made anew right after that is named once. */
    private static List<String> names(List<Work> path) {
        var names = new ArrayList<String>();
        for (var work : path) {
            if (names.isEmpty() || !names.getLast().equals(work.resource)) {
                names.add(work.resource);
            }
        }
        return names;
    }

    /** From the one that ended last back over what it had to wait for. */
    private static List<Work> deciding(
            List<Work> works, Map<String, ? extends Set<String>> dependencies, Instant now) {
        var path = new ArrayList<Work>();
        var seen = new HashSet<Work>();
        Work at =
                works.stream()
                        .max(java.util.Comparator.comparing(work -> work.end(now)))
                        .orElse(null);
        while (at != null && seen.add(at)) {
            path.add(at);
            var here = at;
            at =
                    works.stream()
                            .filter(work -> waitsFor(here, work, dependencies))
                            .filter(work -> !work.end(now).isAfter(here.start))
                            .max(java.util.Comparator.comparing(work -> work.end(now)))
                            .orElse(null);
        }
        return path;
    }

    /**
     * Of what is replaced, the old one goes before or after the new one is made; when it goes
     * after, what needs it has moved to the new one by then.
     */
    private static boolean waitsFor(
            Work work, Work other, Map<String, ? extends Set<String>> dependencies) {
        boolean goes = work.action == StackAction.DELETE;
        if (goes && other.action == StackAction.DELETE) {
            return needs(other.resource, work.resource, dependencies);
        }
        return work.resource.equals(other.resource)
                || needs(work.resource, other.resource, dependencies)
                || goes && needs(other.resource, work.resource, dependencies);
    }

    private static boolean needs(
            String resource, String other, Map<String, ? extends Set<String>> dependencies) {
        var needed = dependencies.get(resource);
        return needed != null && needed.contains(other);
    }

    private static int part(Duration some, Duration all) {
        return all.isZero() ? 0 : (int) (some.toMillis() * WIDTH / Math.max(1, all.toMillis()));
    }
}
