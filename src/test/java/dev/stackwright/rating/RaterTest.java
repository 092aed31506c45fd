package dev.stackwright.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Growth;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import dev.stackwright.rating.hashmap.Effect;
import dev.stackwright.rating.hashmap.Rule;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RaterTest {

    private static final CloudName NORTH = new CloudName("north");
    private static final ProjectId SHOP = new ProjectId("shop");
    private static final ProjectId LAB = new ProjectId("lab");
    private static final Period MARCH = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");

    @Test
    void anInstanceCostsItsHoursTimesItsProcessors() {
        var lines =
                rated(
                        MARCH,
                        List.of(version("2026-01-01T00:00:00Z", Rule.flat("vcpus", "0.0464"))),
                        instance("web", "m1.small", 1, "2026-02-01T00:00:00Z", null));

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().quantity()).isEqualByComparingTo("744");
        assertThat(lines.getFirst().exact()).isEqualByComparingTo("34.5216");
        assertThat(lines.getFirst().amount()).isEqualTo(new BigDecimal("34.52"));
    }

    @Test
    void theDaysOfALineAddUpToItToTheCent() {
        var days = MARCH.cut(Granularity.DAY, ZoneOffset.UTC);
        var rater =
                rater(
                        days,
                        List.of(version("2026-01-01T00:00:00Z", Rule.flat("router", "0.000137"))));
        rater.add(life("gate", ResourceKind.ROUTER, Size.NONE, "2026-01-01T00:00:00Z", null));

        var line = rater.lines().getFirst();

        assertThat(line.amount()).isEqualTo(new BigDecimal("0.10"));
        assertThat(line.buckets()).hasSize(31);
        assertThat(line.buckets().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(line.amount());
    }

    @Test
    void aNewPriceHoldsFromItsInstantOnAndNotBefore() {
        var versions =
                List.of(
                        version("2026-01-01T00:00:00Z", Rule.flat("instance", "1")),
                        version("2026-03-15T12:00:00Z", Rule.flat("instance", "2")));

        var lines =
                rated(
                        MARCH,
                        versions,
                        instance("web", "m1.small", 1, "2026-02-01T00:00:00Z", null));

        // 14.5 days at 1 and 16.5 days at 2
        assertThat(lines.getFirst().amount()).isEqualByComparingTo("1140.00");
        assertThat(lines.getFirst().quantity()).isEqualByComparingTo("744");
    }

    @Test
    void whatWasUsedBeforeTheFirstPriceIsFree() {
        var lines =
                rated(
                        MARCH,
                        List.of(version("2026-03-31T23:00:00Z", Rule.flat("instance", "5"))),
                        instance("web", "m1.small", 1, "2026-02-01T00:00:00Z", null));

        assertThat(lines.getFirst().amount()).isEqualByComparingTo("5.00");
    }

    @Test
    void aFlavorHasItsOwnPriceAndAResizeChangesItInTheMiddleOfAnHour() {
        var book =
                version(
                        "2026-01-01T00:00:00Z",
                        Rule.flat("instance", "0.10").when("flavor_name", "m1.small"),
                        Rule.flat("instance", "0.40").when("flavor_name", "m1.large"));

        var lines =
                rated(
                        MARCH,
                        List.of(book),
                        instance(
                                "web",
                                "m1.small",
                                1,
                                "2026-03-01T00:00:00Z",
                                "2026-03-01T10:30:00Z"),
                        instance(
                                "web",
                                "m1.large",
                                4,
                                "2026-03-01T10:30:00Z",
                                "2026-03-01T12:00:00Z"));

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().exact()).isEqualByComparingTo("1.65");
    }

    @Test
    void aProjectsOwnPriceTakesThePlaceOfEverybodys() {
        var book =
                version(
                        "2026-01-01T00:00:00Z",
                        Rule.flat("ip.floating", "0.01"),
                        Rule.flat("ip.floating", "0.005").only("lab"));
        var rater =
                new Rater(
                        project -> Prices.of(List.of(book), project),
                        2,
                        List.of(MARCH),
                        MARCH.to());
        rater.add(life("a", ResourceKind.FLOATING_IP, Size.NONE, "2026-01-01T00:00:00Z", null));
        rater.add(
                new Interval(
                        NORTH,
                        LAB,
                        "b",
                        ResourceKind.FLOATING_IP,
                        MARCH.from(),
                        null,
                        "",
                        Size.NONE,
                        false));

        assertThat(rater.lines())
                .extracting(RatedLine::project, line -> line.amount().toPlainString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(SHOP, "7.44"),
                        org.assertj.core.groups.Tuple.tuple(LAB, "3.72"));
    }

    @Test
    void aThresholdSeesTheQuantityOfAFullHourHoweverShortTheLife() {
        var book =
                version(
                        "2026-01-01T00:00:00Z",
                        Rule.flat("volume.size", "0.001"),
                        Rule.flat("volume.size", "0.5")
                                .by(Effect.RATE)
                                .from("", new BigDecimal("1000")));

        var lines =
                rated(
                        MARCH,
                        List.of(book),
                        life(
                                "big",
                                ResourceKind.VOLUME,
                                gb(2000),
                                "2026-03-01T00:00:00Z",
                                "2026-03-01T00:30:00Z"),
                        life(
                                "small",
                                ResourceKind.VOLUME,
                                gb(100),
                                "2026-03-01T00:00:00Z",
                                "2026-03-01T10:00:00Z"));

        assertThat(lines)
                .extracting(
                        RatedLine::resource,
                        line -> line.exact().stripTrailingZeros().toPlainString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("big", "0.5"),
                        org.assertj.core.groups.Tuple.tuple("small", "1"));
    }

    @Test
    void trafficCostsWhatItGrewInTheHoursOfThePrice() {
        var rater =
                rater(
                        List.of(MARCH),
                        List.of(
                                version(
                                        "2026-01-01T00:00:00Z",
                                        Rule.flat("network.outgoing.bytes", "0.02"))));
        rater.add(grown(Measure.TRAFFIC_OUT, MARCH.from(), "12.5"));
        rater.add(grown(Measure.TRAFFIC_OUT, MARCH.from().minusSeconds(3600), "1000"));
        rater.add(grown(Measure.CPU, MARCH.from(), "7"));

        assertThat(rater.lines()).hasSize(1);
        assertThat(rater.lines().getFirst().amount()).isEqualByComparingTo("0.25");
    }

    /** So much in the unit of the measure. */
    private static Growth grown(Measure measure, Instant hour, String amount) {
        return new Growth(
                SHOP, "web", measure, hour, new BigDecimal(amount).multiply(measure.divisor()));
    }

    @Test
    void theDayOnWhichTheClocksChangeHasTwentyThreeHours() {
        var day = period("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
        var rater =
                rater(
                        day.cut(Granularity.DAY, ZoneId.of("Europe/Ljubljana")),
                        List.of(version("2026-01-01T00:00:00Z", Rule.flat("instance", "1"))));
        rater.add(instance("web", "m1.small", 1, "2026-02-01T00:00:00Z", null));

        assertThat(rater.lines().getFirst().buckets())
                .singleElement()
                .satisfies(amount -> assertThat(amount).isEqualByComparingTo("23"));
    }

    @Test
    @Tag("corpus")
    void moneyIsRoundedOncePerLineAsTheGoldenCasesSay() throws Exception {
        var cases =
                Path.of(System.getProperty("stackwright.corpus", "../shared/corpus"))
                        .resolve("billing/golden-cases.json");
        Assumptions.assumeTrue(Files.exists(cases), "no corpus at " + cases);
        int all = 0;
        int agree = 0;
        for (var golden : JsonMapper.shared().readTree(cases.toFile()).get("cases")) {
            if (!golden.get("kind").asString().equals("money")) {
                continue;
            }
            all++;
            List<String> lines = new ArrayList<>();
            var total = BigDecimal.ZERO;
            for (var line : golden.get("lines")) {
                var amount =
                        Rater.rounded(
                                new BigDecimal(line.get("quantity").asString())
                                        .multiply(new BigDecimal(line.get("price").asString())),
                                golden.get("scale").asInt());
                lines.add(amount.toPlainString());
                total = total.add(amount);
            }
            var expected = golden.get("expected");
            var same =
                    expected.get("half_up_lines")
                                    .valueStream()
                                    .map(n -> n.asString())
                                    .toList()
                                    .equals(lines)
                            && total.toPlainString()
                                    .equals(expected.get("half_up_total").asString());
            agree += same ? 1 : 0;
        }
        System.out.printf("corpus billing money: %d of %d agree%n", agree, all);
        assertThat(agree).isEqualTo(all);
    }

    private static List<RatedLine> rated(
            Period period, List<PriceVersion> versions, Interval... intervals) {
        var rater = rater(List.of(period), versions);
        List.of(intervals).forEach(rater::add);
        return rater.lines();
    }

    private static Rater rater(List<Period> buckets, List<PriceVersion> versions) {
        var prices = Prices.of(versions, SHOP);
        return new Rater(_ -> prices, prices.digits(), buckets, buckets.getLast().to());
    }

    static PriceVersion version(String from, Rule... rules) {
        return new PriceVersion(
                NORTH, 1, "EUR", Instant.parse(from), "", List.of(rules), 1, "ada", Instant.EPOCH);
    }

    private static Interval instance(
            String id, String flavor, long vcpus, String from, @Nullable String to) {
        return life(
                id, ResourceKind.INSTANCE, Size.instance(vcpus, 2048, 20).soldAs(flavor), from, to);
    }

    private static Size gb(long gb) {
        return Size.storage(BigDecimal.valueOf(gb));
    }

    private static Interval life(
            String id, ResourceKind kind, Size size, String from, @Nullable String to) {
        return new Interval(
                NORTH,
                SHOP,
                id,
                kind,
                Instant.parse(from),
                to == null ? null : Instant.parse(to),
                "active",
                size,
                false);
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }
}
