package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a bus that is down from one that only Stackwright has lost, and from services that fell
 * silent one by one.
 *
 * <p>Two things speak for a bus that is down: our own connection is gone and stays gone, and
 * everything that reports over the bus fell silent together while what writes to the database goes
 * on. One report over the bus after our connection went proves that the bus is there.
 */
final class BusIsDown implements Rule {

    private static final Duration GONE = Duration.ofSeconds(10);

    /** So long we may take to connect again after the others have. */
    static final Duration COMING_BACK = Duration.ofSeconds(90);

    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration TOGETHER = Duration.ofSeconds(90);
    private static final int ENOUGH = 3;

    @Override
    public List<Verdict> examine(Facts facts) {
        var reporters = facts.fresh().filter(Beat::reportsOverTheBus).toList();
        var together = fellSilentTogether(reporters, facts);
        var lost = facts.bus().lostSince();
        if (lost != null && Duration.between(lost, facts.now()).compareTo(GONE) >= 0) {
            var after =
                    reporters.stream()
                            .filter(beat -> beat.heard().isAfter(lost.plus(GRACE)))
                            .toList();
            if (!after.isEmpty()) {
                return Duration.between(lost, facts.now()).compareTo(COMING_BACK) < 0
                        ? List.of()
                        : List.of(cutOff(facts, lost, after));
            }
            return List.of(down(facts, lost, lost, together, reporters));
        }
        return together
                ? List.of(down(facts, firstSilence(reporters), null, true, reporters))
                : List.of();
    }

    private static boolean fellSilentTogether(List<Beat> reporters, Facts facts) {
        var silent = reporters.stream().filter(Beat::isSilent).toList();
        if (silent.size() < ENOUGH
                || reporters.stream().anyMatch(beat -> beat.alive())
                || silent.stream().map(Beat::family).distinct().count() < 2) {
            return false;
        }
        var conductorLives = facts.of("nova-conductor").anyMatch(Beat::alive);
        var first = firstSilence(silent);
        var last = silent.stream().map(Beat::heard).max(Comparator.naturalOrder()).orElse(first);
        return conductorLives && Duration.between(first, last).compareTo(TOGETHER) <= 0;
    }

    private static Instant firstSilence(List<Beat> silent) {
        return silent.stream().map(Beat::heard).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Verdict down(
            Facts facts,
            Instant since,
            @Nullable Instant lost,
            boolean together,
            List<Beat> reporters) {
        var evidence = new ArrayList<Evidence>();
        if (lost != null) {
            evidence.add(
                    Evidence.proves(
                            "bus-lost",
                            Evidence.Source.BUS,
                            facts.now(),
                            lost,
                            facts.bus().said()));
        }
        if (together) {
            evidence.add(
                    Evidence.proves(
                            "silent-together",
                            Evidence.Source.COMPUTE_SERVICES,
                            reporters.getFirst().read(),
                            reporters.size(),
                            firstSilence(reporters)));
        }
        facts.fresh()
                .filter(beat -> !beat.reportsOverTheBus() && beat.alive())
                .limit(2)
                .forEach(beat ->
                        evidence.add(
                                Evidence.fits(
                                        "reports-to-database",
                                        beat.source(),
                                        beat.read(),
                                        beat.binary(),
                                        beat.heard())));
        return Verdict.of(
                        Code.BUS_DOWN,
                        Subject.cloud(),
                        since,
                        lost != null && together ? Confidence.CERTAIN : Confidence.LIKELY,
                        since)
                .because(evidence)
                .curedBy(Cure.START_BUS);
    }

    private static Verdict cutOff(Facts facts, Instant lost, List<Beat> after) {
        var witness = after.getFirst();
        return Verdict.certain(Code.BUS_CUT_OFF, Subject.cloud(), lost, lost)
                .because(
                        Evidence.proves(
                                "bus-lost",
                                Evidence.Source.BUS,
                                facts.now(),
                                lost,
                                facts.bus().said()),
                        Evidence.proves(
                                "reported-since",
                                witness.source(),
                                witness.read(),
                                witness.binary(),
                                Term.machine(witness.host()),
                                witness.heard()))
                .curedBy(Cure.CHECK_OWN_BUS_ADDRESS);
    }
}
