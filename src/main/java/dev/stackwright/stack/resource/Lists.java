package dev.stackwright.stack.resource;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The lists of the services, each asked for once. */
public interface Lists {

    /** Empty when nobody could be asked for it. */
    Optional<List<JsonNode>> of(Listing listing);

    /** Whether they are what the services say now. */
    boolean areFresh();

    /** Whether what is not in a list is really not there. */
    boolean isGone(Listing listing, String id);
}
