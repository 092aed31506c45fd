package dev.stackwright.operations.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Confidence;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.doctor.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dead host, a dead process on it and a sick bus look alike and want opposite cures. */
class AilmentTest {

    private static Verdict found(Code code, String host) {
        return new Verdict(
                code,
                new Subject(Subject.Kind.HOST, host, host, null, host),
                Instant.EPOCH,
                Confidence.LIKELY,
                List.of(),
                null,
                List.of(),
                List.of());
    }

    private static Ailment silent(List<Boolean> agents, Verdict... open) {
        return Ailment.of("c1", true, false, agents, List.of(open));
    }

    @Test
    void aHostThatReportsIsWell() {
        assertThat(Ailment.of("c1", false, false, List.of(true), List.of()))
                .isEqualTo(Ailment.WELL);
    }

    @Test
    void silenceOfEverythingOnItIsItsDeath() {
        assertThat(silent(List.of(false), found(Code.HOST_DOWN, "c1")))
                .isEqualTo(Ailment.HOST_DEAD);
    }

    @Test
    void theDeathOfAnotherProvesNothing() {
        assertThat(silent(List.of(false), found(Code.HOST_DOWN, "c2"))).isEqualTo(Ailment.UNPROVEN);
    }

    @Test
    void anAgentThatReportsProvesThatOnlyTheProcessIsDead() {
        assertThat(silent(List.of(false, true))).isEqualTo(Ailment.AGENT_DEAD);
        assertThat(Ailment.AGENT_DEAD.mayBeRecovered()).isFalse();
    }

    @Test
    void nothingIsKnownOfAnybodyWhileTheBusIsSick() {
        assertThat(silent(List.of(false), found(Code.HOST_DOWN, "c1"), found(Code.BUS_DOWN, "")))
                .isEqualTo(Ailment.BUS_SICK);
        assertThat(Ailment.BUS_SICK.mayBeRecovered()).isFalse();
    }

    @Test
    void whoeverMarkedItAsDownHasSaidThatItIsDead() {
        assertThat(Ailment.of("c1", false, true, List.of(true), List.of()))
                .isEqualTo(Ailment.HOST_DEAD);
    }

    @Test
    void withoutWitnessesItIsUnproven() {
        assertThat(silent(List.of())).isEqualTo(Ailment.UNPROVEN);
        assertThat(Ailment.UNPROVEN.mayBeRecovered()).isTrue();
    }
}
