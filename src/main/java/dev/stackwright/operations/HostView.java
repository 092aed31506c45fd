package dev.stackwright.operations;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Survey;
import dev.stackwright.operations.clearing.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host as pages show it.
 *
 * @param id of its hypervisor
 * @param name what Nova calls the machine
 * @param zone empty when nobody says
 * @param hypervisor what Nova says of it
 * @param compute its nova-compute, null while that was not read
 * @param agents the network agents on it
 * @param carries what is on it
 * @param place what placement gives away of it; null while that is not known
 * @param trouble what the doctor found of it, the worst first
 */
public record HostView(
        String id,
        String name,
        String zone,
        State state,
        @Nullable Instant since,
        @Nullable String reason,
        CloudObject hypervisor,
        @Nullable CloudObject compute,
        List<CloudObject> agents,
        Survey.Carries carries,
        @Nullable Place place,
        List<KnownVerdict> trouble) {

    /** How a host stands. */
    public enum State {
        WORKS,
        /** Closed for new instances by somebody. */
        CLOSED,
        /** Its nova-compute does not report. */
        SILENT,
        /** Somebody said that it is down, so that what is on it may be built anew elsewhere. */
        FORCED_DOWN
    }

    public HostView {
        agents = List.copyOf(agents);
        trouble = List.copyOf(trouble);
    }
}
