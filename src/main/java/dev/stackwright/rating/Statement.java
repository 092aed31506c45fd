package dev.stackwright.rating;

import dev.stackwright.metering.Measure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project owes for a month of UTC. Closed, it never changes again: what turns out otherwise
 * later stands on the statement of a later month as a correction.
 *
 * @param closedAt nothing while the month is open and the figures may still change
 */
public record Statement(
        YearMonth month,
        String currency,
        int digits,
        List<Line> lines,
        @Nullable String closedBy,
        @Nullable Instant closedAt) {

    /**
     * One measure of one resource.
     *
     * @param about the month it is about; an earlier one for a correction
     * @param name of the resource, as it was when the month was closed
     * @param stack name of its stack, or empty
     */
    public record Line(
            YearMonth about,
            String resource,
            String name,
            String stack,
            Measure measure,
            BigDecimal quantity,
            BigDecimal amount) {}

    public Statement {
        lines = List.copyOf(lines);
    }

    public boolean isClosed() {
        return closedAt != null;
    }

    public BigDecimal total() {
        return lines.stream()
                .map(Line::amount)
                .reduce(BigDecimal.ZERO.setScale(digits), BigDecimal::add);
    }

    /** The lines about earlier months. */
    public List<Line> corrections() {
        return lines.stream().filter(line -> !line.about().equals(month)).toList();
    }
}
