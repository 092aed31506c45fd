package dev.stackwright.stack.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is around a resource: everything that is neither its own nor the cloud's. */
public interface Surroundings {

    /** The text of a software config, by its id; any other text stays what it is. */
    String config(String textOrId);

    /** A new address at which the resource is signalled from outside. */
    String signalAddress();

    /**
     * What was signalled to a resource of the same project, by its id or its address; nothing when
     * there is no such resource.
     */
    Optional<List<Signal>> signalsTo(String idOrAddress);

    /** Forgets what was signalled to it. */
    void forgetSignalsTo(String idOrAddress);

    Instant now();
}
