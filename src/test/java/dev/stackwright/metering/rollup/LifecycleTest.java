package dev.stackwright.metering.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Fact.What;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static final ProjectId SHOP = new ProjectId("shop");
    private static final Size SMALL = Size.instance(1, 2048, 20);
    private static final Size LARGE = Size.instance(4, 8192, 80);

    @Test
    void splitsWhereTheSizeChangesAndNowhereElse() {
        var life =
                fold(
                        fact("10:00", What.BEGAN, "active", SMALL),
                        fact("10:10", What.IS, "active", SMALL),
                        fact("10:20", What.IS, null, LARGE),
                        fact("11:00", What.ENDED, null, null));

        assertThat(life).containsExactly("10:00-10:20 active 1", "10:20-11:00 active 4");
    }

    @Test
    void aFactOfWhichTheBeginningWasMissedOpensAnEstimateWhereTheResourceCameToBe() {
        var late = since(fact("12:00", What.IS, "active", SMALL), "09:30");

        assertThat(fold(late)).containsExactly("09:30-... active 1 estimated");
    }

    @Test
    void aDeletionWithoutACreationStillCountsFromWhenTheResourceCameToBe() {
        var gone = since(fact("12:00", What.ENDED, "deleted", SMALL), "11:00");

        assertThat(fold(gone)).containsExactly("11:00-12:00 deleted 1 estimated");
    }

    @Test
    void stragglersAfterADeletionDoNotBringItBack() {
        var life =
                fold(
                        fact("10:00", What.BEGAN, "active", SMALL),
                        fact("11:00", What.ENDED, null, null),
                        fact("11:01", What.IS, "active", SMALL));

        assertThat(life).containsExactly("10:00-11:00 active 1");
    }

    @Test
    void anEndInferredFromAnAbsenceGivesWayToTheEvent() {
        var began = fact("10:00", What.BEGAN, "active", SMALL);
        var gone = fact("10:50", What.GONE, null, null);

        assertThat(fold(began, gone)).containsExactly("10:00-10:50 active 1 estimated");
        assertThat(fold(began, gone, fact("10:53", What.ENDED, null, null)))
                .containsExactly("10:00-10:53 active 1");
    }

    @Test
    void aResourceThatAPollStillSeesIsOpenAgain() {
        var life =
                fold(
                        fact("10:00", What.BEGAN, "active", SMALL),
                        fact("11:00", What.GONE, null, null),
                        fact("12:00", What.SEEN, "active", SMALL));

        assertThat(life)
                .containsExactly("10:00-11:00 active 1 estimated", "12:00-... active 1 estimated");
    }

    @Test
    void bothProjectsHaveTheirPartOfAVolumeThatWasHandedOver() {
        var began = fact("10:00", What.BEGAN, "available", SMALL);
        var moved = fact("11:00", What.IS, null, null);
        var life =
                Lifecycle.fold(
                        List.of(
                                began,
                                new Fact(
                                        moved.cloud(),
                                        new ProjectId("lab"),
                                        moved.resource(),
                                        moved.kind(),
                                        moved.what(),
                                        moved.at(),
                                        null,
                                        null,
                                        null,
                                        null,
                                        moved.origin())));

        assertThat(life).extracting(i -> i.project().value()).containsExactly("shop", "lab");
    }

    @Test
    void anyOrderAndAnyRepetitionGivesTheSameLife() {
        List<Fact> facts =
                new ArrayList<>(
                        List.of(
                                fact("10:00", What.BEGAN, "active", SMALL),
                                fact("10:30", What.IS, "stopped", SMALL),
                                fact("10:30", What.IS, "stopped", SMALL),
                                fact("11:00", What.SEEN, "active", LARGE),
                                fact("11:30", What.GONE, null, null),
                                fact("11:31", What.ENDED, null, null),
                                fact("13:00", What.BEGAN, "active", SMALL)));
        var expected = Lifecycle.fold(facts);
        facts.addAll(List.copyOf(facts));
        for (int seed = 0; seed < 200; seed++) {
            Collections.shuffle(facts, new Random(seed));

            assertThat(Lifecycle.fold(facts)).isEqualTo(expected);
        }
    }

    private static List<String> fold(Fact... facts) {
        return Lifecycle.fold(List.of(facts)).stream().map(LifecycleTest::text).toList();
    }

    private static String text(Interval interval) {
        return clock(interval.from())
                + "-"
                + clock(interval.to())
                + " "
                + interval.state()
                + " "
                + interval.size().vcpus()
                + (interval.estimated() ? " estimated" : "");
    }

    private static String clock(@Nullable Instant instant) {
        return instant == null ? "..." : instant.toString().substring(11, 16);
    }

    private static Instant at(String clock) {
        return Instant.parse("2026-03-02T" + clock + ":00Z");
    }

    private static Fact fact(String clock, What what, @Nullable String state, @Nullable Size size) {
        return new Fact(
                new CloudName("north"),
                SHOP,
                "server-1",
                ResourceKind.INSTANCE,
                what,
                at(clock),
                state,
                size,
                null,
                null,
                new Origin(what + clock, "test", at(clock), null, null, null));
    }

    private static Fact since(Fact fact, String clock) {
        return new Fact(
                fact.cloud(),
                fact.project(),
                fact.resource(),
                fact.kind(),
                fact.what(),
                fact.at(),
                fact.state(),
                fact.size(),
                at(clock),
                fact.name(),
                fact.origin());
    }
}
