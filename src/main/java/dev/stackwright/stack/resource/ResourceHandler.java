package dev.stackwright.stack.resource;

import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.Map;
import java.util.Set;

/** Makes, changes and deletes resources of some types. */
public interface ResourceHandler {

    Set<String> types();

    /** Brings it into being, and waits until it is there. */
    StepOutcome create(Work work);

    /**
     * Brings it from {@link Work#before} to {@link Work#properties} without losing its identity.
     */
    default StepOutcome update(Work work) {
        return work.done();
    }

    /** Ends it, and waits until it is gone. What is gone already is fine too. */
    StepOutcome delete(Work work);

    /** Whether there is anything to suspend. */
    default boolean sleeps() {
        return false;
    }

    /** Stops it, so that it can go on later; what is stopped already is fine too. */
    default StepOutcome suspend(Work work) {
        return work.done();
    }

    /** Lets it go on. */
    default StepOutcome resume(Work work) {
        return work.done();
    }

    /** Looks whether it is there and well. */
    default StepOutcome check(Work work) {
        return work.done();
    }

    /** Takes over what is there already, and looks whether it is well. */
    default StepOutcome adopt(Work work) {
        return check(work);
    }

    /** What {@code get_resource} answers for it. */
    default Value reference(Work work) {
        return Value.of(work.physicalId());
    }

    /** What {@code get_attr} answers for it, by name. */
    default Map<String, Value> attributes(Work work) {
        return Map.of();
    }

    /**
     * Keeps what is in it, before it is deleted: afterwards its memory says {@code snapshot}. Waits
     * until that is safe.
     */
    default StepOutcome snapshot(Work work) {
        throw new Impossible("A snapshot of %s cannot be taken".formatted(work.type().name()));
    }
}
