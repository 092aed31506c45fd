package dev.stackwright.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines a cloud. First the machinery, where causes lose what follows from them; then each
 * instance and volume that is in trouble, by the rules in order, the first that matches.
 */
public final class Doctor {

    private static final List<Rule> MACHINERY =
            List.of(
                    new CertificateIsExpired(),
                    new KeystoneRefuses(),
                    new KeystoneIsSlow(),
                    new BusIsDown(),
                    new QueueIsUnread(),
                    new DatabaseIsStuck(),
                    new ApiIsDown(),
                    ServiceIsSilent.called(Code.NOVA_CONDUCTOR_DOWN, "nova-conductor"),
                    ServiceIsSilent.called(Code.NOVA_SCHEDULER_DOWN, "nova-scheduler"),
                    new HostIsDown(),
                    ServiceIsSilent.called(Code.NOVA_COMPUTE_DOWN, "nova-compute"),
                    ServiceIsSilent.agents(),
                    ServiceIsSilent.called(Code.CINDER_SCHEDULER_DOWN, "cinder-scheduler"),
                    ServiceIsSilent.called(Code.CINDER_VOLUME_DOWN, "cinder-volume"),
                    new PoolIsFull(),
                    new ClocksDiffer(),
                    new HostIsBack());

    private static final List<InstanceRule> INSTANCES =
            List.of(
                    new QuotaIsExhausted(),
                    new ImageIsTooLarge(),
                    new PortBindingFailed(),
                    new NoHostWasFound(),
                    new FailedWithoutAService(),
                    new WaitsForAService(),
                    new PortIsNotBound(),
                    new NobodyKnows());

    /** What is wrong; nothing where nothing is. */
    public List<Verdict> examine(Facts facts) {
        var found = new ArrayList<Verdict>();
        MACHINERY.forEach(rule -> found.addAll(rule.examine(facts)));
        var machinery = Machinery.of(found, facts);
        var verdicts = new ArrayList<>(machinery.verdicts());
        facts.instances()
                .forEach(instance -> of(instance, facts, machinery).ifPresent(verdicts::add));
        facts.volumes()
                .forEach(volume ->
                        VolumeWaits.examine(volume, facts, machinery).ifPresent(verdicts::add));
        return verdicts;
    }

    private static Optional<Verdict> of(Instance instance, Facts facts, Machinery machinery) {
        var returned =
                Optional.ofNullable(instance.host())
                        .flatMap(host -> machinery.of(Code.HOST_RETURNED, host))
                        .filter(_ -> HostIsBack.stoppedByNobody(instance))
                        .map(cause ->
                                cause.hitting(
                                        Subject.of(instance),
                                        instance.symptom(),
                                        cause.evidence(),
                                        Cure.START));
        if (returned.isPresent()) {
            return returned;
        }
        for (var rule : INSTANCES) {
            var verdict = rule.examine(instance, facts, machinery);
            if (verdict.isPresent()) {
                return verdict;
            }
        }
        return Optional.empty();
    }
}
