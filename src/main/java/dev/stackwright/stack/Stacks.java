package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Viewer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The stacks of all projects, each seen only by its own. Whatever changes one is a plan first:
 * {@code preview…} makes it, {@code apply} runs it.
 */
public interface Stacks {

    /**
     * What there is to say about a template that somebody is still writing, as a preview would say
     * it; values of parameters may be missing. Asks the inventory, never the cloud.
     */
    Diagnostics check(Viewer viewer, String template, String environment);

    /** Plans a new stack or a change of one. */
    PreviewOutcome preview(Viewer viewer, String userName, StackForm form);

    /** Plans the deletion of a stack and of everything in it. */
    PreviewOutcome previewDelete(Viewer viewer, String userName, UUID stack);

    /**
     * Carries a plan out, if the stack is still what it was made from. With the person's token a
     * credential is made that the work in the background acts with; it ends with the run.
     */
    ApplyOutcome apply(Viewer viewer, Token token, UUID plan);

    Optional<StoredPlan> plan(Viewer viewer, UUID plan);

    StackPage list(Viewer viewer, StackQuery query);

    Optional<StackView> find(Viewer viewer, UUID stack);

    /** Those that exist, and with {@code replaced} those that wait to be deleted. */
    List<StackResource> resources(Viewer viewer, UUID stack);

    /** What happened after event number {@code since}, oldest first, at most {@code limit}. */
    List<StackEvent> eventsSince(Viewer viewer, UUID stack, long since, int limit);

    /** The latest {@code limit} events, newest first. */
    List<StackEvent> latestEvents(Viewer viewer, UUID stack, int limit);

    List<StackOutput> outputs(Viewer viewer, UUID stack);

    /** How long the creation of a resource took so far in this project, by type; the middle one. */
    Map<String, Duration> usualDurations(Viewer viewer);

    /** Newest first. */
    List<StackVersion> versions(Viewer viewer, UUID stack);

    Optional<StackVersion> version(Viewer viewer, UUID stack, int number);

    /** Asks the action that runs to stop. False when nothing runs or the stack is not there. */
    boolean cancel(Viewer viewer, UUID stack);
}
