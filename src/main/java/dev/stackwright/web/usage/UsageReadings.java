package dev.stackwright.web.usage;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Usage;
import dev.stackwright.rating.PriceBooks;
import dev.stackwright.rating.PriceVersion;
import dev.stackwright.rating.Prices;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Shared;
import dev.stackwright.web.frame.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what a project used, once for all who look at the same stretch of time within some seconds,
 * and for the chart and the files of the same page.
 */
@Component
class UsageReadings {

    private static final Duration GOOD_FOR = Duration.ofSeconds(15);

    /** A reading of a large project is some megabytes. */
    private static final int MOST = 30;

    /** A large one takes some tens of megabytes while it is made. */
    private static final int AT_ONCE = 2;

    /**
     * So many resources times buckets are drawn or written at most: what each resource used in each
     * hour of a month is more than a page or a table can say of thousands.
     */
    static final int MOST_CELLS = 500_000;

    private final Usage usage;
    private final CostPages costPages;
    private final PriceBooks books;
    private final Shared<Asked, UsageReading> readings = new Shared<>(GOOD_FOR, MOST, AT_ONCE);

    UsageReadings(Usage usage, CostPages costPages, PriceBooks books) {
        this.usage = usage;
        this.costPages = costPages;
        this.books = books;
    }

    /**
     * What a reading depends on. Not on when the last sample came in: while the collector works,
     * that is another moment for each who asks.
     */
    private record Asked(
            CloudName cloud,
            ProjectId project,
            List<String> time,
            String zone,
            LocalDate today,
            List<PriceVersion> prices) {}

    UsageReading of(Visit visit) {
        var now = visit.format().now();
        var range = Range.of(visit.here(), visit.format().zone(), now);
        var viewer = visit.viewer();
        return readings.get(
                new Asked(
                        viewer.cloud(),
                        viewer.project(),
                        time(visit.here()),
                        range.zone().getId(),
                        now.atZone(range.zone()).toLocalDate(),
                        books.holding(viewer.cloud())),
                () -> read(visit, range, now));
    }

    private static List<String> time(Address here) {
        return List.of(
                here.get("range"),
                here.get("from"),
                here.get("to"),
                here.get("granularity"),
                here.get("zone"));
    }

    private UsageReading read(Visit visit, Range asked, Instant now) {
        var prices = costPages.prices(visit).orElse(null);
        // How many there are is known when they are read: then a range may prove too fine.
        var ledger = ledger(visit, asked, prices, now);
        var range = asked.fitting(ledger.resources(asked.period()).size(), MOST_CELLS);
        if (range.granularity() != asked.granularity()) {
            ledger = ledger(visit, range, prices, now);
        }
        return new UsageReading(
                range,
                ledger,
                usage.totals(ledger, range.period()),
                usage.totals(ledger, range.compared()),
                usage.resources(ledger, range.period()),
                prices == null ? null : costPages.costs(range, prices, ledger, now),
                now,
                usage.meteredUntil(visit.viewer()).orElse(null),
                new ConcurrentHashMap<>());
    }

    /**
     * Both periods and what lies between them, with the week before now and the rest of the month
     * when there is money to foretell.
     */
    private Ledger ledger(Visit visit, Range range, @Nullable Prices prices, Instant now) {
        var from = earlier(range.compared().from(), range.period().from());
        var to = range.period().to();
        List<Instant> cuts = Ledger.cuts(range.period().cut(range.granularity(), range.zone()));
        cuts.addAll(List.of(range.compared().from(), range.compared().to(), now));
        if (prices != null) {
            cuts.addAll(prices.changes());
            var end = range.end();
            if (end.isPresent()) {
                var week = now.minus(Duration.ofDays(7));
                cuts.add(week);
                from = earlier(from, week);
                to = end.get();
            }
        }
        return usage.ledger(visit.viewer(), new Period(from, to), cuts);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
