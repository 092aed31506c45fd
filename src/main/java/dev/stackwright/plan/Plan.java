package dev.stackwright.plan;

import dev.stackwright.kernel.Diagnostics;
import java.util.Comparator;
import java.util.List;

/**
 * What would happen to a stack, as data: it can be stored, shown, compared and carried out.
 *
 * @param basedOn the revision of the stack's state that it was made from; 0 for a new stack
 * @param changes in the order in which they run; what is kept is among them
 * @param steps what the engine does, in an order that respects {@link PlanStep#after()}
 * @param quota every quota that the plan touches
 * @param refusals why the plan cannot run; with errors in it there is nothing to approve
 */
public record Plan(
        PlanKind kind,
        String stack,
        long basedOn,
        List<Change> changes,
        List<PlanStep> steps,
        List<QuotaEffect> quota,
        Diagnostics refusals) {

    private static final Comparator<Change> WORST_FIRST = Comparator.comparing(Change::action);

    public Plan {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        quota = List.copyOf(quota);
    }

    /** Deleted, replaced, updated, created, adopted, kept; among equals in the order of the run. */
    public List<Change> worstFirst() {
        return changes.stream().sorted(WORST_FIRST).toList();
    }

    public List<Change> with(Action action) {
        return changes.stream().filter(change -> change.action() == action).toList();
    }

    public int count(Action action) {
        return (int) changes.stream().filter(change -> change.action() == action).count();
    }

    /** Whether there is nothing to do. */
    public boolean changesNothing() {
        return steps.isEmpty();
    }

    public boolean canRun() {
        return !refusals.hasErrors();
    }

    /** The changes that lose something for good. */
    public List<Change> losses() {
        return worstFirst().stream().filter(change -> !change.lost().isEmpty()).toList();
    }
}
