package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of all projects, each seen only by its own. Whatever changes one is a plan first:
 * {@code preview…} makes it, {@code apply} runs it.
 */
public interface Stacks {

    /**
     * What there is to say about a template that somebody is still writing, as a preview would say
     * it; values of parameters may be missing. Asks the inventory, never the cloud.
     */
    Diagnostics check(
            Viewer viewer, String template, String environment, Map<String, String> files);

    /** What there is to say about an environment for a template, where it stands in its text. */
    Diagnostics checkEnvironment(Viewer viewer, String text, String environment);

    /**
     * The same, but what is planned is held against the cloud as this person sees it now; without
     * that, against what the inventory saw last.
     */
    Stacks looking(Token with);

    /** Plans a new stack or a change of one. */
    PreviewOutcome preview(Viewer viewer, String userName, StackForm form);

    /**
     * Plans a change of what a stack was last given: what is not named stays as it is.
     *
     * @param template another template, or null
     * @param parameters new values by name
     * @param cleared the parameters that take their defaults again
     */
    PreviewOutcome previewChange(
            Viewer viewer,
            String userName,
            UUID stack,
            @Nullable String template,
            Map<String, String> parameters,
            Set<String> cleared);

    /** Plans the way back to an earlier version, with the values that it had. */
    PreviewOutcome previewVersion(Viewer viewer, String userName, UUID stack, int version);

    /**
     * Plans what is done with a stack without another source: to delete it with everything in it,
     * to suspend what can be stopped, to let that go on, or to abandon the stack, which leaves
     * everything as it is.
     */
    PreviewOutcome previewAsItStands(
            Viewer viewer, String userName, UUID stack, StackAction action);

    /**
     * Plans an update once more, with what a person chose for what somebody changed on the cloud:
     * by resource and property.
     */
    PreviewOutcome previewChoosing(
            Viewer viewer,
            String userName,
            UUID plan,
            Map<String, Map<String, Seen.Choice>> choices);

    /** Plans a stack that takes over what another one was abandoned with: see {@link #export}. */
    PreviewOutcome previewAdopt(Viewer viewer, String userName, String name, String export);

    /** Source and ids of a stack as JSON, without hidden values; of one that ended, too. */
    Optional<String> export(Viewer viewer, UUID stack);

    /**
     * Looks at everything in the stack. What is gone or broken is built anew by the next update.
     */
    ApplyOutcome check(Viewer viewer, Token token, UUID stack);

    /**
     * Says that a resource is broken, so that the next update builds it anew, or that it is well.
     * False when there is no such resource, or something is being done with it.
     */
    boolean judge(Viewer viewer, UUID stack, String resource, boolean well, String reason);

    /** Refuses to delete or abandon the stack, or lifts that. */
    boolean protect(Viewer viewer, UUID stack, boolean wanted);

    /** Gives the stack these tags and no others. False when one of them cannot be a tag. */
    boolean tag(Viewer viewer, UUID stack, Set<String> tags);

    /** What happened before event number {@code before}, newest first, at most {@code limit}. */
    List<StackEvent> eventsBefore(Viewer viewer, UUID stack, long before, int limit);

    /** The names of the stacks that were given the value of an output, by output. */
    Map<String, List<String>> consumers(Viewer viewer, UUID stack);

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

    /** The living stacks behind its resources, and those behind theirs: each says where it is. */
    List<StackView> inside(Viewer viewer, UUID stack);

    /**
     * The resources of all stacks inside the same outermost one. One that is a stack of its own has
     * that stack's id.
     */
    List<StackResource> resourcesInside(Viewer viewer, UUID stack);

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

    /** What waits for a person in the stack and in those inside it, the longest first. */
    List<WaitingHook> waitingHooks(Viewer viewer, UUID stack);

    /** Lets a resource go on that waits there. False when it does not. */
    boolean clearHook(Viewer viewer, String userName, UUID stack, UUID resource, String hook);

    /** The version that the update which runs could be taken back to; nothing else can. */
    Optional<Integer> wayBack(Viewer viewer, UUID stack);

    /**
     * Cancels the update that runs, and afterwards takes the stack back to the version before, with
     * a plan of its own. False when no update runs.
     */
    boolean cancelAndGoBack(Viewer viewer, Token token, UUID stack);

    /**
     * Asks the action that runs to stop; one that nobody carries out any more ends at once. False
     * when nothing runs or the stack is not there.
     */
    boolean cancel(Viewer viewer, UUID stack);
}
