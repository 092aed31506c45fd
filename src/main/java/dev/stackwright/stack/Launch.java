package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionRequest;
import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.StepSpec;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanJson;
import dev.stackwright.plan.PlanStep;
import dev.stackwright.stack.store.PlanRow;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.DeletionPolicy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
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
        Optional<UUID> started =
                store.within(() -> {
                    var execution = start(viewer, token.userName(), plan);
                    if (execution.isPresent()) {
                        credentials.keep(plan.id(), credential);
                    }
                    return execution;
                });
        if (started.isEmpty()) {
            credentials.withdraw(viewer, token, plan.id(), credential);
        }
        return started;
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

    private Optional<UUID> start(Viewer viewer, String userName, PlanRow plan) {
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
        var description =
                dev.stackwright.template.TemplateReader.read(plan.source().template())
                        .template()
                        .map(template -> template.description())
                        .orElse("");
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
        var steps = new Steps(plan, version, checked).all(PlanJson.read(plan.plan()));
        executions.start(
                new ExecutionRequest(
                        execution,
                        StackScribe.KIND,
                        plan.stack().toString(),
                        steps,
                        now.plus(plan.timeout())));
        return Optional.of(execution.value());
    }

    private static boolean hasNewSource(StackAction action) {
        return switch (action) {
            case CREATE, UPDATE, ADOPT -> true;
            case DELETE, SUSPEND, RESUME, CHECK, ABANDON -> false;
        };
    }

    /** The rows and steps of one launch. */
    private final class Steps {

        private final PlanRow plan;
        private final int version;
        private final @Nullable CheckedTemplate checked;
        private final Map<String, ResourceRow> current = new HashMap<>();
        private final Map<String, String> adopted = new HashMap<>();
        private final List<ResourceRow> old = new ArrayList<>();
        private final List<StepSpec> steps = new ArrayList<>();

        Steps(PlanRow plan, int version, @Nullable CheckedTemplate checked) {
            this.plan = plan;
            this.version = version;
            this.checked = checked;
            for (var row : store.resources(plan.stack())) {
                if (row.standing() == ResourceRow.Standing.CURRENT) {
                    current.put(row.view().name(), row);
                } else {
                    old.add(row);
                }
            }
        }

        List<StepSpec> all(Plan draft) {
            redefine();
            draft.changes().stream()
                    .filter(change -> change.action() == Action.ADOPT)
                    .filter(change -> change.physicalId() != null)
                    .forEach(change ->
                            adopted.put(
                                    change.name(), Objects.requireNonNull(change.physicalId())));
            draft.steps().forEach(this::add);
            if (plan.action() != StackAction.ABANDON) {
                cleanUp();
            }
            endCredential();
            return steps;
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
                        "Plan %s speaks of %s, which stack %s does not have"
                                .formatted(plan.id(), step.resource(), plan.stack()));
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
            var id = UUID.randomUUID();
            store.insertResource(
                    id,
                    plan.stack(),
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
                            new ResourceTask(operation, plan.stack(), row, version, plan.id())
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
                                                plan.stack(),
                                                row.view().id(),
                                                version,
                                                plan.id())
                                        .write(),
                                made));
            }
        }

        private void endCredential() {
            var all = new LinkedHashSet<String>();
            steps.forEach(step -> all.add(step.name()));
            steps.add(
                    new StepSpec(
                            "credential",
                            ResourceSteps.EndCredential.NAME,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put(
                                            "cloud",
                                            store.find(plan.stack()).orElseThrow().cloud().value())
                                    .put("credential", plan.id().toString()),
                            all,
                            true));
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
