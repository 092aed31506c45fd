package dev.stackwright.rating;

import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage with prices put on it. Every sum of its lines is a sum of rounded amounts, so all ways to
 * add them up agree.
 *
 * @param resources by id; a deleted one keeps its name
 * @param sizes how big each resource was at last
 */
public record RatedUsage(
        String currency,
        int digits,
        List<Period> buckets,
        List<RatedLine> lines,
        Map<String, MeteredResource> resources,
        Map<String, Size> sizes) {

    public RatedUsage {
        buckets = List.copyOf(buckets);
        lines = List.copyOf(lines);
    }

    public BigDecimal total() {
        return lines.stream()
                .map(RatedLine::amount)
                .reduce(BigDecimal.ZERO.setScale(digits), BigDecimal::add);
    }

    public @Nullable MeteredResource resource(RatedLine line) {
        return resources.get(line.resource());
    }

    /** The name of the resource of a line, or its id. */
    public String name(RatedLine line) {
        var known = resource(line);
        return known == null ? line.resource() : known.name();
    }
}
