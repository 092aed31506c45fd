package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A service that should work and does not report any more. */
final class ServiceIsSilent implements Rule {

    private static final Duration COMING_BACK = Duration.ofSeconds(45);

    private final Code code;
    private final Predicate<Beat> which;
    private final Cure cure;

    private ServiceIsSilent(Code code, Predicate<Beat> which, Cure cure) {
        this.code = code;
        this.which = which;
        this.cure = cure;
    }

    static ServiceIsSilent called(Code code, String binary) {
        return new ServiceIsSilent(code, beat -> beat.binary().equals(binary), Cure.START_SERVICE);
    }

    static ServiceIsSilent agents() {
        return new ServiceIsSilent(
                Code.NETWORK_AGENT_DOWN,
                beat -> beat.family() == Beat.Family.NEUTRON,
                Cure.START_AGENT);
    }

    @Override
    public List<Verdict> examine(Facts facts) {
        var all = facts.fresh().filter(which).toList();
        return all.stream()
                .filter(Beat::isSilent)
                .filter(beat -> !isYetToReport(beat, facts))
                .map(beat -> verdict(beat, all))
                .toList();
    }

    /** A Neutron that has just come back has not heard from its agents yet. */
    private static boolean isYetToReport(Beat beat, Facts facts) {
        return beat.family() == Beat.Family.NEUTRON
                && facts.api(Api.Name.NEUTRON)
                        .filter(api -> api.state() == Api.State.ANSWERS)
                        .filter(api -> beat.heard().isBefore(api.since()))
                        .filter(api ->
                                Duration.between(api.since(), facts.now()).compareTo(COMING_BACK)
                                        < 0)
                        .isPresent();
    }

    private Verdict verdict(Beat beat, List<Beat> all) {
        var evidence = new ArrayList<Evidence>();
        evidence.add(
                Evidence.proves(
                        "silent",
                        beat.source(),
                        beat.read(),
                        beat.binary(),
                        Term.machine(beat.host()),
                        beat.heard()));
        var others =
                all.stream()
                        .filter(other -> other.alive() && other.binary().equals(beat.binary()))
                        .count();
        evidence.add(
                others == 0
                        ? Evidence.proves("only-one", beat.source(), beat.read(), beat.binary())
                        : Evidence.rulesOut(
                                "others-report",
                                beat.source(),
                                beat.read(),
                                beat.binary(),
                                others));
        return Verdict.certain(
                        code,
                        Subject.service(beat),
                        beat.heard(),
                        beat.binary(),
                        Term.machine(beat.host()),
                        beat.heard())
                .because(evidence)
                .curedBy(cure);
    }
}
