package dev.stackwright.operations.doctor;

import java.util.ArrayList;
import java.util.Optional;

/**
 * An instance that does not come on because what has the next step in hand is away. How far it came
 * tells which that is.
 */
final class WaitsForAService implements InstanceRule {

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        if (!instance.isStuck(facts.now())) {
            return Optional.empty();
        }
        return cause(instance, facts, machinery)
                .map(cause -> {
                    var evidence = new ArrayList<>(cause.evidence());
                    var others =
                            facts.instances().stream()
                                    .filter(other -> !other.id().equals(instance.id()))
                                    .filter(other -> other.isStuck(facts.now()))
                                    .filter(other -> waitsFor(cause, other, facts, machinery))
                                    .count();
                    if (others > 0) {
                        evidence.add(
                                Evidence.fits(
                                        "others-wait",
                                        Evidence.Source.INVENTORY,
                                        facts.now(),
                                        others));
                    }
                    return cause.hitting(
                            Subject.of(instance),
                            instance.symptom(),
                            evidence,
                            Cure.WAIT,
                            cause.cures().isEmpty() ? Cure.HAND_ON : cause.cures().getFirst());
                });
    }

    private static boolean waitsFor(
            Verdict cause, Instance other, Facts facts, Machinery machinery) {
        return cause(other, facts, machinery)
                .filter(its -> its.subject().equals(cause.subject()))
                .isPresent();
    }

    private static Optional<Verdict> cause(Instance instance, Facts facts, Machinery machinery) {
        var everywhere =
                machinery
                        .find(Code.BUS_DOWN)
                        .or(() ->
                                allSilent(
                                        Code.NOVA_CONDUCTOR_DOWN,
                                        "nova-conductor",
                                        facts,
                                        machinery));
        if (everywhere.isPresent()) {
            return everywhere;
        }
        var host = instance.host();
        if (host == null || "scheduling".equals(instance.task())) {
            return allSilent(Code.NOVA_SCHEDULER_DOWN, "nova-scheduler", facts, machinery)
                    .or(() -> machinery.find(Code.PLACEMENT_DOWN, Code.KEYSTONE_DOWN));
        }
        return computeOf(host, facts, machinery).or(() -> byTask(instance, host, facts, machinery));
    }

    private static Optional<Verdict> computeOf(String host, Facts facts, Machinery machinery) {
        var known =
                machinery
                        .of(Code.HOST_DOWN, host)
                        .or(() -> machinery.of(Code.NOVA_COMPUTE_DOWN, host));
        if (known.isPresent()) {
            return known;
        }
        // Where an operator took the host out there is no verdict about it, and it is away all the
        // same.
        return facts.computeOn(host)
                .filter(beat -> !beat.alive())
                .map(beat ->
                        Verdict.certain(
                                        Code.NOVA_COMPUTE_DOWN,
                                        Subject.service(beat),
                                        beat.heard(),
                                        beat.binary(),
                                        Term.machine(beat.host()),
                                        beat.heard())
                                .because(
                                        Evidence.proves(
                                                "silent",
                                                beat.source(),
                                                beat.read(),
                                                beat.binary(),
                                                Term.machine(beat.host()),
                                                beat.heard()))
                                .curedBy(Cure.START_SERVICE));
    }

    private static Optional<Verdict> byTask(
            Instance instance, String host, Facts facts, Machinery machinery) {
        var task = String.valueOf(instance.task());
        return switch (task) {
            case "networking" ->
                    machinery
                            .find(Code.NEUTRON_SERVER_DOWN)
                            .or(() -> machinery.of(Code.NETWORK_AGENT_DOWN, host));
            case "spawning" ->
                    machinery
                            .find(Code.GLANCE_DOWN)
                            .or(() -> machinery.of(Code.NETWORK_AGENT_DOWN, host))
                            .or(() -> machinery.find(Code.NEUTRON_SERVER_DOWN));
            case "block_device_mapping" ->
                    machinery
                            .find(Code.CINDER_API_DOWN)
                            .or(() ->
                                    machinery.find(
                                            Code.CINDER_VOLUME_DOWN,
                                            Code.CINDER_SCHEDULER_DOWN,
                                            Code.GLANCE_DOWN));
            case "image_snapshot",
                    "image_pending_upload",
                    "image_uploading",
                    "image_snapshot_pending" ->
                    machinery.find(Code.GLANCE_DOWN);
            default ->
                    machinery
                            .find(
                                    Code.NEUTRON_SERVER_DOWN,
                                    Code.GLANCE_DOWN,
                                    Code.CINDER_API_DOWN,
                                    Code.KEYSTONE_DOWN)
                            .filter(cause -> task.equals("deleting") || task.equals("null"));
        };
    }

    /** One that others stand in for holds nobody up. */
    private static Optional<Verdict> allSilent(
            Code code, String binary, Facts facts, Machinery machinery) {
        return facts.of(binary).anyMatch(Beat::alive) ? Optional.empty() : machinery.find(code);
    }
}
