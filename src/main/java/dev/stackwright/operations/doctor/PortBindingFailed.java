package dev.stackwright.operations.doctor;

import java.util.ArrayList;
import java.util.Optional;

/**
 * Neutron could not connect a port on the host that was chosen: nearly always the agent there is
 * away.
 */
final class PortBindingFailed implements InstanceRule {

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        var port = instance.ports().stream().filter(Port::isBindingFailed).findFirst();
        var said = instance.isFailed() && instance.faultSays("binding failed", "portbindingfailed");
        if (port.isEmpty() && !said) {
            return Optional.empty();
        }
        var host = port.map(Port::host).filter(name -> !name.isEmpty()).orElse(instance.host());
        var evidence = new ArrayList<Evidence>();
        port.ifPresent(each ->
                evidence.add(
                        Evidence.proves(
                                "port-binding-failed",
                                Evidence.Source.INVENTORY,
                                facts.now(),
                                each.id(),
                                Term.machine(host == null ? "" : host))));
        if (said) {
            evidence.add(QuotaIsExhausted.fault(instance, facts));
        }
        var agent =
                host == null
                        ? Optional.<Verdict>empty()
                        : machinery
                                .of(Code.NETWORK_AGENT_DOWN, host)
                                .or(() -> machinery.find(Code.BUS_DOWN));
        agent.ifPresent(cause -> evidence.addAll(cause.evidence()));
        return Optional.of(
                Verdict.of(
                                Code.PORT_BINDING_FAILED,
                                Subject.of(instance),
                                instance.since(),
                                agent.isPresent() || !port.isEmpty()
                                        ? Confidence.CERTAIN
                                        : Confidence.LIKELY,
                                Term.machine(host == null ? "" : host))
                        .shownBy(instance.symptom())
                        .because(evidence)
                        .curedBy(Cure.BUILD_AGAIN, Cure.START_AGENT));
    }
}
