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

    /** Said first when there is something to say of them. */
    private static final List<Measure> HEADLINES =
            List.of(Measure.VCPUS, Measure.VOLUME, Measure.MEMORY, Measure.FLOATING_IP);

    private final Usage usage;

    UsagePages(Usage usage) {
        this.usage = usage;
    }

    Range range(Visit visit) {
        return Range.of(visit.here(), visit.format().zone(), visit.format().now());
    }

    UsagePage usage(Visit visit) {
        var format = visit.format();
        var range = range(visit);
        var totals = usage.totals(visit.viewer(), range.period());
        var before = usage.totals(visit.viewer(), range.compared());
        var query = query(visit, range, totals);
        var bars = bars(visit, range, usage.breakdown(visit.viewer(), query));
        var resources = resourceRows(visit, range, query.measure());
        var stack = visit.here().get("stack");
        return new UsagePage(
                answer(visit, range, totals, before),
                Amounts.stretch(range.period(), range.zone(), format.now()),
                Amounts.stretch(range.compared(), range.zone(), format.now()),
                range.errors(),
                presets(visit.here(), range),
                fields(range),
                kept(visit.here()),
                measureRows(visit, query.measure(), totals, before),
                Amounts.title(query.measure()),
                Amounts.unit(query.measure()),
                Words.of(
                        "usage.per." + range.granularity().name().toLowerCase(Locale.ROOT),
                        Amounts.unit(query.measure())),
                splits(visit.here(), query.split()),
                sentence(range, query.measure(), bars, format),
                bars,
                twin(bars, format),
                bars.series().stream().map(s -> Amounts.number(format, s.total())).toList(),
                Amounts.number(format, bars.total()),
                Plot.of(bars, 1140, 234),
                at(visit, "data"),
                at(visit, "figures.csv"),
                at(visit, "figures"),
                resources.stream().limit(MOST_RESOURCES).toList(),
                Math.max(0, resources.size() - MOST_RESOURCES),
                stack.isEmpty() ? null : filtered(resources, stack),
                stack.isEmpty() ? null : visit.here().without("stack").toString(),
                usage.meteredUntil(visit.viewer())
                        .map(until -> Words.of("usage.until", until))
                        .orElse(Words.of("usage.never")));
    }

    private static Words filtered(List<ResourceRow> rows, String stack) {
        return rows.stream()
                .map(ResourceRow::stack)
                .filter(Objects::nonNull)
                .findFirst()
                .map(name -> Words.of("usage.ofstack", name))
                .orElse(Words.of("usage.ofstack", stack));
    }

    StackedBars bars(Visit visit) {
        var range = range(visit);
        var totals = usage.totals(visit.viewer(), range.period());
        return bars(visit, range, usage.breakdown(visit.viewer(), query(visit, range, totals)));
    }

    UsageFile file(Visit visit) {
        var range = range(visit);
        var totals = usage.totals(visit.viewer(), range.period());
        var breakdown = usage.breakdown(visit.viewer(), query(visit, range, totals));
        return new UsageFile(
                breakdown.measure().id(),
                visit.format().say(Amounts.unit(breakdown.measure())),
                breakdown.buckets(),
                breakdown.slices().stream()
                        .map(s -> new UsageFile.Slice(s.id(), s.label(), s.amounts()))
                        .toList());
    }

    private static UsageQuery query(Visit visit, Range range, Map<Measure, BigDecimal> totals) {
        var measure =
                Measure.find(visit.here().get("meter"))
                        .orElseGet(() ->
                                HEADLINES.stream()
                                        .filter(totals::containsKey)
                                        .findFirst()
                                        .or(() -> totals.keySet().stream().findFirst())
                                        .orElse(Measure.VCPUS));
        var split =
                switch (visit.here().get("by")) {
                    case "stack" -> Split.STACK;
                    case "none" -> Split.NONE;
                    default -> Split.RESOURCE;
                };
        return new UsageQuery(measure, range.period(), range.granularity(), range.zone(), split);
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

    private static List<Choice> presets(Address here, Range range) {
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
            Measure chosen,
            Map<Measure, BigDecimal> totals,
            Map<Measure, BigDecimal> before) {
        List<MeasureRow> rows = new ArrayList<>();
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
                            measure == chosen));
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

    private static List<Choice> splits(Address here, Split split) {
        return List.of(
                new Choice(
                        Words.of("usage.by.resource"),
                        here.without("by").toString(),
                        split == Split.RESOURCE),
                new Choice(
                        Words.of("usage.by.stack"),
                        here.with("by", "stack").toString(),
                        split == Split.STACK),
                new Choice(
                        Words.of("usage.by.none"),
                        here.with("by", "none").toString(),
                        split == Split.NONE));
    }

    private static StackedBars bars(Visit visit, Range range, Breakdown breakdown) {
        var format = visit.format();
        // The data of the chart has an address of its own; its links lead to pages all the same.
        var page = new Address(visit.path("usage"), visit.here().parameters());
        List<String> labels = new ArrayList<>();
        List<String> hrefs = new ArrayList<>();
        for (var bucket : breakdown.buckets()) {
            labels.add(label(bucket, range, format.now()));
            hrefs.add(closer(page, range, bucket));
        }
        var stacks = visit.here().get("by").equals("stack");
        var parts =
                breakdown.slices().stream()
                        .map(slice ->
                                new Series(
                                        name(slice, visit),
                                        href(slice, stacks, visit, page),
                                        slice.amounts()))
                        .toList();
        return StackedBars.of(
                labels,
                hrefs,
                parts,
                format.say(Amounts.unit(breakdown.measure())),
                format.say("usage.other"));
    }

    private static String name(Breakdown.Slice slice, Visit visit) {
        if (slice.label() != null) {
            return slice.label();
        }
        return visit.format()
                .say(visit.here().get("by").equals("stack") ? "usage.nostack" : "usage.whole");
    }

    private static @Nullable String href(
            Breakdown.Slice slice, boolean stacks, Visit visit, Address page) {
        if (slice.id() == null) {
            return null;
        }
        return stacks
                ? page.with("stack", slice.id()).without("by") + "#resources"
                : resourceHref(visit, slice.id());
    }

    private static String resourceHref(Visit visit, String id) {
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

    private static String label(Period bucket, Range range, Instant now) {
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
    private static String closer(Address here, Range range, Period bucket) {
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

    private static Words sentence(Range range, Measure measure, StackedBars bars, Format format) {
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
                Amounts.number(format, trend.first()),
                Amounts.number(format, trend.last()),
                Amounts.unit(measure),
                bars.labels().get(trend.peak()),
                Amounts.number(format, trend.highest()),
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

    private static List<TwinRow> twin(StackedBars bars, Format format) {
        return bars.rows().stream()
                .map(row ->
                        new TwinRow(
                                row.label(),
                                row.href(),
                                row.cells().stream()
                                        .map(cell -> Amounts.number(format, cell))
                                        .toList(),
                                Amounts.number(format, row.total())))
                .toList();
    }

    private List<ResourceRow> resourceRows(Visit visit, Range range, Measure measure) {
        var stack = visit.here().get("stack");
        return usage.resources(visit.viewer(), range.period()).stream()
                .filter(line -> {
                    var own = line.resource().stack();
                    return stack.isEmpty() || own != null && own.id().equals(stack);
                })
                .sorted(
                        Comparator.<ResourceTotals, BigDecimal>comparing(line ->
                                        line.amounts().getOrDefault(measure, BigDecimal.ZERO))
                                .reversed())
                .map(line -> row(visit, line, measure))
                .toList();
    }

    private static ResourceRow row(Visit visit, ResourceTotals line, Measure measure) {
        var format = visit.format();
        var resource = line.resource();
        var stack = resource.stack();
        var ended = resource.endedAt();
        var amount = line.amounts().get(measure);
        return new ResourceRow(
                icon(Objects.requireNonNull(resource.kind())),
                resource.name(),
                resourceHref(visit, resource.id()),
                stack == null ? null : stack.name(),
                stack == null ? null : visit.here().with("stack", stack.id()) + "#resources",
                ended == null ? Words.of("usage.there") : Words.of("usage.gone", ended),
                ended != null,
                amount == null ? "–" : Amounts.number(format, amount),
                line.amounts().entrySet().stream()
                        .filter(entry -> entry.getKey() != measure)
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
