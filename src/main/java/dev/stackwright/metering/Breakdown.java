package dev.stackwright.metering;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure over time, in slices that add up to it. Every slice has one amount per bucket.
 *
 * @param slices the biggest first
 */
public record Breakdown(Measure measure, List<Period> buckets, List<Slice> slices) {

    /**
     * A part of the figure.
     *
     * @param id of the resource or the stack; nothing for what belongs to no stack
     * @param label its name; nothing for what belongs to no stack
     */
    public record Slice(
            @Nullable String id,
            @Nullable String label,
            List<BigDecimal> amounts,
            BigDecimal total) {}

    /**
     * The biggest slices, and what all others come to.
     *
     * @param slices the biggest first
     * @param rest one amount per bucket; nothing when there are no others
     */
    public record Top(List<Slice> slices, @Nullable List<BigDecimal> rest) {

        /**
         * @param most so many at most, the rest among them
         */
        public static Top of(List<Slice> slices, int most) {
            if (slices.size() <= most) {
                return new Top(List.copyOf(slices), null);
            }
            var rest = new BigDecimal[slices.getFirst().amounts().size()];
            Arrays.fill(rest, BigDecimal.ZERO);
            for (var slice : slices.subList(most - 1, slices.size())) {
                for (int i = 0; i < rest.length; i++) {
                    rest[i] = rest[i].add(slice.amounts().get(i));
                }
            }
            return new Top(List.copyOf(slices.subList(0, most - 1)), List.of(rest));
        }
    }

    public BigDecimal total() {
        return slices.stream().map(Slice::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
