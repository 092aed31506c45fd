package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.List;

/** A report from the future: the clock of the machine that sent it is ahead. */
final class ClocksDiffer implements Rule {

    private static final Duration TOLERATED = Duration.ofSeconds(30);

    @Override
    public List<Verdict> examine(Facts facts) {
        return facts.fresh()
                .filter(beat ->
                        Duration.between(beat.read(), beat.heard()).compareTo(TOLERATED) > 0)
                .map(beat -> {
                    var ahead = Duration.between(beat.read(), beat.heard());
                    return Verdict.certain(
                                    Code.CLOCK_SKEW,
                                    Subject.service(beat),
                                    beat.read(),
                                    beat.binary(),
                                    Term.machine(beat.host()),
                                    ahead)
                            .because(
                                    Evidence.proves(
                                            "ahead",
                                            beat.source(),
                                            beat.read(),
                                            beat.binary(),
                                            Term.machine(beat.host()),
                                            ahead))
                            .curedBy(Cure.SET_CLOCK);
                })
                .toList();
    }
}
