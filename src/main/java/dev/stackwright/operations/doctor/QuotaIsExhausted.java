package dev.stackwright.operations.doctor;

import java.util.Optional;

/** The project may not have more of something that the instance needed. */
final class QuotaIsExhausted implements InstanceRule {

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        if (!instance.isFailed()
                || !instance.faultSays(
                        "quota exceeded",
                        "quotaexceeded",
                        "exceeds allowed",
                        "exceeds available quota",
                        "exceedsavailablequota",
                        "limitexceeded",
                        "maximum number of ports exceeded",
                        "maximum number of fixed ips",
                        "quota exceeded for resources")) {
            return Optional.empty();
        }
        return Optional.of(
                Verdict.certain(
                                Code.QUOTA_EXHAUSTED,
                                Subject.of(instance),
                                instance.since(),
                                said(instance))
                        .shownBy(instance.symptom())
                        .because(fault(instance, facts))
                        .curedBy(Cure.FREE_QUOTA, Cure.RAISE_QUOTA));
    }

    static String said(Instance instance) {
        return instance.fault() == null ? "" : instance.fault();
    }

    static Evidence fault(Instance instance, Facts facts) {
        return Evidence.proves(
                "fault", Evidence.Source.INVENTORY, facts.now(), said(instance), instance.since());
    }
}
