package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with the cloud itself: causes alone, without what follows from them. */
record Machinery(List<Verdict> verdicts) {

    private static final Set<Code> SILENT =
            EnumSet.of(
                    Code.NOVA_COMPUTE_DOWN,
                    Code.NETWORK_AGENT_DOWN,
                    Code.NOVA_SCHEDULER_DOWN,
                    Code.NOVA_CONDUCTOR_DOWN,
                    Code.CINDER_SCHEDULER_DOWN,
                    Code.CINDER_VOLUME_DOWN,
                    Code.HOST_DOWN);

    private static final Set<Code> OVER_THE_BUS =
            EnumSet.of(Code.NOVA_COMPUTE_DOWN, Code.NETWORK_AGENT_DOWN, Code.HOST_DOWN);

    Machinery {
        verdicts = List.copyOf(verdicts);
    }

    /** Leaves out what another of them explains. */
    static Machinery of(List<Verdict> found, Facts facts) {
        var causes = new ArrayList<Verdict>();
        for (var verdict : found) {
            if (found.stream().noneMatch(other -> explains(other, verdict))
                    && !(OVER_THE_BUS.contains(verdict.code()) && isBusUnsettled(facts))) {
                causes.add(verdict);
            }
        }
        return new Machinery(causes);
    }

    /** While the bus has just gone or is coming back, silence over it says nothing of anybody. */
    private static boolean isBusUnsettled(Facts facts) {
        var lost = facts.bus().lostSince();
        return lost != null
                && Duration.between(lost, facts.now()).compareTo(BusIsDown.COMING_BACK) < 0;
    }

    private static boolean explains(Verdict cause, Verdict effect) {
        return switch (cause.code()) {
            case BUS_DOWN -> SILENT.contains(effect.code()) || effect.code() == Code.BUS_CUT_OFF;
            case NOVA_CONDUCTOR_DOWN ->
                    // Computes report through a conductor: without one they seem silent.
                    (effect.code() == Code.NOVA_COMPUTE_DOWN || effect.code() == Code.HOST_DOWN)
                            && !effect.since().isBefore(cause.since().minusSeconds(60));
            case HOST_DOWN ->
                    (effect.code() == Code.NOVA_COMPUTE_DOWN
                                    || effect.code() == Code.NETWORK_AGENT_DOWN)
                            && cause.subject().id().equals(effect.subject().host());
            case CERTIFICATE_EXPIRED, KEYSTONE_DOWN ->
                    effect.code() == Code.KEYSTONE_REFUSES || effect.code() == Code.KEYSTONE_SLOW;
            case DATABASE_STUCK -> false;
            default -> false;
        };
    }

    Optional<Verdict> find(Code... codes) {
        for (var code : codes) {
            for (var verdict : verdicts) {
                if (verdict.code() == code) {
                    return Optional.of(verdict);
                }
            }
        }
        return Optional.empty();
    }

    Optional<Verdict> of(Code code, String host) {
        return verdicts.stream()
                .filter(each -> each.code() == code && host.equals(each.subject().host()))
                .findFirst();
    }
}
