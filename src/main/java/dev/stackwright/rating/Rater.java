package dev.stackwright.rating;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Growth;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts prices on intervals and on growth, in buckets. Inside, amounts are exact products with
 * microseconds; they become money once, at the end.
 */
public final class Rater {

    private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);
    private static final int SCALE = 12;

    private final Function<ProjectId, Prices> prices;
    private final int digits;
    private final List<Period> buckets;
    private final Instant now;
    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    private final Map<ProjectId, Set<Measure>> priced = new LinkedHashMap<>();

    private record Key(ProjectId project, String resource, Measure measure) {}

    /**
     * @param buckets one after the other, without gaps
     * @param now where what still lasts is cut off
     */
    public Rater(
            Function<ProjectId, Prices> prices, int digits, List<Period> buckets, Instant now) {
        this.prices = prices;
        this.digits = digits;
        this.buckets = List.copyOf(buckets);
        this.now = now;
    }

    public void add(Interval interval) {
        var ofProject = prices.apply(interval.project());
        var end = interval.to() == null ? now : interval.to();
        for (var measure : Measure.of(interval.kind())) {
            if (priced(interval.project(), ofProject).contains(measure)) {
                add(ofProject, interval, measure, end);
            }
        }
    }

    private Set<Measure> priced(ProjectId project, Prices ofProject) {
        return priced.computeIfAbsent(project, _ -> ofProject.priced());
    }

    private void add(Prices ofProject, Interval interval, Measure measure, Instant end) {
        var perHour = measure.perHour(interval.size());
        Sum sum = null;
        for (var stretch : ofProject.stretches()) {
            var from = later(interval.from(), stretch.from());
            var to = stretch.to() == null ? end : earlier(end, stretch.to());
            if (!from.isBefore(to)) {
                continue;
            }
            var price = ofProject.perHour(stretch.rules(), measure, interval);
            if (price.signum() == 0 && perHour.signum() == 0) {
                continue;
            }
            for (int i = firstEndingAfter(from); i < buckets.size(); i++) {
                var bucket = buckets.get(i);
                if (!bucket.from().isBefore(to)) {
                    break;
                }
                var micros =
                        BigDecimal.valueOf(
                                ChronoUnit.MICROS.between(
                                        later(from, bucket.from()), earlier(to, bucket.to())));
                if (sum == null) {
                    sum = sum(interval.project(), interval.resource(), measure);
                }
                sum.quantity = sum.quantity.add(perHour.multiply(micros));
                sum.money[i] = sum.money[i].add(price.multiply(micros));
            }
        }
    }

    public void add(Growth growth) {
        var ofProject = prices.apply(growth.project());
        int at = firstEndingAfter(growth.hour());
        if (at >= buckets.size()
                || growth.hour().isBefore(buckets.get(at).from())
                || !priced(growth.project(), ofProject).contains(growth.measure())) {
            return;
        }
        var amount = growth.amount();
        for (var stretch : ofProject.stretches()) {
            var holds =
                    !growth.hour().isBefore(stretch.from())
                            && (stretch.to() == null || growth.hour().isBefore(stretch.to()));
            if (holds) {
                var price = stretch.rules().price(growth.measure().id(), amount, Map.of());
                var sum = sum(growth.project(), growth.resource(), growth.measure());
                sum.quantity = sum.quantity.add(amount.multiply(MICROS_PER_HOUR));
                sum.money[at] = sum.money[at].add(price.multiply(MICROS_PER_HOUR));
            }
        }
    }

    private Sum sum(ProjectId project, String resource, Measure measure) {
        return sums.computeIfAbsent(
                new Key(project, resource, measure), _ -> new Sum(buckets.size()));
    }

    /** The lines that come to anything, in the order in which their resources were added. */
    public List<RatedLine> lines() {
        List<RatedLine> lines = new ArrayList<>();
        sums.forEach((key, sum) -> {
            if (Arrays.stream(sum.money).anyMatch(amount -> amount.signum() != 0)) {
                lines.add(line(key, sum));
            }
        });
        return lines;
    }

    private RatedLine line(Key key, Sum sum) {
        List<BigDecimal> steps = new ArrayList<>(buckets.size());
        var running = BigDecimal.ZERO;
        var before = BigDecimal.ZERO.setScale(digits);
        for (var money : sum.money) {
            running = running.add(money);
            var rounded = rounded(hours(running), digits);
            steps.add(rounded.subtract(before));
            before = rounded;
        }
        return new RatedLine(
                key.project(),
                key.resource(),
                key.measure(),
                hours(sum.quantity),
                hours(running),
                before,
                List.copyOf(steps));
    }

    /** Half away from zero, for credits as for charges. */
    static BigDecimal rounded(BigDecimal exact, int digits) {
        return exact.setScale(digits, RoundingMode.HALF_UP);
    }

    private static BigDecimal hours(BigDecimal micros) {
        return micros.divide(MICROS_PER_HOUR, SCALE, RoundingMode.HALF_UP);
    }

    private int firstEndingAfter(Instant from) {
        int low = 0;
        int high = buckets.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (buckets.get(middle).to().isAfter(from)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static final class Sum {

        private final BigDecimal[] money;
        private BigDecimal quantity = BigDecimal.ZERO;

        Sum(int buckets) {
            money = new BigDecimal[buckets];
            Arrays.fill(money, BigDecimal.ZERO);
        }
    }
}
