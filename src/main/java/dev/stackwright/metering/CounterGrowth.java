package dev.stackwright.metering;

import dev.stackwright.kernel.ProjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a counter of a resource grew, stretch by stretch: as whole numbers, which is what
 * counters count, and beside them what no whole number holds.
 */
public final class CounterGrowth {

    private final ProjectId project;
    private final String resource;
    private final Measure measure;
    private final List<Instant> from;
    private final int first;
    private final long[] whole;
    private final BigDecimal @Nullable [] more;

    /**
     * @param from when each stretch begins; one list for all resources of a question
     * @param first the first stretch of which anything is known
     * @param whole of the stretches from there on, as many as are known
     * @param more to be added to the whole numbers; mostly nothing
     */
    public CounterGrowth(
            ProjectId project,
            String resource,
            Measure measure,
            List<Instant> from,
            int first,
            long[] whole,
            BigDecimal @Nullable [] more) {
        this.project = project;
        this.resource = resource;
        this.measure = measure;
        this.from = from;
        this.first = first;
        this.whole = whole;
        this.more = more;
    }

    Measure measure() {
        return measure;
    }

    /** What the stretches that begin in a period come to, as one; nothing when it is nothing. */
    @Nullable Growth sum(Period period) {
        long sum = 0;
        var exact = BigDecimal.ZERO;
        int end = index(period.to());
        for (int i = index(period.from()); i < end; i++) {
            if (Math.abs(whole[i]) > Long.MAX_VALUE / 2 - Math.abs(sum)) {
                exact = exact.add(BigDecimal.valueOf(whole[i]));
            } else {
                sum += whole[i];
            }
            exact = more == null ? exact : exact.add(more[i]);
        }
        var counted = exact.add(BigDecimal.valueOf(sum));
        return counted.signum() == 0
                ? null
                : new Growth(project, resource, measure, period.from(), counted);
    }

    /** The stretches that begin in a period and in which it grew. */
    public List<Growth> within(Period period) {
        List<Growth> into = new ArrayList<>();
        int end = index(period.to());
        for (int i = index(period.from()); i < end; i++) {
            if (whole[i] != 0 || more != null && more[i].signum() != 0) {
                var counted = BigDecimal.valueOf(whole[i]);
                into.add(
                        new Growth(
                                project,
                                resource,
                                measure,
                                from.get(first + i),
                                more == null ? counted : counted.add(more[i])));
            }
        }
        return into;
    }

    /** The first of the known stretches that does not begin before an instant. */
    private int index(Instant instant) {
        int found = Collections.binarySearch(from, instant);
        return Math.clamp((found >= 0 ? found : -found - 1) - (long) first, 0, whole.length);
    }
}
