package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * nova-compute and every network agent of a machine fell silent together while others report: the
 * machine is gone rather than a process on it.
 */
final class HostIsDown implements Rule {

    private static final Duration TOGETHER = Duration.ofMinutes(2);

    @Override
    public List<Verdict> examine(Facts facts) {
        return facts.of("nova-compute")
                .filter(Beat::isSilent)
                .flatMap(compute -> verdict(compute, facts))
                .toList();
    }

    private static Stream<Verdict> verdict(Beat compute, Facts facts) {
        var agents =
                facts.fresh()
                        .filter(beat -> beat.family() == Beat.Family.NEUTRON)
                        .filter(beat -> beat.host().equals(compute.host()))
                        .toList();
        var othersLive = facts.fresh().anyMatch(beat -> beat.reportsOverTheBus() && beat.alive());
        if (agents.isEmpty()
                || !othersLive
                || !agents.stream()
                        .allMatch(agent ->
                                agent.isSilent()
                                        && Duration.between(agent.heard(), compute.heard())
                                                        .abs()
                                                        .compareTo(TOGETHER)
                                                <= 0)) {
            return Stream.of();
        }
        return Stream.of(
                Verdict.likely(
                                Code.HOST_DOWN,
                                Subject.host(compute.host()),
                                compute.heard(),
                                Term.machine(compute.host()),
                                compute.heard())
                        .because(
                                Evidence.proves(
                                        "silent",
                                        compute.source(),
                                        compute.read(),
                                        compute.binary(),
                                        Term.machine(compute.host()),
                                        compute.heard()),
                                Evidence.proves(
                                        "agents-silent",
                                        Evidence.Source.NETWORK_AGENTS,
                                        agents.getFirst().read(),
                                        agents.size(),
                                        Term.machine(compute.host())))
                        .curedBy(Cure.CHECK_HOST));
    }
}
