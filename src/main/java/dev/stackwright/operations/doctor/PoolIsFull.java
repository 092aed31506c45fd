package dev.stackwright.operations.doctor;

import java.util.ArrayList;
import java.util.List;

/** A volume back end that has nothing left to give. */
final class PoolIsFull implements Rule {

    @Override
    public List<Verdict> examine(Facts facts) {
        return facts.pools().stream()
                .filter(Pool::isFull)
                .map(pool -> {
                    var evidence = new ArrayList<Evidence>();
                    evidence.add(
                            Evidence.proves(
                                    "pool",
                                    Evidence.Source.VOLUME_POOLS,
                                    pool.read(),
                                    Term.machine(pool.name()),
                                    Math.round(Math.floor(pool.freeGb())),
                                    Math.round(pool.totalGb())));
                    var failed = facts.volumes().stream().filter(Volume::isFailed).count();
                    if (failed > 0) {
                        evidence.add(
                                Evidence.fits(
                                        "volumes-failed",
                                        Evidence.Source.INVENTORY,
                                        facts.now(),
                                        failed));
                    }
                    return Verdict.certain(
                                    Code.VOLUME_BACKEND_FULL,
                                    Subject.pool(pool.name()),
                                    pool.read(),
                                    Term.machine(pool.name()),
                                    Math.round(Math.floor(pool.freeGb())))
                            .because(evidence)
                            .curedBy(Cure.FREE_POOL);
                })
                .toList();
    }
}
