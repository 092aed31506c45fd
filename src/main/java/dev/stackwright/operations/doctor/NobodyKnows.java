package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** What is left when no rule matched: the evidence alone. */
final class NobodyKnows implements InstanceRule {

    /** So long the other rules may still find something. */
    private static final Duration LATE = Duration.ofMinutes(2);

    /** The reason of a failure comes a moment after the failure. */
    private static final Duration JUST_FAILED = Duration.ofSeconds(20);

    private static final int STEPS = 6;

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        var length = Duration.between(instance.since(), facts.now());
        var patience = instance.isFailed() ? JUST_FAILED : LATE;
        if (!(instance.isFailed() || instance.isStuck(facts.now()))
                || length.compareTo(patience) < 0) {
            return Optional.empty();
        }
        var evidence = new ArrayList<Evidence>();
        if (instance.fault() != null) {
            evidence.add(
                    Evidence.fits(
                            "fault",
                            Evidence.Source.INVENTORY,
                            facts.now(),
                            instance.fault(),
                            instance.since()));
        }
        steps(instance, facts, evidence);
        facts.computeOn(String.valueOf(instance.host()))
                .ifPresent(beat ->
                        evidence.add(
                                Evidence.rulesOut(
                                        "reports",
                                        beat.source(),
                                        beat.read(),
                                        beat.binary(),
                                        Term.machine(beat.host()),
                                        beat.heard())));
        var answering =
                facts.apis().stream()
                        .filter(api -> api.state() == Api.State.ANSWERS)
                        .map(api -> api.name().label())
                        .toList();
        if (!answering.isEmpty()) {
            evidence.add(
                    Evidence.rulesOut(
                            "apis-answer",
                            Evidence.Source.API,
                            facts.now(),
                            String.join(", ", answering)));
        }
        return Optional.of(
                Verdict.of(
                                Code.NO_KNOWN_CAUSE,
                                Subject.of(instance),
                                instance.since(),
                                Confidence.UNKNOWN)
                        .shownBy(instance.symptom())
                        .because(evidence)
                        .curedBy(
                                instance.isFailed()
                                        ? new Cure[] {Cure.BUILD_AGAIN, Cure.HAND_ON}
                                        : new Cure[] {
                                            Cure.WAIT, Cure.RESET_AND_DELETE, Cure.HAND_ON
                                        }));
    }

    private static void steps(Instance instance, Facts facts, ArrayList<Evidence> evidence) {
        var actions = instance.actions();
        if (actions == null || actions.isEmpty()) {
            return;
        }
        actions.getFirst().steps().stream()
                .filter(step -> step.ended() == null || "Error".equals(step.result()))
                .limit(STEPS)
                .forEach(step ->
                        evidence.add(
                                Evidence.fits(
                                        step.ended() == null ? "step-runs" : "step-failed",
                                        Evidence.Source.ACTIONS,
                                        facts.now(),
                                        step.name(),
                                        step.started())));
    }
}
