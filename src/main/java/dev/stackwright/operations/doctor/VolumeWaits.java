package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** A volume that does not come on, or failed, and what it needed that was away. */
final class VolumeWaits {

    /** Copying an image or a snapshot may take so long. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private VolumeWaits() {}

    static Optional<Verdict> examine(Volume volume, Facts facts, Machinery machinery) {
        if (volume.isFailed()) {
            return full(volume, facts, machinery);
        }
        if (!volume.isStuck(facts.now())) {
            return Optional.empty();
        }
        return cause(volume, facts, machinery)
                .map(cause ->
                        cause.hitting(
                                Subject.of(volume),
                                volume.symptom(),
                                cause.evidence(),
                                Cure.WAIT,
                                cause.cures().isEmpty() ? Cure.HAND_ON : cause.cures().getFirst()))
                .or(() -> unknown(volume, facts));
    }

    private static Optional<Verdict> cause(Volume volume, Facts facts, Machinery machinery) {
        var bus = machinery.find(Code.BUS_DOWN);
        if (bus.isPresent()) {
            return bus;
        }
        var host = volume.host();
        if (host != null) {
            var backend = host.contains("#") ? host.substring(0, host.indexOf('#')) : host;
            var own = machinery.of(Code.CINDER_VOLUME_DOWN, backend);
            if (own.isPresent()) {
                return own;
            }
        }
        if (facts.of("cinder-scheduler").noneMatch(Beat::alive)) {
            var scheduler = machinery.find(Code.CINDER_SCHEDULER_DOWN);
            if (scheduler.isPresent()) {
                return scheduler;
            }
        }
        if (facts.of("cinder-volume").noneMatch(Beat::alive) || host == null) {
            var any = machinery.find(Code.CINDER_VOLUME_DOWN);
            if (any.isPresent()) {
                return any;
            }
        }
        if (volume.status().equals("attaching") || volume.status().equals("reserved")) {
            return machinery.find(Code.NOVA_COMPUTE_DOWN, Code.HOST_DOWN, Code.NOVA_API_DOWN);
        }
        return volume.status().equals("downloading")
                ? machinery.find(Code.GLANCE_DOWN)
                : machinery.find(Code.CINDER_API_DOWN, Code.KEYSTONE_DOWN);
    }

    private static Optional<Verdict> full(Volume volume, Facts facts, Machinery machinery) {
        var pools = facts.pools();
        if (pools.isEmpty() || pools.stream().anyMatch(pool -> pool.freeGb() >= volume.sizeGb())) {
            return machinery
                    .find(Code.VOLUME_BACKEND_FULL)
                    .filter(_ -> volume.host() == null)
                    .map(cause ->
                            cause.hitting(
                                    Subject.of(volume),
                                    volume.symptom(),
                                    cause.evidence(),
                                    Cure.FREE_POOL));
        }
        var evidence = new ArrayList<Evidence>();
        for (var pool : pools) {
            evidence.add(
                    Evidence.proves(
                            "pool",
                            Evidence.Source.VOLUME_POOLS,
                            pool.read(),
                            Term.machine(pool.name()),
                            Math.round(Math.floor(pool.freeGb())),
                            Math.round(pool.totalGb())));
        }
        var freest = pools.stream().max(java.util.Comparator.comparingDouble(Pool::freeGb));
        return Optional.of(
                Verdict.certain(
                                Code.VOLUME_BACKEND_FULL,
                                Subject.of(volume),
                                volume.since(),
                                Term.machine(freest.map(Pool::name).orElse("")),
                                Math.round(Math.floor(freest.map(Pool::freeGb).orElse(0.0))))
                        .shownBy(volume.symptom())
                        .because(evidence)
                        .curedBy(Cure.FREE_POOL));
    }

    private static Optional<Verdict> unknown(Volume volume, Facts facts) {
        if (Duration.between(volume.since(), facts.now()).compareTo(LATE) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                Verdict.of(
                                Code.NO_KNOWN_CAUSE,
                                Subject.of(volume),
                                volume.since(),
                                Confidence.UNKNOWN)
                        .shownBy(volume.symptom())
                        .because(
                                facts.beats().stream()
                                        .filter(beat -> beat.family() == Beat.Family.CINDER)
                                        .map(beat ->
                                                Evidence.rulesOut(
                                                        "reports",
                                                        beat.source(),
                                                        beat.read(),
                                                        beat.binary(),
                                                        Term.machine(beat.host()),
                                                        beat.heard()))
                                        .toList())
                        .curedBy(Cure.WAIT, Cure.HAND_ON));
    }
}
