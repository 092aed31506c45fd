package dev.stackwright.web.usage;

import dev.stackwright.metering.Breakdown;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.LifecycleLine;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.MeterLine;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.ResourceTotals;
import dev.stackwright.metering.ResourceUsage;
import dev.stackwright.metering.SampleLine;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.Usage;
import dev.stackwright.metering.UsageQuery;
import dev.stackwright.metering.UsageQuery.Split;
import dev.stackwright.rating.RatedLine;
import dev.stackwright.rating.RatedUsage;
import dev.stackwright.web.chart.Plot;
import dev.stackwright.web.chart.Series;
import dev.stackwright.web.chart.StackedBars;
import dev.stackwright.web.chart.Trend;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.usage.CostPages.Costs;
import dev.stackwright.web.usage.UsagePage.Choice;
import dev.stackwright.web.usage.UsagePage.Hidden;
import dev.stackwright.web.usage.UsagePage.MeasureRow;
import dev.stackwright.web.usage.UsagePage.ResourceRow;
import dev.stackwright.web.usage.UsagePage.TwinRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the pages of usage out of figures: everything that is shown, in words and numbers. */
@Component
class UsagePages {

    private static final int MOST_RESOURCES = 100;

    /** In the place of a measure's name in the address. */
    private static final String COST = "cost";

    /** Said first when there is something to say of them. */
    private static final List<Measure> HEADLINES =
            List.of(Measure.VCPUS, Measure.VOLUME, Measure.MEMORY, Measure.FLOATING_IP);

    private final Usage usage;
    private final UsageReadings readings;
    private final CostPages costPages;

    UsagePages(Usage usage, UsageReadings readings, CostPages costPages) {
        this.usage = usage;
        this.readings = readings;
        this.costPages = costPages;
    }

    /**
     * The figure that the chart shows: a measure, or money.
     *
     * @param measure nothing for money
     * @param money nothing for a measure
     */
    private record Shown(@Nullable Measure measure, @Nullable Money money) {

        String id() {
            return measure == null ? COST : measure.id();
        }

        Words title() {
            return measure == null ? Words.of("usage.cost") : Amounts.title(measure);
        }

        Words unit() {
            return measure == null
                    ? Words.verbatim(Objects.requireNonNull(money).currency())
                    : Amounts.unit(measure);
        }

        String number(Format format, BigDecimal amount) {
            return money == null ? Amounts.number(format, amount) : money.number(format, amount);
        }
    }

    /** What is asked for: a figure, and by what its parts are told apart. */
    private record Question(Shown shown, By by) {}

    /** All parts of a figure, cut into buckets. */
    private record Cut(List<Period> buckets, List<Breakdown.Slice> slices) {}

    /** By what the parts of a figure are told apart. */
    private enum By {
        METER,
        RESOURCE,
        STACK,
        NONE;

        static By of(Address here, boolean money) {
            return switch (here.get("by")) {
                case "meter" -> money ? METER : RESOURCE;
                case "stack" -> STACK;
                case "none" -> NONE;
                default -> RESOURCE;
            };
        }
    }

    Range range(Visit visit) {
        return Range.of(visit.here(), visit.format().zone(), visit.format().now());
    }

    UsagePage usage(Visit visit) {
        var format = visit.format();
        var reading = readings.of(visit);
        var range = reading.range();
        var totals = reading.totals();
        var before = reading.before();
        var costs = reading.costs();
        var question = question(visit, reading);
        var shown = question.shown();
        var bars = bars(visit, reading, question);
        var money = money(costs);
        var resources = resources(visit, reading, shown, money);
        var stack = visit.here().get("stack");
        return new UsagePage(
                costs == null
                        ? answer(visit, range, totals, before)
                        : CostPages.answer(visit, range, costs),
                Amounts.stretch(range.period(), range.zone(), format.now()),
                Amounts.stretch(range.compared(), range.zone(), format.now()),
                range.errors(),
                presets(visit.here(), range),
                fields(range),
                kept(visit.here()),
                costs == null ? null : costPages.part(visit, reading, costs),
                measureRows(visit, shown, totals, before, costs),
                shown.title(),
                shown.unit(),
                Words.of(
                        "usage.per." + range.granularity().name().toLowerCase(Locale.ROOT),
                        shown.unit()),
                splits(visit.here(), question.by(), shown.money() != null),
                sentence(range, shown, bars, format),
                bars,
                twin(bars, format, shown),
                bars.series().stream().map(s -> shown.number(format, s.total())).toList(),
                shown.number(format, bars.total()),
                Plot.of(bars, 1140, 234),
                at(visit, "data"),
                at(visit, "figures.csv"),
                at(visit, "figures"),
                resources.stream()
                        .limit(MOST_RESOURCES)
                        .map(line -> row(visit, line, shown, amount(line, shown, money)))
                        .toList(),
                Math.max(0, resources.size() - MOST_RESOURCES),
                stack.isEmpty() ? null : filtered(resources, stack),
                stack.isEmpty() ? null : visit.here().without("stack").toString(),
                reading.until() == null
                        ? Words.of("usage.never")
                        : Words.of("usage.until", reading.until()));
    }

    private static Words filtered(List<ResourceTotals> lines, String stack) {
        return lines.stream()
                .map(line -> line.resource().stack())
                .filter(Objects::nonNull)
                .findFirst()
                .map(own -> Words.of("usage.ofstack", own.name()))
                .orElse(Words.of("usage.ofstack", stack));
    }

    StackedBars bars(Visit visit) {
        var reading = readings.of(visit);
        return bars(visit, reading, question(visit, reading));
    }

    /** Everything that the chosen time has anything of. */
    List<ResourceTotals> resources(Visit visit) {
        return readings.of(visit).resources();
    }

    UsageFile file(Visit visit) {
        var reading = readings.of(visit);
        var question = question(visit, reading);
        var cut = cut(visit, reading, question);
        return new UsageFile(
                question.shown().id(),
                visit.format().say(question.shown().unit()),
                cut.buckets(),
                cut.slices().stream()
                        .map(s -> new UsageFile.Slice(s.id(), s.label(), s.amounts()))
                        .toList());
    }

    /** Money when there are prices and nothing else was asked for. */
    private static Question question(Visit visit, UsageReading reading) {
        var costs = reading.costs();
        var known = Measure.find(visit.here().get("meter"));
        if (costs != null && known.isEmpty()) {
            return new Question(new Shown(null, costs.money()), By.of(visit.here(), true));
        }
        var totals = reading.totals();
        var measure =
                known.orElseGet(() ->
                        HEADLINES.stream()
                                .filter(totals::containsKey)
                                .findFirst()
                                .or(() -> totals.keySet().stream().findFirst())
                                .orElse(Measure.VCPUS));
        return new Question(new Shown(measure, null), By.of(visit.here(), false));
    }

    private Cut cut(Visit visit, UsageReading reading, Question question) {
        var range = reading.range();
        var costs = reading.costs();
        var measure = question.shown().measure();
        if (measure == null) {
            var now = Objects.requireNonNull(costs).now();
            return new Cut(now.buckets(), slices(visit, now, question.by()));
        }
        var split =
                switch (question.by()) {
                    case STACK -> Split.STACK;
                    case NONE -> Split.NONE;
                    case METER, RESOURCE -> Split.RESOURCE;
                };
        var breakdown =
                usage.breakdown(
                        reading.ledger(),
                        new UsageQuery(
                                measure, range.period(), range.granularity(), range.zone(), split));
        return new Cut(breakdown.buckets(), breakdown.slices());
    }

    /** Drawn once for all who look at the same: twenty times ten thousand parts fill any heap. */
    private UsageReading.Chart chart(Visit visit, UsageReading reading, Question question) {
        return reading.charts()
                .computeIfAbsent(
                        question.shown().id() + " by " + question.by(),
                        _ -> {
                            var cut = cut(visit, reading, question);
                            return new UsageReading.Chart(
                                    cut.buckets(),
                                    Breakdown.Top.of(cut.slices(), StackedBars.COLOURS));
                        });
    }

    private static List<Breakdown.Slice> slices(Visit visit, RatedUsage usage, By by) {
        Map<String, List<RatedLine>> parts = new LinkedHashMap<>();
        Map<String, String> labels = new HashMap<>();
        for (var line : usage.lines()) {
            var known = usage.resource(line);
            var stack = known == null ? null : known.stack();
            var id =
                    switch (by) {
                        case METER -> line.measure().id();
                        case RESOURCE -> line.resource();
                        case STACK -> stack == null ? "" : stack.id();
                        case NONE -> "";
                    };
            parts.computeIfAbsent(id, _ -> new ArrayList<>()).add(line);
            if (!id.isEmpty()) {
                labels.put(
                        id,
                        switch (by) {
                            case METER -> visit.format().say(Amounts.title(line.measure()));
                            case RESOURCE -> usage.name(line);
                            case STACK -> Objects.requireNonNull(stack).name();
                            case NONE -> "";
                        });
            }
        }
        List<Breakdown.Slice> slices = new ArrayList<>();
        parts.forEach((id, lines) -> {
            List<BigDecimal> sums = new ArrayList<>();
            for (int i = 0; i < usage.buckets().size(); i++) {
                var sum = BigDecimal.ZERO;
                for (var line : lines) {
                    sum = sum.add(line.buckets().get(i));
                }
                sums.add(sum);
            }
            slices.add(
                    new Breakdown.Slice(
                            id.isEmpty() ? null : id,
                            labels.get(id),
                            sums,
                            sums.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        });
        slices.sort(Comparator.comparing(Breakdown.Slice::total).reversed());
        return slices;
    }

    /**
     * "shop has used 1 204 vCPU-hours and 310 GB-hours of volumes this month, 12 % more than …".
     */
    static Words answer(
            Visit visit,
            Range range,
            Map<Measure, BigDecimal> totals,
            Map<Measure, BigDecimal> before) {
        var format = visit.format();
        var said = HEADLINES.stream().filter(totals::containsKey).limit(2).toList();
        if (said.isEmpty()) {
            return Words.of(
                    "usage.answer.none",
                    visit.projectName(),
                    stretch(range, range.period(), format));
        }
        var figures =
                said.size() == 1
                        ? of(said.getFirst(), totals, format)
                        : Words.of(
                                "usage.answer.and",
                                of(said.get(0), totals, format),
                                of(said.get(1), totals, format));
        var first = said.getFirst();
        var now = Objects.requireNonNull(totals.get(first));
        var then = before.getOrDefault(first, BigDecimal.ZERO);
        var compared = stretch(range, range.compared(), format);
        return Words.of(
                "usage.answer",
                visit.projectName(),
                figures,
                stretch(range, range.period(), format),
                comparison(first, now, then, compared, said.size() > 1));
    }

    private static Words of(Measure measure, Map<Measure, BigDecimal> totals, Format format) {
        return Words.of(
                "usage.of." + measure.id(),
                Amounts.number(format, Objects.requireNonNull(totals.get(measure))));
    }

    private static Words comparison(
            Measure measure, BigDecimal now, BigDecimal then, Words compared, boolean named) {
        if (then.signum() == 0) {
            return Words.of("usage.answer.new", compared);
        }
        if (Amounts.beyondCompare(now, then)) {
            return Words.of("usage.answer.little", compared);
        }
        var percent =
                now.subtract(then)
                        .multiply(BigDecimal.valueOf(100))
                        .divide(then, 0, RoundingMode.HALF_UP);
        if (percent.signum() == 0) {
            return Words.of("usage.answer.same", compared);
        }
        return Words.of(
                (percent.signum() > 0 ? "usage.answer.more" : "usage.answer.less")
                        + (named ? ".named" : ""),
                percent.abs().toPlainString(),
                compared,
                Amounts.unit(measure));
    }

    private static Words stretch(Range range, Period period, Format format) {
        var compared = period.equals(range.compared());
        if ("month".equals(range.preset())) {
            return compared
                    ? Words.of(
                            "usage.samedays",
                            period.from()
                                    .atZone(range.zone())
                                    .getMonth()
                                    .getDisplayName(java.time.format.TextStyle.FULL, Locale.UK))
                    : Words.of("usage.thismonth");
        }
        return Amounts.within(period, range.zone(), format.now());
    }

    static List<Choice> presets(Address here, Range range) {
        return Range.PRESETS.stream()
                .map(name ->
                        new Choice(
                                Words.of("usage.range." + name),
                                here.without("from")
                                        .without("to")
                                        .without("granularity")
                                        .with("range", name.equals("month") ? "" : name)
                                        .toString(),
                                name.equals(range.preset())))
                .toList();
    }

    private static List<Field> fields(Range range) {
        return List.of(
                Field.text("from", Words.of("usage.from"))
                        .value(range.fromDay())
                        .example("2026-11-01")
                        .required(),
                Field.text("to", Words.of("usage.to"))
                        .value(range.toDay())
                        .example("2026-11-22")
                        .required(),
                Field.select(
                                "granularity",
                                Words.of("usage.granularity"),
                                Arrays.stream(Granularity.values())
                                        .map(g ->
                                                new Field.Option(
                                                        g.name().toLowerCase(Locale.ROOT),
                                                        Words.of(
                                                                "usage.granularity."
                                                                        + g.name()
                                                                                .toLowerCase(
                                                                                        Locale
                                                                                                .ROOT)),
                                                        g == range.granularity(),
                                                        false))
                                        .toList())
                        .value(range.granularity().name().toLowerCase(Locale.ROOT))
                        .required(),
                Field.text("zone", Words.of("usage.zone"))
                        .value(range.zoneName())
                        .example("Europe/Ljubljana")
                        .required());
    }

    private static List<Hidden> kept(Address here) {
        return List.of("meter", "by", "stack").stream()
                .filter(name -> !here.get(name).isEmpty())
                .map(name -> new Hidden(name, here.get(name)))
                .toList();
    }

    private static List<MeasureRow> measureRows(
            Visit visit,
            Shown chosen,
            Map<Measure, BigDecimal> totals,
            Map<Measure, BigDecimal> before,
            @Nullable Costs costs) {
        List<MeasureRow> rows = new ArrayList<>();
        if (costs != null) {
            var money = costs.money();
            var now = costs.now().total();
            var then = costs.before().total();
            rows.add(
                    new MeasureRow(
                            Words.of("usage.cost"),
                            money.number(visit.format(), now),
                            Words.verbatim(money.currency()),
                            money.number(visit.format(), then),
                            Amounts.change(now, then),
                            share(now, now, then),
                            share(then, now, then),
                            visit.here().without("meter").toString(),
                            chosen.money() != null));
        }
        for (var measure : Measure.values()) {
            var now = totals.get(measure);
            var then = before.get(measure);
            if (now == null && then == null) {
                continue;
            }
            var amount = now == null ? BigDecimal.ZERO : now;
            rows.add(
                    new MeasureRow(
                            Amounts.title(measure),
                            Amounts.number(visit.format(), amount),
                            Amounts.unit(measure),
                            then == null ? "0" : Amounts.number(visit.format(), then),
                            Amounts.change(amount, then),
                            share(amount, amount, then),
                            share(then == null ? BigDecimal.ZERO : then, amount, then),
                            visit.here().with("meter", measure.id()).toString(),
                            measure == chosen.measure()));
        }
        return rows;
    }

    /** The length of a bar beside the longer of both, in percent. */
    private static String share(BigDecimal part, BigDecimal now, @Nullable BigDecimal then) {
        var longest = then == null ? now : now.max(then);
        return longest.signum() == 0
                ? "0"
                : part.multiply(BigDecimal.valueOf(100))
                        .divide(longest, 1, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    private static List<Choice> splits(Address here, By by, boolean money) {
        List<Choice> choices = new ArrayList<>();
        for (var one : By.values()) {
            var name = one.name().toLowerCase(Locale.ROOT);
            if (one != By.METER || money) {
                choices.add(
                        new Choice(
                                Words.of("usage.by." + name),
                                here.with("by", one == By.RESOURCE ? "" : name) + "#chart",
                                one == by));
            }
        }
        return choices;
    }

    private StackedBars bars(Visit visit, UsageReading reading, Question question) {
        var format = visit.format();
        var range = reading.range();
        var chart = chart(visit, reading, question);
        // The data of the chart has an address of its own; its links lead to pages all the same.
        var page = new Address(visit.path("usage"), visit.here().parameters());
        List<String> labels = new ArrayList<>();
        List<String> hrefs = new ArrayList<>();
        for (var bucket : chart.buckets()) {
            labels.add(label(bucket, range, format.now()));
            hrefs.add(closer(page, range, bucket));
        }
        var parts =
                chart.parts().slices().stream()
                        .map(slice ->
                                new Series(
                                        name(slice, visit),
                                        href(slice, question.by(), visit, page),
                                        slice.amounts()))
                        .toList();
        var rest = chart.parts().rest();
        return StackedBars.of(
                labels,
                hrefs,
                parts,
                rest == null ? null : new Series(format.say("usage.other"), null, rest),
                format.say(question.shown().unit()));
    }

    private static String name(Breakdown.Slice slice, Visit visit) {
        if (slice.label() != null) {
            return slice.label();
        }
        return visit.format()
                .say(visit.here().get("by").equals("stack") ? "usage.nostack" : "usage.whole");
    }

    private static @Nullable String href(Breakdown.Slice slice, By by, Visit visit, Address page) {
        if (slice.id() == null) {
            return null;
        }
        return switch (by) {
            case METER -> page.with("meter", slice.id()).without("by") + "#chart";
            case STACK -> page.with("stack", slice.id()).without("by") + "#resources";
            case RESOURCE, NONE -> resourceHref(visit, slice.id());
        };
    }

    static String resourceHref(Visit visit, String id) {
        return at(visit.path("usage", "resources", id), visit.here()).toString();
    }

    /** The address with the part of the query that says which time is meant. */
    private static Address at(String path, Address here) {
        var address = Address.of(path);
        for (var name : List.of("range", "from", "to", "zone")) {
            address = address.with(name, here.get(name));
        }
        return address;
    }

    private static String at(Visit visit, String file) {
        return new Address(visit.path("usage", file), visit.here().parameters()).toString();
    }

    static String label(Period bucket, Range range, Instant now) {
        var day = Amounts.day(bucket.from(), range.zone(), now);
        return switch (range.granularity()) {
            case HOUR ->
                    range.period().length().toHours() <= 24
                            ? Amounts.clock(bucket.from(), range.zone())
                            : day + ", " + Amounts.clock(bucket.from(), range.zone());
            case DAY -> day;
            case WEEK, MONTH -> Amounts.stretch(bucket, range.zone(), now);
        };
    }

    /** The same page about one bar only. */
    static String closer(Address here, Range range, Period bucket) {
        var to = bucket.to();
        return here.without("range")
                .with("from", local(bucket.from(), range.zone()))
                .with("to", local(to, range.zone()))
                .with(
                        "granularity",
                        switch (range.granularity()) {
                            case MONTH, WEEK -> "day";
                            case DAY, HOUR -> "hour";
                        })
                .toString();
    }

    private static String local(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDateTime().toString();
    }

    private static Words sentence(Range range, Shown shown, StackedBars bars, Format format) {
        var trend = Trend.of(whole(range, bars.totals()));
        if (trend.shape() == Trend.Shape.EMPTY) {
            return Words.of(
                    "usage.trend.empty",
                    Amounts.within(range.period(), range.zone(), format.now()));
        }
        var biggest = bars.series().getFirst();
        var share =
                biggest.total()
                        .multiply(BigDecimal.valueOf(100))
                        .divide(bars.total(), 0, RoundingMode.HALF_UP)
                        .toPlainString();
        return Words.of(
                "usage.trend." + trend.shape().name().toLowerCase(Locale.ROOT),
                shown.number(format, trend.first()),
                shown.number(format, trend.last()),
                shown.unit(),
                bars.labels().get(trend.peak()),
                shown.number(format, trend.highest()),
                bars.series().size() > 1
                        ? Words.of("usage.trend.biggest", biggest.label(), share)
                        : Words.verbatim(""));
    }

    /** Without the first and the last day when they are cut off: they would look like a change. */
    private static List<BigDecimal> whole(Range range, List<BigDecimal> totals) {
        if (totals.size() < 4) {
            return totals;
        }
        var period = range.period();
        var begins = Amounts.endsOfItself(period.from(), range.granularity(), range.zone());
        var ends = Amounts.endsOfItself(period.to(), range.granularity(), range.zone());
        List<BigDecimal> whole = new ArrayList<>(totals);
        if (!begins) {
            whole.set(0, BigDecimal.ZERO);
        }
        if (!ends) {
            whole.set(whole.size() - 1, BigDecimal.ZERO);
        }
        return whole.stream().allMatch(amount -> amount.signum() == 0) ? totals : whole;
    }

    private static List<TwinRow> twin(StackedBars bars, Format format, Shown shown) {
        return bars.rows().stream()
                .map(row ->
                        new TwinRow(
                                row.label(),
                                row.href(),
                                row.cells().stream()
                                        .map(cell -> shown.number(format, cell))
                                        .toList(),
                                shown.number(format, row.total())))
                .toList();
    }

    /** What each resource costs; nothing without prices. */
    private static Map<String, BigDecimal> money(@Nullable Costs costs) {
        Map<String, BigDecimal> money = new HashMap<>();
        if (costs != null) {
            costs.now()
                    .lines()
                    .forEach(line -> money.merge(line.resource(), line.amount(), BigDecimal::add));
        }
        return money;
    }

    /** Those that come to the most first. */
    private static List<ResourceTotals> resources(
            Visit visit, UsageReading reading, Shown shown, Map<String, BigDecimal> money) {
        var stack = visit.here().get("stack");
        return reading.resources().stream()
                .filter(line -> {
                    var own = line.resource().stack();
                    return stack.isEmpty() || own != null && own.id().equals(stack);
                })
                .sorted(
                        Comparator.<ResourceTotals, BigDecimal>comparing(line ->
                                        Objects.requireNonNullElse(
                                                amount(line, shown, money), BigDecimal.ZERO))
                                .reversed())
                .toList();
    }

    private static @Nullable BigDecimal amount(
            ResourceTotals line, Shown shown, Map<String, BigDecimal> money) {
        var measure = shown.measure();
        return measure == null ? money.get(line.resource().id()) : line.amounts().get(measure);
    }

    private static ResourceRow row(
            Visit visit, ResourceTotals line, Shown shown, @Nullable BigDecimal amount) {
        var format = visit.format();
        var resource = line.resource();
        var stack = resource.stack();
        var ended = resource.endedAt();
        return new ResourceRow(
                icon(Objects.requireNonNull(resource.kind())),
                resource.name(),
                resourceHref(visit, resource.id()),
                stack == null ? null : stack.name(),
                stack == null ? null : visit.here().with("stack", stack.id()) + "#resources",
                ended == null ? Words.of("usage.there") : Words.of("usage.gone", ended),
                ended != null,
                amount == null ? "–" : shown.number(format, amount),
                line.amounts().entrySet().stream()
                        .filter(entry -> entry.getKey() != shown.measure())
                        .map(entry ->
                                format.say(Amounts.title(entry.getKey()))
                                        + " "
                                        + Amounts.full(format, entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(" · ")));
    }

    static String icon(ResourceKind kind) {
        return switch (kind) {
            case INSTANCE -> "server";
            case VOLUME, SNAPSHOT, BACKUP -> "volume";
            case IMAGE -> "image";
            case FLOATING_IP -> "globe";
            case ROUTER -> "router";
        };
    }

    Optional<ResourcePage> resource(Visit visit, String id) {
        var range = range(visit);
        return usage.resource(visit.viewer(), id, range.period())
                .map(found -> resource(visit, range, found));
    }

    private ResourcePage resource(Visit visit, Range range, ResourceUsage found) {
        var format = visit.format();
        var resource = found.resource();
        return new ResourcePage(
                resource.name(),
                at(visit.path("usage"), visit.here()).toString(),
                resourceAnswer(range, found, format),
                facts(visit, found),
                presets(visit.here(), range),
                found.totals().entrySet().stream()
                        .map(e ->
                                new ResourcePage.Figure(
                                        Amounts.title(e.getKey()),
                                        Amounts.number(format, e.getValue()),
                                        Amounts.unit(e.getKey())))
                        .toList(),
                found.intervals().stream().map(line -> life(format, line)).toList(),
                found.meters().stream().map(line -> meter(visit, resource.id(), line)).toList());
    }

    private static Words resourceAnswer(Range range, ResourceUsage found, Format format) {
        var when = Amounts.within(range.period(), range.zone(), format.now());
        if (found.totals().isEmpty()) {
            return Words.of("usage.resource.none", found.resource().name(), when);
        }
        return Words.of(
                "usage.resource.answer",
                found.resource().name(),
                found.totals().entrySet().stream()
                        .limit(3)
                        .map(e -> Amounts.full(format, e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ")),
                when);
    }

    private static List<Fact> facts(Visit visit, ResourceUsage found) {
        var resource = found.resource();
        List<Fact> facts = new ArrayList<>();
        var kind = resource.kind();
        if (kind != null) {
            facts.add(
                    Fact.of(
                            "usage.resource.kind",
                            Words.of("usage.kind." + kind.name().toLowerCase(Locale.ROOT))));
        }
        var stack = resource.stack();
        if (stack != null) {
            facts.add(
                    Fact.of("usage.resource.stack", stack.name())
                            .leadingTo(visit.path("stacks", stack.id())));
        }
        facts.add(Fact.of("usage.resource.first", visit.format().dateTime(resource.firstSeen())));
        var ended = resource.endedAt();
        facts.add(
                Fact.of(
                        "usage.resource.state",
                        ended == null ? Words.of("usage.there") : Words.of("usage.gone", ended)));
        facts.add(Fact.mono("usage.resource.id", resource.id()));
        return facts;
    }

    private static ResourcePage.LifeRow life(Format format, LifecycleLine line) {
        var interval = line.interval();
        var begun = line.begunBy();
        return new ResourcePage.LifeRow(
                interval.from(),
                interval.to(),
                interval.state(),
                size(format, interval.size()),
                line.amounts().entrySet().stream()
                        .map(e -> Amounts.full(format, e.getKey(), e.getValue()))
                        .collect(Collectors.joining(" · ")),
                begun == null ? null : begun.eventType(),
                begun == null ? null : begun.requestId(),
                interval.estimated());
    }

    private static String size(Format format, Size size) {
        List<String> parts = new ArrayList<>();
        if (size.vcpus().signum() > 0) {
            parts.add(size.vcpus().toPlainString() + " vCPU");
            parts.add(format.mebibytes(size.ramMb().longValue()));
        }
        var disk = size.diskGb().add(size.gb());
        if (disk.signum() > 0) {
            parts.add(Amounts.number(format, disk) + " GB");
        }
        return String.join(" · ", parts);
    }

    private static ResourcePage.MeterRow meter(Visit visit, String id, MeterLine line) {
        var format = visit.format();
        var unit = " " + line.meter().unit();
        return new ResourcePage.MeterRow(
                line.meter().name(),
                line.meter().type().name().toLowerCase(Locale.ROOT),
                reading(format, line.last()) + unit,
                line.meter().type() == MeterType.GAUGE
                        ? ""
                        : reading(format, line.increase()) + unit,
                line.samples(),
                at(visit.path("usage", "resources", id, "samples"), visit.here())
                        .with("meter", line.meter().name())
                        .toString());
    }

    /** Exact, with its digits in groups. */
    private static String reading(Format format, BigDecimal number) {
        return format.decimal(number, Math.max(0, number.stripTrailingZeros().scale()));
    }

    Optional<SamplesPage> samples(Visit visit, String id, String meter, int most) {
        var range = range(visit);
        var viewer = visit.viewer();
        return usage.resource(viewer, id, range.period())
                .map(found -> {
                    var lines = usage.samples(viewer, id, meter, range.period(), most + 1);
                    var unit =
                            found.meters().stream()
                                    .map(MeterLine::meter)
                                    .filter(m -> m.name().equals(meter))
                                    .findFirst()
                                    .map(m -> m.unit())
                                    .orElse("");
                    var base = visit.path("usage", "resources", id, "samples");
                    return new SamplesPage(
                            found.resource().name(),
                            resourceHref(visit, id),
                            at(visit.path("usage"), visit.here()).toString(),
                            meter,
                            unit,
                            Words.of(
                                    lines.isEmpty() ? "usage.samples.none" : "usage.samples.answer",
                                    meter,
                                    found.resource().name(),
                                    Amounts.within(
                                            range.period(), range.zone(), visit.format().now())),
                            presets(visit.here(), range),
                            new Address(base + "/data", visit.here().parameters()).toString(),
                            new Address(base + ".csv", visit.here().parameters()).toString(),
                            lines.stream()
                                    .limit(most)
                                    .map(line -> sample(visit.format(), line))
                                    .toList(),
                            lines.size() > most);
                });
    }

    private static SamplesPage.Row sample(Format format, SampleLine line) {
        var origin = line.origin();
        var known = !origin.eventType().isEmpty();
        return new SamplesPage.Row(
                line.at(),
                reading(format, line.volume()),
                known ? origin.eventType() : null,
                known ? origin.at() : null,
                origin.publisher(),
                origin.requestId(),
                origin.messageId());
    }
}
