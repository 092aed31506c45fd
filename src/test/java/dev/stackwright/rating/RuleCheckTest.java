package dev.stackwright.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.rating.RuleCheck.Fault;
import dev.stackwright.rating.hashmap.Effect;
import dev.stackwright.rating.hashmap.Rule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCheckTest {

    @Test
    void whatIsWrongIsSaidLineByLineAndTheRestIsKept() {
        var check =
                RuleCheck.of(
                        List.of(
                                text("vcpus", "", "", "", "0.0125"),
                                text("vcpu", "", "", "", "1"),
                                text("volume.size", "flavor_name", "x", "", "1"),
                                text("volume.size", "volume_type", "", "", "1"),
                                text("volume.size", "size", "10", "5", "1"),
                                text("volume.size", "", "", "many", "1"),
                                text("memory", "", "", "", "-3"),
                                text("", "", "", "", ""),
                                text("vcpus", "", "", "", "0,02")));

        assertThat(check.rules()).containsExactly(Rule.flat("vcpus", "0.0125"));
        assertThat(check.problems())
                .extracting(RuleCheck.Problem::line, RuleCheck.Problem::fault)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, Fault.UNKNOWN_SERVICE),
                        org.assertj.core.groups.Tuple.tuple(3, Fault.UNKNOWN_FIELD),
                        org.assertj.core.groups.Tuple.tuple(4, Fault.NO_VALUE),
                        org.assertj.core.groups.Tuple.tuple(5, Fault.VALUE_AND_LEVEL),
                        org.assertj.core.groups.Tuple.tuple(6, Fault.NOT_A_LEVEL),
                        org.assertj.core.groups.Tuple.tuple(7, Fault.NOT_A_COST),
                        org.assertj.core.groups.Tuple.tuple(9, Fault.TWICE));
    }

    @Test
    void aFileReadsBackAsItWasWritten() {
        var rules =
                List.of(
                        Rule.flat("vcpus", "0.0125").only("shop"),
                        Rule.flat("volume.size", "1.75")
                                .by(Effect.RATE)
                                .when("volume_type", "fast: \"yes\"")
                                .in("g1"),
                        Rule.flat("volume.size", "0.9")
                                .by(Effect.RATE)
                                .from("", new BigDecimal("1000")));
        var version =
                new PriceVersion(
                        new CloudName("north"),
                        1,
                        "CHF",
                        null,
                        "autumn",
                        rules,
                        1,
                        "ada",
                        Instant.EPOCH);

        var read = PriceFile.read(PriceFile.write(version));

        assertThat(read.trouble()).isNull();
        assertThat(read.currency()).isEqualTo("CHF");
        assertThat(read.note()).isEqualTo("autumn");
        assertThat(RuleCheck.of(read.rules()).rules()).isEqualTo(rules);
    }

    @Test
    void aFileThatIsNoneSaysWhy() {
        assertThat(PriceFile.read("a: [").trouble()).isNotBlank();
        assertThat(PriceFile.read("just text").trouble()).contains("prices");
        assertThat(PriceFile.read("prices: [1]").trouble()).contains("Price 1");
        assertThat(PriceFile.read("!!javax.script.ScriptEngineManager []").trouble()).isNotBlank();
    }

    private static RuleText text(
            String service, String field, String value, String from, String cost) {
        return new RuleText(service, field, value, from, "", "flat", cost, "");
    }
}
