package dev.stackwright.web.overview;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Breakdown;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Usage;
import dev.stackwright.metering.UsageQuery;
import dev.stackwright.rating.Prices;
import dev.stackwright.rating.RatedUsage;
import dev.stackwright.rating.Rating;
import dev.stackwright.web.frame.Shared;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The figures of the month, read once for all who look at a project within some seconds: they are
 * made of every interval of two months, and in the morning everybody comes at once.
 */
@Component
class MonthFigures {

    static final Measure MEASURE = Measure.VCPUS;

    private static final Duration GOOD_FOR = Duration.ofSeconds(15);

    private final @Nullable Usage usage;
    private final @Nullable Rating rating;
    private final Shared<Place, MonthFigure> known = new Shared<>(GOOD_FOR, 1_000, 2);

    /** A project on a day; where somebody reads decides when the day begins. */
    private record Place(CloudName cloud, ProjectId project, ZoneId zone, LocalDate today) {}

    MonthFigures(ObjectProvider<Usage> usage, ObjectProvider<Rating> rating) {
        this.usage = usage.getIfAvailable();
        this.rating = rating.getIfAvailable();
    }

    /** The figures as they are now or were a moment ago; nothing where there is no metering. */
    Optional<MonthFigure> of(Viewer viewer, ZoneId zone, Instant now) {
        if (usage == null) {
            return Optional.empty();
        }
        var place =
                new Place(viewer.cloud(), viewer.project(), zone, now.atZone(zone).toLocalDate());
        return Optional.of(known.get(place, () -> read(usage, viewer, place, now)));
    }

    private MonthFigure read(Usage usage, Viewer viewer, Place place, Instant now) {
        var zone = place.zone();
        var first = place.today().withDayOfMonth(1);
        var month = new Period(first.atStartOfDay(zone).toInstant(), now);
        var before =
                new Period(
                        first.minusMonths(1).atStartOfDay(zone).toInstant(),
                        now.atZone(zone).minusMonths(1).toInstant());
        var prices =
                rating == null
                        ? Optional.<Prices>empty()
                        : rating.prices(viewer).filter(p -> !p.priced().isEmpty());
        List<Instant> cuts = Ledger.cuts(month.cut(Granularity.DAY, zone));
        cuts.addAll(List.of(before.from(), before.to()));
        prices.ifPresent(p -> cuts.addAll(p.changes()));
        var ledger = usage.ledger(viewer, new Period(before.from(), now), cuts);
        if (rating != null && prices.isPresent()) {
            return cost(
                    rating.usage(ledger, month, Granularity.DAY, zone, prices.get()),
                    rating.usage(ledger, before, Granularity.MONTH, zone, prices.get()));
        }
        var days =
                usage.breakdown(
                        ledger,
                        new UsageQuery(
                                MEASURE, month, Granularity.DAY, zone, UsageQuery.Split.NONE));
        return new MonthFigure(
                amounts(days),
                days.total(),
                // One measure, not all totals: for those every counter would have to be read.
                usage.breakdown(
                                ledger,
                                new UsageQuery(
                                        MEASURE,
                                        before,
                                        Granularity.MONTH,
                                        zone,
                                        UsageQuery.Split.NONE))
                        .total(),
                null);
    }

    private static MonthFigure cost(RatedUsage now, RatedUsage before) {
        return new MonthFigure(
                IntStream.range(0, now.buckets().size())
                        .mapToObj(day ->
                                now.lines().stream()
                                        .map(line -> line.buckets().get(day))
                                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .toList(),
                now.total(),
                before.total(),
                now.currency());
    }

    private static List<BigDecimal> amounts(Breakdown days) {
        return IntStream.range(0, days.buckets().size())
                .mapToObj(day ->
                        days.slices().stream()
                                .map(slice -> slice.amounts().get(day))
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                .toList();
    }
}
