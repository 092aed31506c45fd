package dev.stackwright.metering.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Sample;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.packed.HourPack;
import dev.stackwright.metering.packed.PollOrigin;
import dev.stackwright.metering.packed.Reading;
import dev.stackwright.metering.packed.SamplePack;
import dev.stackwright.metering.rollup.HourRollup;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Months of a project for benches: a poll every ten minutes of ten meters of each instance, with
 * volumes and addresses beside them. What is older than three hours is written as packs, through
 * the codec that packs; the rest comes in as samples do.
 */
public final class MeteredMonths {

    /**
     * The meters of a poll: six counters that grow by chance, a gauge, and three that hardly move.
     */
    private static final List<Meter> METERS =
            List.of(
                    new Meter("cpu", MeterType.CUMULATIVE, "ns"),
                    new Meter("network.incoming.bytes", MeterType.CUMULATIVE, "B"),
                    new Meter("network.outgoing.bytes", MeterType.CUMULATIVE, "B"),
                    new Meter("disk.read.bytes", MeterType.CUMULATIVE, "B"),
                    new Meter("disk.write.bytes", MeterType.CUMULATIVE, "B"),
                    new Meter("memory.usage", MeterType.GAUGE, "MiB"),
                    new Meter("network.incoming.packets", MeterType.CUMULATIVE, "packet"),
                    new Meter("network.outgoing.packets", MeterType.CUMULATIVE, "packet"),
                    new Meter("disk.read.requests", MeterType.CUMULATIVE, "request"),
                    new Meter("disk.write.requests", MeterType.CUMULATIVE, "request"));

    private static final Duration STEP = Duration.ofMinutes(10);
    private static final int ROWS_AT_ONCE = 4_000;

    private final MeteringDatabase database;
    private final MeteringStore store;
    private final CloudName cloud;
    private final Instant now;
    private final SplittableRandom dice = new SplittableRandom(17);
    private final PollOrigin polls = new PollOrigin();
    private final List<@Nullable Object[]> samplePacks = new ArrayList<>();
    private long samples;

    public MeteredMonths(MeteringDatabase database, String cloud, Instant now) {
        this.database = database;
        this.store = new MeteringStore(database);
        this.cloud = new CloudName(cloud);
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** How many samples were written. */
    public long samples() {
        return samples;
    }

    /** What a project was given: the growth of its counters, hour by hour. */
    public record Written(Map<String, TreeMap<Instant, Long>> growth, List<String> instances) {

        /** How much a counter grew in the hours that begin in a stretch. */
        public long grown(String meter, Instant from, Instant to) {
            return growth.getOrDefault(meter, new TreeMap<>()).subMap(from, to).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /**
     * @param instances with all meters
     * @param others volumes, and an address to every four of them
     */
    public Written project(String project, int instances, int others, int days, int meters) {
        lives(project, instances, others, days);
        var written = new Written(new HashMap<>(), new ArrayList<>());
        for (int i = 0; i < instances; i++) {
            written.instances().add(id(project, "i" + i));
        }
        var begin = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
        var loose = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
        List<Sample> late = new ArrayList<>();
        for (var meter : METERS.subList(0, meters)) {
            meter(project, meter, written, begin, loose, late);
        }
        flush();
        database.put(
                Table.PACKED,
                List.<@Nullable Object[]>of(
                        new @Nullable Object[] {project, SamplePack.day(loose) + 1}));
        late.sort(java.util.Comparator.comparing(Sample::at));
        for (int from = 0; from < late.size(); from += 20_000) {
            store.keep(late.subList(from, Math.min(late.size(), from + 20_000)), List.of());
        }
        samples += late.size();
        return written;
    }

    private static String id(String project, String name) {
        return UUID.nameUUIDFromBytes((project + name).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void lives(String project, int instances, int others, int days) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            life(
                    facts,
                    project,
                    "i" + i,
                    ResourceKind.INSTANCE,
                    Size.instance(1 << i % 4, 2048L << i % 4, 20).soldAs("m" + i % 4),
                    days + 1);
        }
        for (int i = 0; i < others; i++) {
            var address = i % 5 == 4;
            life(
                    facts,
                    project,
                    "o" + i,
                    address ? ResourceKind.FLOATING_IP : ResourceKind.VOLUME,
                    address ? Size.NONE : Size.storage(BigDecimal.valueOf(10 + i)),
                    i % 3 == 0 ? 1 + i % days : days);
        }
        store.keep(List.of(), facts);
    }

    private void life(
            List<Fact> facts,
            String project,
            String name,
            ResourceKind kind,
            Size size,
            int daysAgo) {
        var id = id(project, name);
        var at = now.minus(Duration.ofDays(daysAgo)).plusSeconds(dice.nextInt(80_000));
        facts.add(
                new Fact(
                        cloud,
                        new ProjectId(project),
                        id,
                        kind,
                        Fact.What.BEGAN,
                        at,
                        "active",
                        size,
                        null,
                        kind.meter() + "-" + name,
                        new Origin(
                                "began-" + id, kind.meter() + ".create.end", at, "c", "r", "u")));
    }

    private void meter(
            String project,
            Meter meter,
            Written written,
            Instant begin,
            Instant loose,
            List<Sample> late) {
        List<@Nullable Object[]> series = new ArrayList<>();
        var counters = new long[written.instances().size()];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = dice.nextLong(1L << 40);
            series.add(
                    new @Nullable Object[] {
                        project,
                        key(written.instances().get(i), meter),
                        cloud.value(),
                        written.instances().get(i),
                        meter.name(),
                        meter.type().name(),
                        meter.unit()
                    });
        }
        database.add(Table.SERIES, series);
        var growth = written.growth().computeIfAbsent(meter.name(), _ -> new TreeMap<>());
        for (var day = begin; day.isBefore(now); day = day.plus(Duration.ofDays(1))) {
            List<HourPack.OfResource> hours = new ArrayList<>();
            for (int i = 0; i < counters.length; i++) {
                hours.add(
                        day(
                                project,
                                written.instances().get(i),
                                meter,
                                day,
                                day.equals(begin),
                                loose,
                                counters,
                                i,
                                growth,
                                late));
            }
            pack(project, meter, day, hours);
        }
    }

    private long key(String resource, Meter meter) {
        return Ids.series(cloud.value(), resource, meter.name());
    }

    private HourPack.OfResource day(
            String project,
            String resource,
            Meter meter,
            Instant day,
            boolean first,
            Instant loose,
            long[] counters,
            int i,
            TreeMap<Instant, Long> growth,
            List<Sample> late) {
        List<Reading> readings = new ArrayList<>();
        var hours = new TreeMap<Integer, HourRollup>();
        var gauge = meter.type() == MeterType.GAUGE;
        for (int hour = 0; hour < 24; hour++) {
            var from = day.plus(Duration.ofHours(hour));
            List<Reading> ofHour = new ArrayList<>();
            long before = counters[i];
            long grown = 0;
            for (var at = from; at.isBefore(from.plusSeconds(3600)); at = at.plus(STEP)) {
                if (!at.isBefore(now)) {
                    break;
                }
                var nothingBefore = first && hour == 0 && at.equals(from);
                long step = gauge ? 0 : step(meter);
                counters[i] += step;
                grown += nothingBefore ? 0 : step;
                var volume =
                        gauge
                                ? BigDecimal.valueOf(900_000 + dice.nextInt(60_000))
                                        .divide(BigDecimal.valueOf(1024))
                                : BigDecimal.valueOf(counters[i]);
                ofHour.add(new Reading(at, volume, polls.key(0, at)));
            }
            if (ofHour.isEmpty()) {
                break;
            }
            growth.merge(from, grown, Long::sum);
            if (from.isBefore(loose)) {
                readings.addAll(ofHour);
                hours.put(hour, rollup(ofHour, gauge ? 0 : grown, before));
            } else {
                ofHour.forEach(reading -> late.add(sample(project, resource, meter, reading)));
            }
        }
        if (!readings.isEmpty()) {
            samples += readings.size();
            samplePacks.add(
                    new @Nullable Object[] {
                        project,
                        key(resource, meter),
                        SamplePack.day(day),
                        readings.size(),
                        SamplePack.write(readings, polls)
                    });
            if (samplePacks.size() >= ROWS_AT_ONCE) {
                flush();
            }
        }
        return new HourPack.OfResource(resource, meter.type(), hours);
    }

    private long step(Meter meter) {
        return switch (meter.name()) {
            case "cpu" -> dice.nextLong(600_000_000_000L);
            case "network.incoming.bytes", "network.outgoing.bytes" -> dice.nextLong(40_000_000);
            case "disk.read.bytes", "disk.write.bytes" -> 512L * dice.nextInt(40);
            default -> dice.nextInt(4) == 0 ? dice.nextInt(100) : 0;
        };
    }

    private static HourRollup rollup(List<Reading> readings, long grown, long before) {
        var sum = BigDecimal.ZERO;
        var low = readings.getFirst().volume();
        var high = low;
        for (var reading : readings) {
            sum = sum.add(reading.volume());
            low = low.min(reading.volume());
            high = high.max(reading.volume());
        }
        var last = readings.getLast();
        return new HourRollup(
                readings.size(),
                sum,
                low,
                high,
                last.at(),
                last.volume(),
                BigDecimal.valueOf(grown),
                0);
    }

    private Sample sample(String project, String resource, Meter meter, Reading reading) {
        var at = reading.at();
        return new Sample(
                cloud,
                new ProjectId(project),
                null,
                resource,
                meter,
                reading.volume(),
                at,
                new Origin("poll.diagnostics " + at, "poll.diagnostics", at, null, null, null),
                Map.of());
    }

    private void pack(String project, Meter meter, Instant day, List<HourPack.OfResource> hours) {
        var some = hours.stream().filter(one -> !one.hours().isEmpty()).toList();
        if (some.isEmpty()) {
            return;
        }
        var parts = HourPack.write(day, some);
        database.put(
                Table.HOUR_PACK,
                List.<@Nullable Object[]>of(
                        new @Nullable Object[] {
                            project,
                            cloud.value(),
                            meter.name(),
                            SamplePack.day(day),
                            0,
                            parts.grown(),
                            parts.rest(),
                            1L
                        }));
    }

    private void flush() {
        database.put(Table.SAMPLE_PACK, samplePacks);
        samplePacks.clear();
    }

    /** One poll of so many instances of a project, for ingest. */
    public List<Sample> poll(
            String project,
            int firstInstance,
            int instances,
            Instant at,
            Map<String, long[]> state) {
        List<Sample> poll = new ArrayList<>();
        for (var meter : METERS) {
            var counters = state.computeIfAbsent(project + meter.name(), _ -> new long[instances]);
            for (int i = 0; i < instances; i++) {
                counters[i] += step(meter);
                poll.add(
                        sample(
                                project,
                                id(project, "i" + (firstInstance + i)),
                                meter,
                                new Reading(
                                        at,
                                        meter.type() == MeterType.GAUGE
                                                ? BigDecimal.valueOf(900_000 + dice.nextInt(60_000))
                                                        .divide(BigDecimal.valueOf(1024))
                                                : BigDecimal.valueOf(counters[i]),
                                        polls.key(0, at))));
            }
        }
        return poll;
    }
}
