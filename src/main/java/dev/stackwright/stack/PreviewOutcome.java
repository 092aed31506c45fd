package dev.stackwright.stack;

import dev.stackwright.kernel.Diagnostics;
import java.util.List;

/** What became of a wish: a plan, or what stands in its way. */
public sealed interface PreviewOutcome {

    /** It can be planned; nothing has happened yet. */
    record Planned(StoredPlan plan) implements PreviewOutcome {}

    /**
     * It cannot be planned as it is.
     *
     * @param diagnostics about the texts, with line and column
     * @param fields about the form: what is wrong with which field, and an example that works
     */
    record Refused(Diagnostics diagnostics, List<FieldProblem> fields) implements PreviewOutcome {
        public Refused {
            fields = List.copyOf(fields);
        }
    }

    /** The stack is not there, or not this person's to change. */
    record NotFound() implements PreviewOutcome {}

    /**
     * One field of the form.
     *
     * @param field {@code name}, {@code template}, {@code environment}, {@code stack}, or {@code
     *     parameters.<name>}
     */
    record FieldProblem(String field, String sentence) {}
}
