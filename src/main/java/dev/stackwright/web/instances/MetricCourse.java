package dev.stackwright.web.instances;

import dev.stackwright.inventory.ServerRow;
import dev.stackwright.metering.Course.Moment;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Period;
import dev.stackwright.web.chart.Canvas;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One metric of one instance over a stretch of time: its lines, in a unit that fits them. */
record MetricCourse(
        Metric metric,
        ServerRow server,
        Period period,
        boolean hourly,
        List<Line> lines,
        String unit,
        BigDecimal divisor) {

    private static final List<String> BYTES = List.of("B/s", "KB/s", "MB/s", "GB/s", "TB/s");
    private static final BigDecimal STEP = BigDecimal.valueOf(1024);

    /** One line: the values of one meter. */
    record Line(String meter, List<Moment> moments) {}

    static MetricCourse of(
            Metric metric,
            ServerRow server,
            Period period,
            boolean hourly,
            Function<String, List<Moment>> read) {
        List<Line> lines = new ArrayList<>();
        var highest = BigDecimal.ZERO;
        for (var meter : metric.meters()) {
            List<Moment> moments = new ArrayList<>();
            for (var moment : read.apply(meter)) {
                var value = metric.shown(moment.value(), server.vcpus());
                moments.add(new Moment(moment.at(), value));
                highest = highest.max(value);
            }
            if (!moments.isEmpty()) {
                lines.add(new Line(meter, moments));
            }
        }
        int power = 0;
        var divisor = BigDecimal.ONE;
        while (metric.isBytes()
                && power < BYTES.size() - 1
                && highest.compareTo(divisor.multiply(STEP)) >= 0) {
            divisor = divisor.multiply(STEP);
            power++;
        }
        return new MetricCourse(
                metric,
                server,
                period,
                hourly,
                lines,
                switch (metric) {
                    case CPU -> "%";
                    case MEMORY -> "MiB";
                    case DISK, NETWORK -> BYTES.get(power);
                },
                divisor);
    }

    String id() {
        return metric.id();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    MetricsPage.Chart chart(Format format, String data) {
        return new MetricsPage.Chart(
                id(),
                metric.title(),
                unit,
                says(format),
                data,
                lines.stream().map(line -> format.say(metric.line(line.meter()))).toList(),
                rows(format));
    }

    /** "On average 12 %, at the most 64 % at 22 Nov, 03:10." */
    private Words says(Format format) {
        if (isEmpty()) {
            return Words.of("instances.metrics.empty");
        }
        List<Words> parts = new ArrayList<>();
        for (var line : lines) {
            var highest =
                    line.moments().stream()
                            .max(java.util.Comparator.comparing(Moment::value))
                            .orElseThrow();
            parts.add(
                    Words.of(
                            "instances.metrics.says",
                            metric.line(line.meter()),
                            full(format, mean(line.moments())),
                            full(format, highest.value()),
                            when(format, highest.at())));
        }
        return parts.size() == 1
                ? parts.getFirst()
                : Words.of("instances.metrics.both", parts.get(0), parts.get(1));
    }

    private String full(Format format, BigDecimal value) {
        return number(format, value) + "\u00a0" + unit;
    }

    private String number(Format format, BigDecimal value) {
        var scaled = value.divide(divisor, MathContext.DECIMAL64);
        return format.decimal(scaled, scaled.compareTo(BigDecimal.valueOf(100)) < 0 ? 1 : 0);
    }

    private static BigDecimal mean(List<Moment> moments) {
        return moments.stream()
                .map(Moment::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(moments.size()), MathContext.DECIMAL64);
    }

    /** The mean and the highest of each hour of a day, or of each day. */
    private List<MetricsPage.Row> rows(Format format) {
        if (isEmpty()) {
            return List.of();
        }
        List<MetricsPage.Row> rows = new ArrayList<>();
        var granularity = hourly ? Granularity.DAY : Granularity.HOUR;
        for (var bucket : period.cut(granularity, format.zone())) {
            List<String> cells = new ArrayList<>();
            var any = false;
            for (var line : lines) {
                var inside =
                        line.moments().stream()
                                .filter(moment -> bucket.contains(moment.at()))
                                .toList();
                any |= !inside.isEmpty();
                cells.add(inside.isEmpty() ? "–" : number(format, mean(inside)));
                cells.add(
                        inside.stream()
                                .map(Moment::value)
                                .max(BigDecimal::compareTo)
                                .map(highest -> number(format, highest))
                                .orElse("–"));
            }
            if (any) {
                rows.add(new MetricsPage.Row(when(format, bucket.from()), cells));
            }
        }
        return rows;
    }

    private String when(Format format, Instant at) {
        var pattern = hourly ? "d MMM, HH:mm" : "HH:mm";
        return DateTimeFormatter.ofPattern(pattern, Locale.UK).format(at.atZone(format.zone()));
    }

    /** All lines over the same times; a stretch without samples is a gap. */
    Canvas canvas(Format format) {
        Map<Instant, @Nullable Double[]> byTime = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            for (var moment : lines.get(i).moments()) {
                byTime.computeIfAbsent(moment.at(), _ -> new @Nullable Double[lines.size()])[i] =
                        moment.value().divide(divisor, MathContext.DECIMAL64).doubleValue();
            }
        }
        List<String> labels = new ArrayList<>();
        List<@Nullable Double[]> points = new ArrayList<>();
        @Nullable Instant before = null;
        for (var point : byTime.entrySet()) {
            if (before != null && gap(before, point.getKey())) {
                labels.add("");
                points.add(new @Nullable Double[lines.size()]);
            }
            labels.add(when(format, point.getKey()));
            points.add(point.getValue());
            before = point.getKey();
        }
        List<Canvas.Dataset> sets = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<@Nullable Double> data = new ArrayList<>();
            for (var point : points) {
                data.add(point[i]);
            }
            sets.add(
                    new Canvas.Dataset(
                            format.say(metric.line(lines.get(i).meter())), i + 1, null, data));
        }
        return new Canvas("line", labels, List.of(), sets, unit);
    }

    private boolean gap(Instant before, Instant at) {
        return Duration.between(before, at).compareTo(Duration.ofHours(hourly ? 2 : 1)) > 0;
    }
}
