package dev.stackwright.metering.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stackwright.Databases;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Fact.What;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Sample;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.StackOf;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class MeteringStoreTest {

    private static final CloudName NORTH = new CloudName("north");
    private static final ProjectId SHOP = new ProjectId("shop");
    private static final Viewer ALICE = viewer("shop");
    private static final Viewer CHARLIE = viewer("lab");
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Period DAY = new Period(START, START.plusSeconds(86_400));

    enum Kind {
        H2,
        POSTGRES;

        MeteringDatabase database() {
            return new MeteringDatabase(this == H2 ? Databases.h2() : Databases.postgres());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyOrderAnySplitAndAnyRepetitionGivesTheSameFigures(Kind kind) {
        var dice = new Random(11);
        List<Object> story = story(dice);
        String expected = null;
        for (int run = 0; run < 4; run++) {
            var database = kind.database();
            var store = new MeteringStore(database);
            List<Object> told = new ArrayList<>(story);
            if (run > 0) {
                told.addAll(story.subList(0, story.size() / 3));
                Collections.shuffle(told, dice);
            }
            for (int from = 0; from < told.size(); ) {
                int to = Math.min(told.size(), from + 1 + dice.nextInt(run == 0 ? 400 : 40));
                tell(store, told.subList(from, to));
                from = to;
            }
            var found = figures(database);
            expected = expected == null ? found : expected;

            assertThat(found).isEqualTo(expected);
        }
        assertThat(expected).contains("hour ").contains("interval ").contains("resource ");
    }

    /** What a writer remembers of the store must never be more than what the store has. */
    @ParameterizedTest
    @EnumSource
    void writersInTurnAndTransactionsThatFailGiveTheSameFigures(Kind kind) {
        var dice = new Random(12);
        List<Object> story = inTime(story(dice));
        var whole = kind.database();
        tell(new MeteringStore(whole), story);
        String expected = figures(whole);
        for (int run = 0; run < 2; run++) {
            var database = kind.database();
            var writers = List.of(new MeteringStore(database), new MeteringStore(database));
            for (int from = 0; from < story.size(); ) {
                int to = Math.min(story.size(), from + 1 + dice.nextInt(30));
                var part = story.subList(dice.nextInt(5) == 0 ? from / 2 : from, to);
                // The first run changes hands often, the second seldom.
                var store = writers.get(dice.nextInt(run == 0 ? 2 : 8) == 0 ? 0 : 1);
                if (dice.nextInt(4) == 0) {
                    failing(database, () -> tell(store, part));
                }
                if (dice.nextBoolean()) {
                    database.inTransaction(() -> {
                        part.forEach(one -> tell(store, List.of(one)));
                        return true;
                    });
                } else {
                    tell(store, part);
                }
                from = to;
            }

            assertThat(figures(database)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void writersAtTheSameTimeGiveTheSameFigures(Kind kind) throws Exception {
        List<Object> story = inTime(story(new Random(13)));
        var whole = kind.database();
        tell(new MeteringStore(whole), story);
        var database = kind.database();
        var shared = new MeteringStore(database);
        var stores = List.of(shared, shared, new MeteringStore(database));
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < stores.size(); i++) {
            int own = i;
            work.add(() -> {
                for (int at = own; at < story.size(); at += stores.size()) {
                    tell(stores.get(own), List.of(story.get(at)));
                }
                return true;
            });
        }

        try (var threads = Executors.newFixedThreadPool(work.size())) {
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(figures(database)).isEqualTo(figures(whole));
    }

    private static List<Object> inTime(List<Object> story) {
        return story.stream()
                .sorted(
                        Comparator.comparing(
                                one -> one instanceof Sample s ? s.at() : ((Fact) one).at()))
                .toList();
    }

    private static void failing(MeteringDatabase database, Runnable work) {
        assertThatThrownBy(() ->
                        database.inTransaction(() -> {
                            work.run();
                            throw new IllegalStateException("on purpose");
                        }))
                .hasMessage("on purpose");
    }

    private static void tell(MeteringStore store, List<Object> part) {
        store.keep(
                part.stream().filter(Sample.class::isInstance).map(Sample.class::cast).toList(),
                part.stream().filter(Fact.class::isInstance).map(Fact.class::cast).toList());
    }

    /** Ten resources in two projects: counters with resets, lives with changes and hand-overs. */
    private static List<Object> story(Random dice) {
        List<Object> story = new ArrayList<>();
        for (int r = 0; r < 10; r++) {
            long counter = 1000;
            for (int minute = 0; minute < 600; minute += 10) {
                counter = dice.nextInt(20) == 0 ? 5 : counter + dice.nextInt(1000);
                story.add(poll("r" + r, minute, counter));
            }
            for (int step = 0; step < 6; step++) {
                var what = What.values()[dice.nextInt(What.values().length)];
                story.add(
                        fact(
                                "r" + r,
                                what,
                                dice.nextInt(600),
                                dice.nextInt(3) == 0 ? "lab" : "shop",
                                1 + dice.nextInt(4)));
            }
        }
        return story;
    }

    private static String figures(MeteringDatabase database) {
        return Stream.of(
                        "select 'hour ' || project_id || series_id || ' ' || hr || ' ' || samples"
                                + " || ' ' || total || ' ' || increase || ' ' || resets || ' ' ||"
                                + " last_value from sample_hour",
                        "select 'interval ' || project_id || resource_id || ' ' || from_ts || ' '"
                                + " || to_ts || state || vcpus || estimated from metered_interval",
                        "select 'resource ' || project_id || resource_id || ' ' || name ||"
                                + " first_seen || last_seen || coalesce(cast(ended_at as varchar), '')"
                                + " from metered_resource")
                .flatMap(sql -> database.jdbc().queryForList(sql, String.class).stream())
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void aLateSampleChangesItsOwnHourAndTheGrowthOfTheNext(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        store.keep(List.of(poll("a", 0, 100), poll("a", 130, 400)), List.of());

        store.keep(List.of(poll("a", 50, 450)), List.of());

        var usage = new UsageStore(database);
        var series = usage.series(ALICE, "a", "network.outgoing.bytes").orElseThrow();
        assertThat(usage.hours(ALICE, series, DAY))
                .extracting(hour -> hour.increase().longValue())
                .containsExactly(350L, 400L);
    }

    @ParameterizedTest
    @EnumSource
    void growthIsThatOfEverySeriesAlsoOfThoseThatCameAfterTheFirstQuestion(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        var usage = new UsageStore(database);
        var noon = START.plus(Duration.ofHours(12));
        store.keep(List.of(poll("a", 0, 100), poll("a", 50, 450), poll("a", 730, 500)), List.of());

        assertThat(grown(usage, ALICE, noon)).containsExactlyInAnyOrder("a 350 50");
        assertThat(grown(usage, CHARLIE, noon)).isEmpty();

        store.keep(List.of(poll("b", 20, 7), poll("b", 40, 9), poll("a", 740, 501)), List.of());

        assertThat(grown(usage, ALICE, noon)).containsExactlyInAnyOrder("a 350 51", "b 2 0");
    }

    private static List<String> grown(UsageStore usage, Viewer viewer, Instant cut) {
        return usage
                .growth(viewer, DAY, List.of(Measure.TRAFFIC_OUT, Measure.CPU), List.of(cut))
                .stream()
                .map(counter -> {
                    var before = counter.within(new Period(DAY.from(), cut));
                    var after = counter.within(new Period(cut, DAY.to()));
                    var first = Stream.concat(before.stream(), after.stream()).findFirst();
                    return first.orElseThrow().resource()
                            + " "
                            + before.stream().mapToLong(g -> g.counted().longValue()).sum()
                            + " "
                            + after.stream().mapToLong(g -> g.counted().longValue()).sum();
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aSampleLeadsToTheEventThatMadeItAndAStrangerFindsNothing(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        store.keep(List.of(notified("web", 15)), List.of());
        var usage = new UsageStore(database);

        var line = usage.samples(ALICE, "web", "vcpus", DAY, 10).getFirst();

        assertThat(line.volume()).isEqualByComparingTo("2");
        assertThat(line.origin().eventType()).isEqualTo("compute.instance.create.end");
        assertThat(line.origin().requestId()).isEqualTo("req-1");
        assertThat(usage.samples(CHARLIE, "web", "vcpus", DAY, 10)).isEmpty();
        assertThat(usage.resource(CHARLIE, "web")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedResourceKeepsItsNameAndItsStack(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        store.keep(List.of(), List.of(fact("web", What.BEGAN, 0, "shop", 2)));
        assertThat(store.withoutStack(NORTH, START))
                .extracting(MeteredResource::id)
                .contains("web");
        store.belongTo(NORTH, "shop", Map.of("web", new StackOf("s1", "web-prod")));

        store.keep(List.of(), List.of(fact("web", What.ENDED, 60, "shop", 2)));

        var web = new UsageStore(database).resource(ALICE, "web").orElseThrow();
        assertThat(web.name()).isEqualTo("name of web");
        assertThat(web.stack()).isEqualTo(new StackOf("s1", "web-prod"));
        assertThat(web.endedAt()).isEqualTo(START.plusSeconds(3600));
        assertThat(store.open(NORTH, ResourceKind.INSTANCE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hostileNamesAreStoredAsTheyAreExceptForNul(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        var name = "<img onerror>\0=cmd|\u202E" + "\uD83D\uDE00".repeat(255);
        var plain = fact("web", What.BEGAN, 0, "shop", 2);
        store.keep(
                List.of(),
                List.of(
                        new Fact(
                                plain.cloud(),
                                plain.project(),
                                plain.resource(),
                                plain.kind(),
                                plain.what(),
                                plain.at(),
                                plain.state(),
                                plain.size(),
                                null,
                                name,
                                plain.origin())));

        assertThat(new UsageStore(database).resource(ALICE, "web").orElseThrow().name())
                .isEqualTo(name.replace('\0', '\uFFFD'));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPastItsTimeIsForgottenButTheEventsBehindIntervalsStay(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        store.keep(
                List.of(poll("a", 0, 1), poll("a", 1000, 2)),
                List.of(fact("web", What.BEGAN, 0, "shop", 2)));

        store.forget(START.plusSeconds(3600), START.plusSeconds(3600));

        assertThat(count(database, "sample_hot")).isEqualTo(1);
        assertThat(count(database, "sample_hour")).isEqualTo(1);
        assertThat(count(database, "metered_event")).isEqualTo(2);
    }

    private static long count(MeteringDatabase database, String table) {
        return database.jdbc().queryForList("select 1 from " + table).size();
    }

    private static Viewer viewer(String project) {
        return new Viewer(NORTH, new ProjectId(project), new UserId("u"), Set.of("member"), false);
    }

    private static Sample poll(String resource, int minute, long volume) {
        var at = START.plusSeconds(60L * minute);
        return new Sample(
                NORTH,
                SHOP,
                null,
                resource,
                new Meter("network.outgoing.bytes", MeterType.CUMULATIVE, "B"),
                BigDecimal.valueOf(volume),
                at,
                new Origin("poll " + at, "poll.diagnostics", at, null, null, null),
                Map.of());
    }

    private static Sample notified(String resource, int minute) {
        var at = START.plusSeconds(60L * minute);
        return new Sample(
                NORTH,
                SHOP,
                "u",
                resource,
                new Meter("vcpus", MeterType.GAUGE, "vcpu"),
                BigDecimal.TWO,
                at,
                new Origin("m-1", "compute.instance.create.end", at, "compute.c1", "req-1", "u"),
                Map.of("display_name", JsonMapper.shared().valueToTree("web")));
    }

    private static Fact fact(
            String resource, What what, int minute, @Nullable String project, long vcpus) {
        var at = START.plusSeconds(60L * minute);
        return new Fact(
                NORTH,
                project == null ? null : new ProjectId(project),
                resource,
                ResourceKind.INSTANCE,
                what,
                at,
                "active",
                Size.instance(vcpus, 2048, 20),
                null,
                "name of " + resource,
                new Origin(what + resource + minute + vcpus, "test", at, null, null, null));
    }
}
