package dev.stackwright.metering;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.Databases;
import dev.stackwright.OutsideCloud;
import dev.stackwright.TestPostgres;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.store.MeteredMonths;
import dev.stackwright.metering.store.MeteringDatabase;
import dev.stackwright.metering.store.MeteringStore;
import dev.stackwright.metering.store.Packer;
import dev.stackwright.metering.store.UsageStore;
import dev.stackwright.rating.PriceBooks;
import dev.stackwright.rating.hashmap.Rule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast samples come in and how few bytes they take, and how long the pages of usage take with
 * months of them. A figure is printed only when what is stored is what was sent.
 */
final class MeteringBench {

    private static final int PROJECTS = Integer.getInteger("projects", 50);
    private static final int DAYS = Integer.getInteger("days", 60);
    private static final int POLLS = Integer.getInteger("polls", 144);
    private static final int WARM = Integer.getInteger("warm", 20);
    private static final int ROUNDS = Integer.getInteger("rounds", 40);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MeteringBench() {}

    public static void main(String[] words) throws Exception {
        var wanted =
                words.length == 0
                        ? List.of(
                                "ingest-postgresql",
                                "ingest-h2",
                                "bytes-postgresql",
                                "pages-postgresql",
                                "pages-h2")
                        : Arrays.asList(words);
        for (var word : wanted) {
            switch (word) {
                case "ingest-postgresql" -> ingestPostgres();
                case "bytes-postgresql" -> bytesPostgres();
                case "ingest-h2" -> ingest("h2", Databases.h2());
                case "pages-postgresql" -> pagesPostgres();
                case "pages-h2" -> pages("h2");
                default -> throw new IllegalArgumentException(word);
            }
        }
        System.exit(0);
    }

    private static void ingestPostgres() {
        try (var postgres = new TestPostgres()) {
            var url = postgres.create("metering");
            Databases.migrate(url, "postgres");
            var source = new com.zaxxer.hikari.HikariDataSource();
            source.setJdbcUrl(url);
            source.setUsername("postgres");
            ingest("postgresql", source);
            source.close();
        }
    }

    /** A thousand instances in twenty projects, ten meters each, a poll every ten minutes. */
    private static void ingest(String name, DataSource source) {
        var database = new MeteringDatabase(source);
        var store = new MeteringStore(database);
        var jdbc = new JdbcTemplate(source);
        var begin = Instant.parse("2026-03-02T00:00:00Z");
        var months = new MeteredMonths(database, "north", begin);
        Map<String, long[]> state = new HashMap<>();
        long sent = 0;
        long spent = 0;
        long again = 0;
        Map<String, BigDecimal> first = new HashMap<>();
        Map<String, BigDecimal> last = new HashMap<>();
        for (int poll = 0; poll < POLLS; poll++) {
            var at = begin.plus(Duration.ofMinutes(10L * poll));
            for (int half = 0; half < 2; half++) {
                List<Sample> batch = new ArrayList<>();
                for (int p = 0; p < 10; p++) {
                    batch.addAll(months.poll("project-" + (half * 10 + p), 0, 50, at, state));
                }
                for (var sample : batch) {
                    if (sample.meter().name().equals("network.outgoing.bytes")) {
                        first.putIfAbsent(sample.resource(), sample.volume());
                        last.put(sample.resource(), sample.volume());
                    }
                }
                var started = System.nanoTime();
                store.keep(batch, List.of());
                spent += System.nanoTime() - started;
                sent += batch.size();
                if (poll % 24 == 0) {
                    // Redelivered: it must not count again.
                    store.keep(batch.subList(0, batch.size() / 4), List.of());
                    again += batch.size() / 4;
                }
            }
        }
        check(sent, jdbc.queryForObject("select count(*) from sample_hot", Long.class));
        var grown = BigDecimal.ZERO;
        for (var resource : last.keySet()) {
            grown = grown.add(last.get(resource).subtract(first.get(resource)));
        }
        check(
                grown,
                jdbc.queryForObject(
                        "select sum(h.increase) from sample_hour h join metered_series s on"
                                + " s.project_id = h.project_id and s.series_id = h.series_id where"
                                + " s.meter = 'network.outgoing.bytes'",
                        BigDecimal.class));
        say("%s: %d samples in batches of 5000, %d of them again", name, sent, again);
        figure("ingest-" + name + "-per-s", sent / (spent / 1e9), "samples/s");
        var packing = System.nanoTime();
        var end = begin.plus(Duration.ofDays(2 + POLLS / 144));
        var packed = new Packer(database).pack(end, end);
        check(sent, packed.samples());
        check(sent, jdbc.queryForObject("select sum(samples) from sample_pack", Long.class));
        say("packed in %.1f s", seconds(packing));
    }

    /** A month of a hundred instances, all but three hours of it packed. */
    private static void bytesPostgres() {
        try (var postgres = new TestPostgres()) {
            var url = postgres.create("bytes");
            Databases.migrate(url, "postgres");
            var source = new com.zaxxer.hikari.HikariDataSource();
            source.setJdbcUrl(url);
            source.setUsername("postgres");
            var months = new MeteredMonths(new MeteringDatabase(source), "north", Instant.now());
            for (int p = 0; p < 5; p++) {
                months.project("project-" + p, 20, 0, 30, 10);
            }
            var jdbc = new JdbcTemplate(source);
            check(
                    months.samples(),
                    jdbc.queryForObject(
                            "select (select sum(samples) from sample_pack) + (select count(*) from"
                                    + " sample_hot)",
                            Long.class));
            say("%d samples, loaded through the codec", months.samples());
            bytes(jdbc, months.samples());
            source.close();
        }
    }

    private static void bytes(JdbcTemplate jdbc, long sent) {
        for (var table :
                List.of(
                        "sample_hot",
                        "sample_hour",
                        "sample_pack",
                        "sample_hour_pack",
                        "metered_event",
                        "metered_series")) {
            jdbc.execute("vacuum full " + table);
        }
        long raw = size(jdbc, "sample_hot", "sample_pack", "metered_event", "metered_series");
        long rollups = size(jdbc, "sample_hour", "sample_hour_pack");
        figure("bytes-per-sample", raw / (double) sent, "B");
        figure("bytes-per-sample-rollups", (raw + rollups) / (double) sent, "B");
    }

    private static long size(JdbcTemplate jdbc, String... tables) {
        long size = 0;
        for (var table : tables) {
            var bytes =
                    jdbc.queryForObject(
                            "select pg_total_relation_size('" + table + "')", Long.class);
            long known = bytes == null ? 0 : bytes;
            say("  %s: %d bytes", table, known);
            size += known;
        }
        return size;
    }

    private static void pagesPostgres() throws Exception {
        try (var postgres = new TestPostgres()) {
            var url = postgres.create("pages");
            pages(
                    "postgresql",
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres");
        }
    }

    /** The whole application over HTTP: a project with 500 resources, and others with 60 each. */
    private static void pages(String name, String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("stackwright-metering-");
        try (var cloud = new OutsideCloud(folder)) {
            var all = new ArrayList<>(List.of(arguments));
            all.add("--stackwright.metering.collect=false");
            try (var app = App.fresh(cloud.and(all.toArray(String[]::new)))) {
                pages(name, app, cloud);
            }
        }
    }

    private static void pages(String name, App app, OutsideCloud cloud) {
        var now = Instant.now();
        var loading = System.nanoTime();
        var months = new MeteredMonths(app.bean(MeteringDatabase.class), "outside", now);
        var shop = months.project(DemoCloud.projectId("shop"), 250, 250, DAYS, 10);
        for (int i = 1; i < PROJECTS; i++) {
            months.project("project-" + i, 20, 40, DAYS, 5);
        }
        if (name.equals("postgresql")) {
            new JdbcTemplate(app.bean(DataSource.class)).execute("analyze");
        }
        say(
                "%s: %d samples of %d days in %d projects, loaded in %.0f s, all but three hours"
                        + " of them through the codec",
                name, months.samples(), DAYS, PROJECTS, seconds(loading));
        publish(app.bean(PriceBooks.class), now);
        var alice = Client.of(app, "alice");
        var usage = cloud.project("shop") + "/usage";
        var month = now.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        long expected =
                shop.grown(
                        "network.outgoing.bytes",
                        month.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        Instant.now());
        check(expected, told(alice, usage));
        List<Double> times = new ArrayList<>();
        for (var query :
                System.getProperty("queries") != null
                        ? List.of(System.getProperty("queries").split(" "))
                        : List.of(
                                "",
                                "?zone=UTC",
                                "?range=30d",
                                "?by=meter",
                                "?meter=network.outgoing.bytes")) {
            times.addAll(times(alice, usage + query, "Usage"));
        }
        figure("usage-page-p95-ms-" + name, percentile(times, 0.95), "ms");
        var ada = Client.of(app, "ada");
        figure(
                "all-projects-p95-ms-" + name,
                percentile(times(ada, "/c/outside/admin/usage", "Usage"), 0.95),
                "ms");
        series(name, app, shop, now);
    }

    /** How much the figures of the page say that went out this month, in bytes. */
    private static long told(Client alice, String usage) {
        var file =
                JsonMapper.shared()
                        .readTree(
                                alice.get(
                                                usage
                                                        + "/figures?zone=UTC&by=none&meter=network.outgoing.bytes")
                                        .body());
        var sum = BigDecimal.ZERO;
        for (var amount : file.get("slices").get(0).get("amounts")) {
            sum = sum.add(amount.decimalValue());
        }
        return sum.multiply(BigDecimal.valueOf(1L << 30))
                .setScale(0, java.math.RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static void publish(PriceBooks books, Instant now) {
        var cloud = new CloudName("outside");
        var draft = books.draft(cloud, "ada");
        books.change(
                cloud,
                draft.number(),
                draft.revision(),
                "EUR",
                "",
                List.of(
                        Rule.flat("vcpus", "0.0123"),
                        Rule.flat("memory", "0.004"),
                        Rule.flat("volume.size", "0.00037"),
                        Rule.flat("ip.floating", "0.005"),
                        Rule.flat("network.outgoing.bytes", "0.02")),
                "ada");
        books.publish(
                cloud,
                draft.number(),
                draft.revision() + 1,
                now.minus(Duration.ofDays(200)),
                "ada");
    }

    /** How long the threads that answer requests have been at work, the database server's apart. */
    private static long served() {
        long nanos = 0;
        for (var thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("-exec-")) {
                nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos;
    }

    private static List<Double> times(Client person, String path, String word) {
        List<Double> times = new ArrayList<>();
        long spent = 0;
        for (int round = 0; round < WARM + ROUNDS; round++) {
            if (round == WARM) {
                spent = served();
            }
            var began = System.nanoTime();
            var answer = person.get(path);
            var took = seconds(began) * 1000;
            if (answer.status() != 200 || !answer.body().contains(word)) {
                throw new IllegalStateException(path + " answered " + answer.status());
            }
            if (round >= WARM) {
                times.add(took);
            }
        }
        say(
                "  %-70s p50 %.1f ms, p95 %.1f ms, %.1f ms of CPU to answer",
                path,
                percentile(times, 0.5),
                percentile(times, 0.95),
                (served() - spent) / 1e6 / ROUNDS);
        return times;
    }

    /** The growth of one counter of one resource in thirty days. */
    private static void series(String name, App app, MeteredMonths.Written shop, Instant now) {
        var store = app.bean(UsageStore.class);
        var alice =
                new Viewer(
                        new CloudName("outside"),
                        new ProjectId(DemoCloud.projectId("shop")),
                        new UserId("alice"),
                        Set.of("member"),
                        false);
        var month =
                new Period(
                        now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(30)),
                        now.plusSeconds(3600));
        List<Double> times = new ArrayList<>();
        var all = BigDecimal.ZERO;
        for (var instance : shop.instances()) {
            var began = System.nanoTime();
            var series = store.series(alice, instance, "network.outgoing.bytes").orElseThrow();
            var grown = BigDecimal.ZERO;
            for (var hour : store.hours(alice, series, month)) {
                grown = grown.add(hour.increase());
            }
            times.add(seconds(began) * 1000);
            all = all.add(grown);
        }
        check(shop.grown("network.outgoing.bytes", month.from(), month.to()), all.longValueExact());
        figure("series-30d-ms-" + name, percentile(times.subList(50, times.size()), 0.95), "ms");
    }

    private static void check(Object expected, @Nullable Object found) {
        var same =
                expected instanceof BigDecimal number && found instanceof BigDecimal other
                        ? number.compareTo(other) == 0
                        : expected.equals(found);
        if (!same) {
            throw new IllegalStateException("Expected " + expected + ", found " + found);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double percentile(List<Double> times, double part) {
        var sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * part))];
    }

    private static void figure(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "figure %s %.1f %s%n", name, value, unit);
    }

    private static void say(String format, Object... words) {
        System.out.printf(Locale.ROOT, format + "%n", words);
    }
}
