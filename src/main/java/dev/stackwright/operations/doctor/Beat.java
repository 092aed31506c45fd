package dev.stackwright.operations.doctor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service that reports that it is alive.
 *
 * @param alive as the API that collects the reports says
 * @param enabled whether it is meant to work; one that is being repaired is not
 * @param forcedDown an operator said that it is down
 * @param heard its last report
 * @param read when the API said all this
 */
public record Beat(
        Family family,
        String binary,
        String host,
        boolean alive,
        boolean enabled,
        boolean forcedDown,
        @Nullable String reason,
        Instant heard,
        Instant read) {

    /** Whose service it is. */
    public enum Family {
        NOVA,
        NEUTRON,
        CINDER
    }

    /** Whether its reports travel over the message bus; the others write to the database. */
    boolean reportsOverTheBus() {
        return family == Family.NEUTRON || binary.equals("nova-compute");
    }

    /** Silent though nobody wanted that. */
    boolean isSilent() {
        return !alive && enabled && !forcedDown;
    }

    Evidence.Source source() {
        return switch (family) {
            case NOVA -> Evidence.Source.COMPUTE_SERVICES;
            case NEUTRON -> Evidence.Source.NETWORK_AGENTS;
            case CINDER -> Evidence.Source.VOLUME_SERVICES;
        };
    }
}
