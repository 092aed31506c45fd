package dev.stackwright.plan;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One thing to do. A replacement is two: make the new one, and delete the old one.
 *
 * @param id unique in the plan: {@code create web}
 * @param resource its logical name; empty for {@link Operation#SETTLE}
 * @param after the ids of the steps that come first
 */
public record PlanStep(String id, String resource, Operation operation, Set<String> after) {

    public PlanStep {
        after = Collections.unmodifiableSet(new LinkedHashSet<>(after));
    }

    public static String id(Operation operation, String resource) {
        return operation.word + " " + resource;
    }

    /** The things that can be done with a resource. */
    public enum Operation {
        CREATE("create"),
        UPDATE("update"),
        ADOPT("adopt"),
        /** Deletes a resource that the stack has no more. */
        DELETE("delete"),
        /** Deletes what was replaced; the resource goes on as another object. */
        DELETE_OLD("delete-old"),
        SUSPEND("suspend"),
        RESUME("resume"),
        /** Looks whether it is there and well. */
        CHECK("check"),
        /** Does nothing but wait until all that is new stands; what goes, goes after it. */
        SETTLE("settle");

        private final String word;

        Operation(String word) {
            this.word = word;
        }
    }
}
