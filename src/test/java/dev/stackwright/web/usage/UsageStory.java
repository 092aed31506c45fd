package dev.stackwright.web.usage;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Fact.What;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Sample;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.StackOf;
import dev.stackwright.metering.store.MeteringStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forty days of a small shop, for pages to show. */
final class UsageStory {

    static final String HOSTILE = "<img onerror=alert(1)>=cmd|\u202Egnp";

    private static final CloudName NORTH = new CloudName("north");
    private static final ProjectId SHOP = new ProjectId("shop");

    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    private UsageStory(Instant now) {
        this.now = now;
    }

    static void tell(MeteringStore store, Instant now) {
        var story = new UsageStory(now);
        story.server("web-1", "web_1", 2, 4096, 40, null);
        story.server("web-2", "web_2", 2, 4096, 40, null);
        story.server("db-1", "db", 4, 8192, 30, null);
        story.server("worker-7", "worker-7", 8, 16384, 18, 4);
        story.server("evil", HOSTILE, 1, 512, 3, null);
        for (int i = 1; i <= 6; i++) {
            story.life("etl-" + i, "etl_data_" + i, ResourceKind.VOLUME, storage(50), 18, null);
        }
        story.life("db-volume", "db_volume", ResourceKind.VOLUME, storage(100), 40, null);
        story.life("fip-1", "203.0.113.7", ResourceKind.FLOATING_IP, Size.NONE, 40, null);
        store.keep(story.samples, story.facts);
        Map<String, StackOf> stacks =
                Map.of(
                        "web-1", new StackOf("s1", "web-prod"),
                        "web-2", new StackOf("s1", "web-prod"),
                        "etl-1", new StackOf("s2", "etl"),
                        "etl-2", new StackOf("s2", "etl"),
                        "worker-7", new StackOf("s2", "etl"));
        store.belongTo(NORTH, "shop", stacks);
    }

    private static Size storage(long gb) {
        return Size.storage(BigDecimal.valueOf(gb));
    }

    private void server(
            String id, String name, long vcpus, long ram, int daysAgo, @Nullable Integer until) {
        life(id, name, ResourceKind.INSTANCE, Size.instance(vcpus, ram, 20), daysAgo, until);
        var from = now.minus(Duration.ofDays(daysAgo));
        var to = until == null ? now : now.minus(Duration.ofDays(until));
        long sent = 1000;
        for (var at = from; at.isBefore(to); at = at.plus(Duration.ofHours(2))) {
            sent += 40_000_000L + 10_000_000L * (at.getEpochSecond() / 7200 % 12);
            samples.add(
                    new Sample(
                            NORTH,
                            SHOP,
                            null,
                            id,
                            new Meter("network.outgoing.bytes", MeterType.CUMULATIVE, "B"),
                            BigDecimal.valueOf(sent),
                            at,
                            new Origin("poll " + at, "poll.diagnostics", at, null, null, null),
                            Map.of()));
        }
        var created =
                new Origin(
                        "m-" + id,
                        "compute.instance.create.end",
                        from,
                        "compute.c1",
                        "req-" + id,
                        "alice");
        samples.add(
                new Sample(
                        NORTH,
                        SHOP,
                        "alice",
                        id,
                        new Meter("vcpus", MeterType.GAUGE, "vcpu"),
                        BigDecimal.valueOf(vcpus),
                        from,
                        created,
                        Map.of()));
    }

    private void life(
            String id,
            String name,
            ResourceKind kind,
            Size size,
            int daysAgo,
            @Nullable Integer until) {
        var from = now.minus(Duration.ofDays(daysAgo));
        facts.add(fact(id, name, kind, What.BEGAN, from, size));
        if (until != null) {
            facts.add(fact(id, name, kind, What.ENDED, now.minus(Duration.ofDays(until)), size));
        }
    }

    private static Fact fact(
            String id, String name, ResourceKind kind, What what, Instant at, Size size) {
        return new Fact(
                NORTH,
                SHOP,
                id,
                kind,
                what,
                at,
                "active",
                size,
                null,
                name,
                new Origin(
                        what == What.BEGAN ? "m-" + id : "e-" + id,
                        kind == ResourceKind.INSTANCE
                                ? "compute.instance."
                                        + (what == What.BEGAN ? "create.end" : "delete.end")
                                : kind.meter()
                                        + "."
                                        + (what == What.BEGAN ? "create.end" : "delete.end"),
                        at,
                        "compute.c1",
                        "req-" + id,
                        "alice"));
    }
}
