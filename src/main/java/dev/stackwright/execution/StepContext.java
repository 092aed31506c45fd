package dev.stackwright.execution;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a step knows about itself, and its durable memory. */
public interface StepContext {

    ExecutionId execution();

    String kind();

    String subject();

    String step();

    JsonNode payload();

    /**
     * How often the step was begun, this time included: 1, 2 … More than 1 after a death or a
     * failure.
     */
    int attempt();

    /** What was kept so far; a copy, empty to begin with. */
    ObjectNode kept();

    /** Remembers this for the next turn, durably, before it returns. */
    void keep(ObjectNode memory);

    /**
     * Remembers this until the turn ends, without writing it down: for what a turn after a death
     * would work out again. It saves a write that somebody would wait for.
     */
    void carry(ObjectNode memory);

    /** Whether this change was begun once and nobody knows how it ended. */
    boolean unsure(String change);

    /**
     * Writes down that the change is about to be made, makes it, and writes down what came of it
     * together with what is to be kept. A change that throws {@link ChangeRefused} certainly did
     * not happen; after any other exception nobody knows, and {@link #unsure} says so.
     *
     * @param change a name for the change, unique within the step
     * @param detail what a person reading the journal wants to know; never a secret
     * @param remember from the answer, what to keep; the memory so far is handed in to be added to
     */
    <T> T journaled(
            String change, String detail, Supplier<T> call, Function<T, ObjectNode> remember);

    /** The change turned out to be made, or not: after looking, nobody is unsure any more. */
    void settle(String change, String detail, ObjectNode memory);

    /** What another step of this execution came to, once it is done. */
    Optional<JsonNode> resultOf(String step);
}
