package dev.stackwright.operations.clearing;

import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Verdict;
import java.util.List;

/**
 * What is wrong with a host that seems to be dead. Building its instances anew while they still run
 * would have two of each write to the same disks, so the causes are told apart first.
 */
public enum Ailment {
    /** Its nova-compute reports. */
    WELL,
    /** Everything on it fell silent at once, or somebody marked it as down: it is gone. */
    HOST_DEAD,
    /** Only nova-compute is silent: what runs there runs on. */
    AGENT_DEAD,
    /** Reports get lost on their way: nothing is known of any host. */
    BUS_SICK,
    /** It is silent, and nothing else is there that could tell more. */
    UNPROVEN;

    public boolean mayBeRecovered() {
        return this == HOST_DEAD || this == UNPROVEN;
    }

    /**
     * Tells them apart.
     *
     * @param silent whether its nova-compute does not report
     * @param forcedDown whether somebody marked it as down
     * @param agents whether the other agents on it report, one by one
     * @param open what the doctor finds of the cloud now
     */
    public static Ailment of(
            String host,
            boolean silent,
            boolean forcedDown,
            List<Boolean> agents,
            List<Verdict> open) {
        if (forcedDown) {
            return HOST_DEAD;
        }
        if (!silent) {
            return WELL;
        }
        if (open.stream().anyMatch(verdict -> isOfTheBus(verdict.code()))) {
            return BUS_SICK;
        }
        if (open.stream()
                .anyMatch(verdict ->
                        verdict.code() == Code.HOST_DOWN
                                && host.equals(verdict.subject().host()))) {
            return HOST_DEAD;
        }
        return agents.contains(true) ? AGENT_DEAD : UNPROVEN;
    }

    private static boolean isOfTheBus(Code code) {
        return code == Code.BUS_DOWN
                || code == Code.BUS_CUT_OFF
                || code == Code.DATABASE_STUCK
                || code == Code.NOVA_CONDUCTOR_DOWN;
    }
}
