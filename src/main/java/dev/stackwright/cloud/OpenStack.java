package dev.stackwright.cloud;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A cloud seen with one token, lent out by {@link Cloud#as} for the length of that call and to that
 * thread. Everything throws {@link CloudFailure} when the cloud says no.
 */
public interface OpenStack {

    Token token();

    Answer call(Request request);

    /** The same, with an empty answer when the service does not know the object. */
    Optional<Answer> find(Request request);

    /** All pages of a collection: {@code list(get(COMPUTE, "/servers/detail"), "servers")}. */
    List<JsonNode> list(Request request, String key);

    /**
     * All pages of a collection, one after the other, without holding them all.
     *
     * @param page gets the entries of a page, which are read while they are walked: once
     */
    void eachPage(Request request, String key, Consumer<Iterable<JsonNode>> page);

    /** Whether the catalog has the service in this cloud's region. */
    boolean offers(Service service);

    /** Where the service's requests go, version included. */
    Optional<String> address(Service service);
}
