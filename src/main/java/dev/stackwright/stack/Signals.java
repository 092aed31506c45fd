package dev.stackwright.stack;

import dev.stackwright.kernel.Viewer;
import java.util.UUID;

/** The door at which resources are told something. */
public interface Signals {

    /**
     * Somebody called the address that a resource hands out; nobody knows who. What does not belong
     * together is not found.
     *
     * @param until the second since 1970 up to which the address is good
     * @param body what they sent, of bounded length
     */
    SignalOutcome called(UUID resource, long until, String signature, String body);

    /** Whether resources of a type can be told anything. */
    boolean takes(String type);

    /** Somebody of the project tells the resource of this name. */
    SignalOutcome told(Viewer viewer, String userName, UUID stack, String resource, String body);
}
