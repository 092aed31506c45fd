package dev.stackwright.operations.doctor;

import java.util.Optional;

/** An instance that failed while something that it needed was away, and whose fault says so. */
final class FailedWithoutAService implements InstanceRule {

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        if (!instance.isFailed()) {
            return Optional.empty();
        }
        return cause(instance, machinery)
                .filter(cause -> !instance.since().isBefore(cause.since().minusSeconds(60)))
                .map(cause -> {
                    var evidence = new java.util.ArrayList<>(cause.evidence());
                    evidence.add(QuotaIsExhausted.fault(instance, facts));
                    return cause.hitting(
                            Subject.of(instance),
                            instance.symptom(),
                            evidence,
                            Cure.BUILD_AGAIN,
                            cause.cures().isEmpty() ? Cure.HAND_ON : cause.cures().getFirst());
                });
    }

    private static Optional<Verdict> cause(Instance instance, Machinery machinery) {
        if (instance.faultSays("glance", "image")) {
            var glance = machinery.find(Code.GLANCE_DOWN);
            if (glance.isPresent()) {
                return glance;
            }
        }
        if (instance.faultSays("placement")) {
            return machinery.find(Code.PLACEMENT_DOWN);
        }
        if (instance.faultSays("neutron", "network", "port")) {
            var neutron = machinery.find(Code.NEUTRON_SERVER_DOWN);
            if (neutron.isPresent()) {
                return neutron;
            }
            var host = instance.host();
            if (host != null && machinery.of(Code.NETWORK_AGENT_DOWN, host).isPresent()) {
                return machinery.of(Code.NETWORK_AGENT_DOWN, host);
            }
        }
        if (instance.faultSays("cinder", "volume", "block device")) {
            return machinery.find(
                    Code.CINDER_API_DOWN,
                    Code.CINDER_VOLUME_DOWN,
                    Code.CINDER_SCHEDULER_DOWN,
                    Code.VOLUME_BACKEND_FULL);
        }
        if (instance.faultSays("messagingtimeout", "timed out waiting for a reply")) {
            return machinery.find(
                    Code.BUS_DOWN, Code.NOVA_CONDUCTOR_DOWN, Code.NOVA_SCHEDULER_DOWN);
        }
        if (instance.faultSays("keystone", "unauthorized")) {
            return machinery.find(Code.KEYSTONE_DOWN, Code.KEYSTONE_REFUSES);
        }
        return Optional.empty();
    }
}
