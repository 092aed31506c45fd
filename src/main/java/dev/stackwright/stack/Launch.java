package dev.stackwright.stack;

import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Token;
import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionRequest;
import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.StepSpec;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanJson;
import dev.stackwright.plan.PlanStep;
import dev.stackwright.stack.store.PlanRow;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.Source;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.TemplateReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns an approved plan into an execution. The credential is made first, everything else happens
 * in one transaction: the stack's new version, a row for each resource to be made, and the steps.
 */
final class Launch {

    private static final String SCALES = "::ScalingPolicy";

    private final StackStore store;
    private final Blueprints blueprints;
    private final Executions executions;
    private final RunCredentials credentials;
    private final Clock clock;

    Launch(
            StackStore store,
            Blueprints blueprints,
            Executions executions,
            RunCredentials credentials,
            Clock clock) {
        this.store = store;
        this.blueprints = blueprints;
        this.executions = executions;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Empty when the stack moved in the meantime. */
    Optional<UUID> launch(Viewer viewer, Token token, PlanRow plan) {
        var credential =
                credentials.make(
                        viewer,
                        token,
                        plan.id(),
                        "Lets Stackwright carry out plan %d of stack %s"
                                .formatted(plan.number(), plan.stackName()));
        var standing = standing(viewer, token, plan);
        Optional<UUID> started =
                store.within(() -> {
                    var execution =
                            start(
                                    viewer,
                                    token.userName(),
                                    plan,
                                    standing == null ? null : standing.id());
                    if (execution.isPresent()) {
                        credentials.keep(plan.id(), credential);
                        if (standing != null) {
                            credentials.keep(standing.id(), standing.credential());
                            store.standsFor(standing.id(), plan.stack());
                        }
                    }
                    return execution;
                });
        if (started.isEmpty()) {
            credentials.withdraw(viewer, token, plan.id(), credential);
            if (standing != null) {
                credentials.withdraw(viewer, token, standing.id(), standing.credential());
            }
        }
        return started;
    }

    /** A credential that stays with a stack between its runs. */
    private record Standing(UUID id, Credentials.ApplicationCredential credential) {}

    /**
     * What scales when nobody is signed in needs a credential until the stack ends; each launch of
     * a new text leaves one of whoever launched it, in place of the one before.
     */
    private @Nullable Standing standing(Viewer viewer, Token token, PlanRow plan) {
        if (!hasNewSource(plan.action()) || !plan.source().mentions(SCALES)) {
            return null;
        }
        var id = UUID.randomUUID();
        return new Standing(
                id,
                credentials.make(
                        viewer,
                        token,
                        id,
                        "Lets Stackwright scale groups of stack %s".formatted(plan.stackName())));
    }

    /**
     * Begins to bring a group to another size, in the caller's transaction.
     *
     * @param stack that the group belongs to; it is at rest
     */
    void scale(
            StackView stack,
            ResourceRow group,
            int capacity,
            UUID credential,
            Duration timeout,
            String why) {
        var execution = ExecutionId.random();
        var now = clock.instant();
        boolean begun =
                store.begin(
                        stack.id(),
                        stack.revision(),
                        StackAction.UPDATE,
                        stack.version(),
                        stack.description(),
                        execution.value(),
                        store.planOf(stack.id()).orElse(credential),
                        timeout,
                        now);
        if (!begun) {
            throw new IllegalStateException("Stack %s moved meanwhile".formatted(stack.id()));
        }
        store.event(stack.id(), now, null, StackAction.UPDATE, StackProgress.IN_PROGRESS, why);
        var name = PlanStep.id(PlanStep.Operation.UPDATE, group.view().name());
        var task =
                new ResourceTask(
                        ResourceTask.Operation.UPDATE,
                        stack.id(),
                        group.view().id(),
                        stack.version(),
                        credential,
                        new Value.Entries(Map.of()),
                        capacity);
        executions.start(
                new ExecutionRequest(
                        execution,
                        StackScribe.KIND,
                        stack.id().toString(),
                        List.of(
                                new StepSpec(name, ResourceSteps.NAME, task.write(), Set.of()),
                                new StepSpec(
                                        "halt",
                                        ResourceSteps.EndCredential.NAME,
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("cloud", stack.cloud().value()),
                                        Set.of(name),
                                        true)),
                        now.plus(timeout)));
    }

    /**
     * Begins another run of the same person, whose credential is there, in the caller's
     * transaction.
     */
    void again(Viewer viewer, String userName, PlanRow plan) {
        var standing =
                plan.source().mentions(SCALES)
                        ? store.standingCredentials(plan.stack())
                        : List.<UUID>of();
        var latest = standing.isEmpty() ? null : standing.getFirst();
        if (start(viewer, userName, plan, latest).isEmpty()) {
            throw new IllegalStateException("Stack %s moved meanwhile".formatted(plan.stack()));
        }
    }

    /** What nobody carries out any more ends at once. */
    void cancel(StackView stack) {
        var running =
                Optional.ofNullable(stack.execution())
                        .flatMap(id -> executions.find(new ExecutionId(id)))
                        .filter(execution -> execution.state() == ExecutionState.RUNNING);
        if (running.isPresent()) {
            executions.cancel(running.get().id());
            return;
        }
        var why = "Nothing was carrying it out any more";
        var now = clock.instant();
        store.within(() -> {
            store.end(stack.id(), StackProgress.FAILED, why, null, now);
            store.event(stack.id(), now, null, stack.action(), StackProgress.FAILED, why);
            return true;
        });
    }

    private Optional<UUID> start(
            Viewer viewer, String userName, PlanRow plan, @Nullable UUID standing) {
        var execution = ExecutionId.random();
        var now = clock.instant();
        if (plan.action() == StackAction.CREATE || plan.action() == StackAction.ADOPT) {
            if (store.isNameTaken(viewer, plan.stackName())) {
                return Optional.empty();
            }
            store.insert(plan.stack(), viewer, plan.stackName(), userName, plan.timeout(), now);
        }
        boolean sourced = hasNewSource(plan.action());
        int version = sourced ? plan.baseVersion() + 1 : plan.baseVersion();
        var description = description(plan.source());
        if (!store.begin(
                        plan.stack(),
                        plan.baseRevision(),
                        plan.action(),
                        version,
                        description,
                        execution.value(),
                        plan.id(),
                        plan.timeout(),
                        now)
                || !store.applied(plan.id(), execution.value(), userName, now)) {
            return Optional.empty();
        }
        if (sourced) {
            store.insertVersion(plan.stack(), version, plan.source(), userName, now);
        }
        store.event(plan.stack(), now, null, plan.action(), StackProgress.IN_PROGRESS, "");
        var stack = store.find(plan.stack()).orElseThrow();
        var checked = sourced ? blueprints.launched(stack, version) : null;
        var steps =
                new Steps(plan.stack(), plan.action(), plan.id(), version, checked)
                        .whole(PlanJson.read(plan.plan()), standing);
        executions.start(
                new ExecutionRequest(
                        execution,
                        StackScribe.KIND,
                        plan.stack().toString(),
                        steps,
                        now.plus(plan.timeout())));
        return Optional.of(execution.value());
    }

    /**
     * Begins an action of a stack behind a resource, in the caller's transaction. Its run acts with
     * the credential of the run around it, which also says when it is too late. False when
     * something else is being done with it.
     */
    boolean inside(
            StackView stack,
            StackAction action,
            Plan draft,
            Source source,
            ExecutionId run,
            UUID credential,
            String by) {
        var now = clock.instant();
        var moving =
                stack.isMoving()
                        && Optional.ofNullable(stack.execution())
                                .flatMap(id -> executions.state(new ExecutionId(id)))
                                .filter(state -> state == ExecutionState.RUNNING)
                                .isPresent();
        if (moving) {
            return false;
        }
        if (stack.isMoving()) {
            store.end(stack.id(), StackProgress.FAILED, "Nothing was carrying it out", null, now);
        }
        var current = store.find(stack.id()).orElseThrow();
        boolean sourced = hasNewSource(action);
        int version = sourced ? stack.version() + 1 : stack.version();
        if (!store.begin(
                stack.id(),
                current.revision(),
                action,
                version,
                sourced ? description(source) : stack.description(),
                run.value(),
                credential,
                Duration.ZERO,
                now)) {
            return false;
        }
        if (sourced) {
            store.insertVersion(stack.id(), version, source, by, now);
        }
        store.event(stack.id(), now, null, action, StackProgress.IN_PROGRESS, "");
        var checked =
                sourced ? blueprints.launched(store.find(stack.id()).orElseThrow(), version) : null;
        var steps = new Steps(stack.id(), action, credential, version, checked).all(draft);
        executions.start(
                new ExecutionRequest(run, StackScribe.KIND, stack.id().toString(), steps, null));
        return true;
    }

    private static String description(Source source) {
        return TemplateReader.read(source.template())
                .template()
                .map(template -> template.description())
                .orElse("");
    }

    private static boolean hasNewSource(StackAction action) {
        return switch (action) {
            case CREATE, UPDATE, ADOPT -> true;
            case DELETE, SUSPEND, RESUME, CHECK, SIGNAL, ABANDON -> false;
        };
    }

    /** The rows and steps of one launch. */
    private final class Steps {

        private final UUID stack;
        private final StackAction action;
        private final UUID credential;
        private final int version;
        private final @Nullable CheckedTemplate checked;
        private final Map<String, ResourceRow> current = new HashMap<>();
        private final Map<String, String> adopted = new HashMap<>();
        private final Map<String, Value.Entries> drifted = new HashMap<>();
        private final Set<String> madeAgain = new LinkedHashSet<>();
        private final List<ResourceRow> old = new ArrayList<>();
        private final List<StepSpec> steps = new ArrayList<>();

        Steps(
                UUID stack,
                StackAction action,
                UUID credential,
                int version,
                @Nullable CheckedTemplate checked) {
            this.stack = stack;
            this.action = action;
            this.credential = credential;
            this.version = version;
            this.checked = checked;
            for (var row : store.resources(stack)) {
                if (row.standing() == ResourceRow.Standing.CURRENT) {
                    current.put(row.view().name(), row);
                } else {
                    old.add(row);
                }
            }
        }

        /** With the end of the credential. */
        List<StepSpec> whole(Plan draft, @Nullable UUID standing) {
            all(draft);
            endCredential(standing);
            return steps;
        }

        List<StepSpec> all(Plan draft) {
            redefine();
            draft.changes().stream()
                    .filter(change -> change.action() == Action.ADOPT)
                    .filter(change -> change.physicalId() != null)
                    .forEach(change ->
                            adopted.put(
                                    change.name(), Objects.requireNonNull(change.physicalId())));
            draft.changes().forEach(this::drift);
            draft.with(Action.CREATE).forEach(change -> madeAgain.add(change.name()));
            draft.steps().forEach(this::add);
            if (action != StackAction.ABANDON) {
                cleanUp();
            }
            return steps;
        }

        /** What somebody changed on the cloud is brought back against what it is there. */
        private void drift(Change change) {
            var live = new LinkedHashMap<String, Value>();
            for (var deviation : change.deviations()) {
                if (!deviation.kept()) {
                    live.put(deviation.property(), deviation.live());
                }
            }
            if (!live.isEmpty()) {
                drifted.put(change.name(), new Value.Entries(live));
            }
        }

        /** Rows of resources that stay follow the new text. */
        private void redefine() {
            var checked = this.checked;
            if (checked == null) {
                return;
            }
            for (var name : checked.resources().keySet()) {
                var row = current.get(name);
                if (row != null) {
                    store.redefine(row.view().id(), place(name), dependencies(name), policy(name));
                }
            }
        }

        private void add(PlanStep step) {
            switch (step.operation()) {
                case CREATE -> resource(step, ResourceTask.Operation.CREATE, fresh(step));
                case ADOPT -> {
                    var row = fresh(step);
                    var id = adopted.get(step.resource());
                    if (id != null) {
                        store.setPhysicalId(row, id);
                    }
                    resource(step, ResourceTask.Operation.ADOPT, row);
                }
                case SUSPEND -> resource(step, ResourceTask.Operation.SUSPEND, present(step));
                case RESUME -> resource(step, ResourceTask.Operation.RESUME, present(step));
                case CHECK -> resource(step, ResourceTask.Operation.CHECK, present(step));
                case UPDATE -> resource(step, ResourceTask.Operation.UPDATE, present(step));
                case DELETE, DELETE_OLD ->
                        resource(step, ResourceTask.Operation.DELETE, present(step));
                case SETTLE ->
                        steps.add(
                                new StepSpec(
                                        step.id(),
                                        ResourceSteps.Settle.NAME,
                                        JsonNodeFactory.instance.objectNode(),
                                        step.after()));
            }
        }

        private UUID present(PlanStep step) {
            var row = current.get(step.resource());
            if (row == null) {
                throw new IllegalStateException(
                        "A plan speaks of %s, which stack %s does not have"
                                .formatted(step.resource(), stack));
            }
            return row.view().id();
        }

        /** A row for what is to be made; one that was never begun is as good as new. */
        private UUID fresh(PlanStep step) {
            var name = step.resource();
            var row = current.get(name);
            if (row != null && !row.view().begun()) {
                store.removeResource(row.view().id());
                row = null;
            }
            if (row != null && madeAgain.contains(name)) {
                // Its object is gone; what may be left of it goes once the new one stands.
                old.add(row);
            }
            var id = UUID.randomUUID();
            store.insertResource(
                    id,
                    stack,
                    name,
                    Objects.requireNonNull(checked).typeOf(name),
                    place(name),
                    row == null ? ResourceRow.Standing.CURRENT : ResourceRow.Standing.NEXT,
                    dependencies(name),
                    policy(name));
            return id;
        }

        private void resource(PlanStep step, ResourceTask.Operation operation, UUID row) {
            steps.add(
                    new StepSpec(
                            step.id(),
                            ResourceSteps.NAME,
                            new ResourceTask(
                                            operation,
                                            stack,
                                            row,
                                            version,
                                            credential,
                                            drifted.getOrDefault(
                                                    step.resource(), new Value.Entries(Map.of())),
                                            -1)
                                    .write(),
                            step.after()));
        }

        /** What earlier actions replaced and did not get to delete. */
        private void cleanUp() {
            var made = new LinkedHashSet<String>();
            for (var step : steps) {
                boolean deletes =
                        step.handler().equals(ResourceSteps.NAME)
                                && ResourceTask.read(step.payload()).operation()
                                        == ResourceTask.Operation.DELETE;
                if (!deletes) {
                    made.add(step.name());
                }
            }
            for (var row : old) {
                steps.add(
                        new StepSpec(
                                "clean-up %s (%s)".formatted(row.view().name(), row.view().id()),
                                ResourceSteps.NAME,
                                new ResourceTask(
                                                ResourceTask.Operation.DELETE,
                                                stack,
                                                row.view().id(),
                                                version,
                                                credential)
                                        .write(),
                                made));
            }
        }

        private void endCredential(@Nullable UUID standing) {
            boolean others =
                    hasNewSource(action)
                            || action == StackAction.DELETE
                            || action == StackAction.ABANDON;
            var payload =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("cloud", store.find(stack).orElseThrow().cloud().value())
                            .put("credential", credential.toString());
            if (others) {
                payload.put("standing", standing == null ? "" : standing.toString());
            }
            var all = new LinkedHashSet<String>();
            steps.forEach(step -> all.add(step.name()));
            steps.add(
                    new StepSpec(
                            "credential", ResourceSteps.EndCredential.NAME, payload, all, true));
        }

        private int place(String name) {
            return new ArrayList<>(Objects.requireNonNull(checked).graph().order()).indexOf(name);
        }

        private Set<String> dependencies(String name) {
            return Objects.requireNonNull(checked).graph().dependenciesOf(name);
        }

        private DeletionPolicy policy(String name) {
            return Objects.requireNonNull(checked).deletionPolicyOf(name);
        }
    }
}
