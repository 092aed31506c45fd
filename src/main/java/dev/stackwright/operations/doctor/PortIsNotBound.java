package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.Optional;

/** An instance that runs and whose port is not connected, so that nothing reaches it. */
final class PortIsNotBound implements InstanceRule {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        if (!instance.status().equals("ACTIVE") || instance.task() != null) {
            return Optional.empty();
        }
        return instance.ports().stream()
                .filter(port ->
                        port.wanted()
                                && (port.status().equals("DOWN")
                                        || port.binding().equals("unbound"))
                                && Duration.between(port.since(), facts.now()).compareTo(PATIENCE)
                                        > 0)
                .findFirst()
                .map(port ->
                        Verdict.likely(
                                        Code.PORT_NOT_BOUND,
                                        Subject.of(instance),
                                        port.since(),
                                        port.since())
                                .shownBy(instance.symptom())
                                .because(
                                        Evidence.proves(
                                                "port-down",
                                                Evidence.Source.INVENTORY,
                                                facts.now(),
                                                port.id(),
                                                port.status(),
                                                port.since()))
                                .curedBy(Cure.REBIND_PORT));
    }
}
