package dev.stackwright.web.usage;

import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Usage;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Visit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Small figures for other panels: the month of a project, the month of one resource. */
@Component
public class UsageFigures {

    private static final List<Measure> OF_THE_MONTH =
            List.of(Measure.VCPUS, Measure.MEMORY, Measure.VOLUME, Measure.FLOATING_IP);

    private final Usage usage;

    UsageFigures(Usage usage) {
        this.usage = usage;
    }

    /** For {@code ~{usage/_month :: month(${page.usage})}}. */
    public MonthUsage month(Visit visit) {
        var range = thisMonth(visit);
        var now = range.period();
        var then = range.compared();
        var ledger =
                usage.ledger(
                        visit.viewer(),
                        new Period(then.from(), now.to()),
                        List.of(then.to(), now.from()));
        var totals = usage.totals(ledger, now);
        var before = usage.totals(ledger, then);
        List<MonthUsage.Line> lines = new ArrayList<>();
        for (var measure : OF_THE_MONTH) {
            var used = totals.getOrDefault(measure, BigDecimal.ZERO);
            var usedThen = before.getOrDefault(measure, BigDecimal.ZERO);
            if (used.signum() != 0 || usedThen.signum() != 0) {
                lines.add(
                        new MonthUsage.Line(
                                Amounts.title(measure),
                                Amounts.number(visit.format(), used),
                                Amounts.unit(measure),
                                Amounts.change(used, usedThen),
                                percent(used, used.max(usedThen)),
                                percent(usedThen, used.max(usedThen))));
            }
        }
        return new MonthUsage(
                UsagePages.answer(visit, range, totals, before), lines, visit.path("usage"));
    }

    /**
     * For {@code ~{usage/_resource :: resource(${page.usage})}}; empty when it was never metered.
     */
    public Optional<ResourceFigures> resource(Visit visit, String id) {
        return usage.resource(visit.viewer(), id, thisMonth(visit).period())
                .map(found ->
                        new ResourceFigures(
                                found.totals().entrySet().stream()
                                        .sorted(Comparator.comparing(e -> e.getKey().ordinal()))
                                        .map(e ->
                                                new ResourceFigures.Line(
                                                        Amounts.title(e.getKey()),
                                                        Amounts.number(
                                                                visit.format(),
                                                                Objects.requireNonNull(
                                                                        e.getValue())),
                                                        Amounts.unit(e.getKey())))
                                        .toList(),
                                visit.path("usage", "resources", id)));
    }

    private static Range thisMonth(Visit visit) {
        return Range.of(
                Address.of(visit.path("usage")), visit.format().zone(), visit.format().now());
    }

    private static String percent(BigDecimal part, BigDecimal whole) {
        return part.multiply(BigDecimal.valueOf(100))
                .divide(whole, 1, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
