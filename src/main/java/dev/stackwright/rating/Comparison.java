package dev.stackwright.rating;

import dev.stackwright.metering.Measure;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.StackOf;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What made the cost of one period another than that of the period before: steps from the one total
 * to the other that add up to the difference to the last cent, because each is a sum of rounded
 * lines. Pure.
 *
 * @param steps what made the most of it first
 */
public record Comparison(BigDecimal before, BigDecimal now, List<Step> steps) {

    /** What happened. */
    public enum Cause {
        /** It did not exist in the period before. */
        NEW,
        /** It was deleted. */
        GONE,
        /** Another size. */
        RESIZED,
        /** The same thing, there for longer or for less long. */
        TIME,
        /** A counter grew more, or less. */
        USED,
        /** The same use at another price. */
        PRICE,
        /** All that is too little to be said. */
        REST
    }

    /**
     * One step.
     *
     * @param kind nothing for a counter, a price, and the rest
     * @param measure of a counter
     * @param count how many resources
     * @param only the resource, when there is one
     * @param since when the first of them came to be, or was deleted
     */
    public record Step(
            Cause cause,
            @Nullable ResourceKind kind,
            @Nullable Measure measure,
            @Nullable StackOf stack,
            int count,
            @Nullable MeteredResource only,
            @Nullable Instant since,
            BigDecimal amount) {}

    private record Key(
            Cause cause,
            @Nullable ResourceKind kind,
            @Nullable Measure measure,
            @Nullable String stack) {}

    /**
     * @param atOldPrices the later period as it would have cost at the prices of the one before;
     *     the same as {@code now} when no price changed
     * @param most how many steps at most; what is left is one more
     */
    public static Comparison of(
            RatedUsage before, RatedUsage now, RatedUsage atOldPrices, int most) {
        var compare = new Making(before, atOldPrices);
        before.lines().forEach(line -> compare.add(line, line.amount().negate()));
        atOldPrices.lines().forEach(line -> compare.add(line, line.amount()));
        var steps = compare.steps();
        var price = now.total().subtract(atOldPrices.total());
        if (price.signum() != 0) {
            steps.add(new Step(Cause.PRICE, null, null, null, 0, null, null, price));
        }
        steps.removeIf(step -> step.amount().signum() == 0);
        steps.sort(Comparator.comparing((Step step) -> step.amount().abs()).reversed());
        return new Comparison(before.total(), now.total(), shortened(steps, most));
    }

    private static List<Step> shortened(List<Step> steps, int most) {
        if (steps.size() <= most + 1) {
            return List.copyOf(steps);
        }
        // A new price is always said, however little it made.
        var byImportance = new ArrayList<>(steps);
        byImportance.sort(Comparator.comparing(step -> step.cause() != Cause.PRICE));
        List<Step> shown = new ArrayList<>(byImportance.subList(0, most));
        var rest = byImportance.subList(most, byImportance.size());
        shown.sort(Comparator.comparing((Step step) -> step.amount().abs()).reversed());
        shown.add(
                new Step(
                        Cause.REST,
                        null,
                        null,
                        null,
                        rest.size(),
                        null,
                        null,
                        rest.stream().map(Step::amount).reduce(BigDecimal.ZERO, BigDecimal::add)));
        return shown;
    }

    public BigDecimal difference() {
        return now.subtract(before);
    }

    /** Sorts lines by what happened to their resource. */
    private static final class Making {

        private final RatedUsage before;
        private final RatedUsage now;
        private final Set<String> costBefore = new HashSet<>();
        private final Set<String> costNow = new HashSet<>();
        private final Map<Key, List<Part>> parts = new LinkedHashMap<>();

        private record Part(String resource, @Nullable MeteredResource known, BigDecimal amount) {}

        Making(RatedUsage before, RatedUsage now) {
            this.before = before;
            this.now = now;
            before.lines().forEach(line -> costBefore.add(line.resource()));
            now.lines().forEach(line -> costNow.add(line.resource()));
        }

        void add(RatedLine line, BigDecimal amount) {
            var later = now.resource(line);
            var known = later == null ? before.resource(line) : later;
            var stack = known == null ? null : known.stack();
            var counter = !line.measure().integrated();
            var key =
                    counter
                            ? new Key(Cause.USED, null, line.measure(), null)
                            : new Key(
                                    cause(line.resource(), known),
                                    line.measure().kind(),
                                    null,
                                    stack == null ? null : stack.id());
            parts.computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(new Part(line.resource(), known, amount));
        }

        private Cause cause(String resource, @Nullable MeteredResource known) {
            if (!costBefore.contains(resource)) {
                return Cause.NEW;
            }
            var end = now.buckets().isEmpty() ? null : now.buckets().getLast().to();
            var ended = known == null ? null : known.endedAt();
            if (!costNow.contains(resource)
                    || ended != null && end != null && ended.isBefore(end)) {
                return Cause.GONE;
            }
            var size = now.sizes().get(resource);
            var sizeBefore = before.sizes().get(resource);
            // What came in the middle of the period before differs by its time first of all.
            var wasThere =
                    known != null
                            && !before.buckets().isEmpty()
                            && !known.firstSeen().isAfter(before.buckets().getFirst().from());
            return wasThere && size != null && sizeBefore != null && !Size.same(size, sizeBefore)
                    ? Cause.RESIZED
                    : Cause.TIME;
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            parts.forEach((key, all) -> {
                var resources = all.stream().map(Part::resource).distinct().count();
                var first = all.getFirst().known();
                var since =
                        all.stream()
                                .map(Part::known)
                                .filter(Objects::nonNull)
                                .map(known ->
                                        key.cause() == Cause.GONE
                                                ? ended(known)
                                                : known.firstSeen())
                                .min(Comparator.naturalOrder())
                                .orElse(null);
                steps.add(
                        new Step(
                                key.cause(),
                                key.kind(),
                                key.measure(),
                                first == null || key.stack() == null ? null : first.stack(),
                                (int) resources,
                                resources == 1 ? first : null,
                                since,
                                all.stream()
                                        .map(Part::amount)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)));
            });
            return steps;
        }

        private static Instant ended(MeteredResource known) {
            var ended = known.endedAt();
            return ended == null ? known.lastSeen() : ended;
        }
    }
}
