package dev.stackwright.stack;

import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.Plan;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.Impossible;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.Facade;
import dev.stackwright.template.Resolver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Performs the steps of resources that are stacks of their own. The stack behind a resource has the
 * id of the resource's row, and each of its actions is a run of its own whose id is kept before it
 * begins: whoever takes the step up again finds both by these ids, so that neither is begun twice.
 */
final class NestedSteps {

    private static final String ID = "id";
    private static final String RUN = "run";
    private static final String TURNS = "turns";
    private static final String AT = "at";
    private static final String UNTIL = "until";
    private static final String REMOVED = "removed";
    private static final String PAUSE = "pause";
    private static final String WAITS = "The stack behind it is at work";

    private final StackStore store;
    private final Blueprints blueprints;
    private final Truths truths;
    private final Insides insides;
    private final Foresight foresight;
    private final Launch launch;
    private final LifePlans lifePlans;
    private final Executions executions;
    private final UnaryOperator<String> seal;
    private final Clock clock;

    NestedSteps(
            StackStore store,
            Blueprints blueprints,
            Truths truths,
            Insides insides,
            Foresight foresight,
            Launch launch,
            LifePlans lifePlans,
            Executions executions,
            UnaryOperator<String> seal,
            Clock clock) {
        this.store = store;
        this.blueprints = blueprints;
        this.truths = truths;
        this.insides = insides;
        this.foresight = foresight;
        this.launch = launch;
        this.lifePlans = lifePlans;
        this.executions = executions;
        this.seal = seal;
        this.clock = clock;
    }

    /** Whether nobody else takes care of the resource. */
    boolean takes(ResourceRow row) {
        return truths.isInside(row);
    }

    StepOutcome perform(StepContext step, ResourceTask task, StackView stack, ResourceRow row) {
        return switch (task.operation()) {
            case CREATE, UPDATE -> bring(step, task, stack, row);
            case ADOPT ->
                    throw new Impossible("A resource with a stack behind it cannot be adopted yet");
            case DELETE -> delete(step, task, row);
            case SUSPEND ->
                    life(
                            step,
                            task,
                            row,
                            child -> lifePlans.suspend(child, store.resources(child.id())));
            case RESUME ->
                    life(
                            step,
                            task,
                            row,
                            child -> lifePlans.resume(child, store.resources(child.id())));
            case CHECK ->
                    life(
                            step,
                            task,
                            row,
                            child -> lifePlans.check(child, store.resources(child.id())));
        };
    }

    // Making and changing.

    private StepOutcome bring(
            StepContext step, ResourceTask task, StackView stack, ResourceRow row) {
        var memory = memory(step, row);
        var under = underWay(step, row, memory);
        if (under != null) {
            return under;
        }
        var wish = wish(task, stack, row);
        if (!memory.has(TURNS)) {
            plan(wish, memory, stack, row);
        }
        int at = memory.path(AT).asInt(0);
        if (at >= memory.path(TURNS).size()) {
            return done(wish, memory, row);
        }
        var until = memory.path(UNTIL).asString("");
        var now = clock.instant();
        if (!until.isEmpty() && now.isBefore(Instant.parse(until))) {
            step.keep(memory);
            return new StepOutcome.Waiting(
                    Duration.between(now, Instant.parse(until)), "A pause between two batches");
        }
        var turn = memory.path(TURNS).path(at);
        var run = intend(step, row, memory);
        boolean begun =
                begin(
                        run,
                        () ->
                                bring(
                                        wish,
                                        task,
                                        stack,
                                        row,
                                        run,
                                        new Group.Turn(turn.path(0).asInt(), turn.path(1).asInt()),
                                        removed(memory)));
        return waiting(begun, run);
    }

    /**
     * What is wanted of a resource now that all that it depends on is known.
     *
     * @param given its properties as the template has them
     * @param properties the same with the size that a group is brought to
     */
    private record Wish(
            CheckedTemplate parent,
            String resource,
            String type,
            Value.Entries given,
            Value.Entries properties,
            Facade facade) {}

    private Wish wish(ResourceTask task, StackView stack, ResourceRow row) {
        var parent = blueprints.launched(stack, task.version());
        var name = row.view().name();
        var resolver = Resolver.of(parent, truths.of(stack.id()));
        var properties = resolver.properties(name);
        ResourceSteps.refuseUnknown(properties);
        var type = parent.typeOf(name);
        return new Wish(
                parent,
                name,
                type,
                properties,
                Group.sized(type, properties, task.capacity()),
                resolver.facadeOf(name));
    }

    /** Decides once in which turns a group gets there. */
    private void plan(Wish wish, ObjectNode memory, StackView stack, ResourceRow row) {
        var turns = memory.putArray(TURNS);
        if (!Insides.isGroup(wish.type())) {
            turns.addArray().add(Group.Turn.LAST.capacity()).add(Group.Turn.LAST.changed());
            return;
        }
        var group = group(wish, stack, row, removed(memory));
        var removed = group.removed();
        var names = memory.putArray(REMOVED);
        removed.forEach(names::add);
        memory.put(PAUSE, group.pause(removed).toMillis());
        for (var turn : group.turns(removed)) {
            turns.addArray().add(turn.capacity()).add(turn.changed());
        }
    }

    private Group group(Wish wish, StackView stack, ResourceRow row, Set<String> removed) {
        var standing =
                store.find(row.view().id())
                        .map(child -> insides.standing(child, row))
                        .orElse(Group.Standing.NOTHING);
        return insides.group(
                stack,
                wish.type(),
                wish.properties(),
                wish.facade(),
                row.view().id().toString(),
                new Group.Standing(
                        standing.members(), standing.failed(), standing.references(), removed));
    }

    private static Set<String> removed(ObjectNode memory) {
        var removed = new LinkedHashSet<String>();
        memory.path(REMOVED).forEach(one -> removed.add(one.asString()));
        return removed;
    }

    private boolean bring(
            Wish wish,
            ResourceTask task,
            StackView stack,
            ResourceRow row,
            ExecutionId run,
            Group.Turn turn,
            Set<String> removed) {
        var id = row.view().id();
        if (store.find(id).isEmpty()) {
            store.insertInside(
                    id, stack, wish.resource(), name(stack, wish.resource(), id), clock.instant());
        }
        var child = store.find(id).orElseThrow();
        var behind =
                Insides.isGroup(wish.type())
                        ? insides.behind(
                                wish.parent(),
                                wish.resource(),
                                group(wish, stack, row, removed).members(turn, removed),
                                wish.facade())
                        : insides.behind(
                                wish.parent(), wish.resource(), wish.properties(), wish.facade());
        var checked =
                behind.check(
                        Blueprints.identity(child), Foresight.Eyes.AT_WORK.constraints(), false);
        if (checked.template().isEmpty()) {
            throw new Impossible(checked.diagnostics().errors().getFirst().detail());
        }
        boolean first = child.version() == 0;
        var outlook =
                foresight.outlook(
                        first ? null : child,
                        child.name(),
                        child.project().value(),
                        checked.template().get(),
                        Foresight.Eyes.AT_WORK);
        return launch.inside(
                child,
                first ? StackAction.CREATE : StackAction.UPDATE,
                sound(outlook.plan()),
                behind.source(),
                run,
                task.credential(),
                store.madeBy(stack.id(), task.version()));
    }

    private static Plan sound(Plan plan) {
        if (!plan.canRun()) {
            throw new Impossible(plan.refusals().errors().getFirst().detail());
        }
        return plan;
    }

    /** Names that Heat would give: the stack, the resource, and what makes it unique. */
    private static String name(StackView stack, String resource, UUID id) {
        var name =
                stack.name()
                        + "-"
                        + resource
                        + "-"
                        + id.toString().replace("-", "").substring(0, 12);
        return name.length() <= 255
                ? name
                : name.substring(0, 2) + "-" + name.substring(name.length() - 252);
    }

    private StepOutcome done(Wish wish, ObjectNode memory, ResourceRow row) {
        var child = store.find(row.view().id()).orElseThrow();
        var kept = JsonNodeFactory.instance.objectNode().put(ID, child.id().toString());
        if (!removed(memory).isEmpty()) {
            var names = kept.putArray(REMOVED);
            removed(memory).forEach(names::add);
        }
        var applied =
                new Applied(
                        wish.given(),
                        wish.facade().metadata(),
                        reference(wish, child),
                        Map.of(),
                        kept);
        return new StepOutcome.Done(
                JsonNodeFactory.instance
                        .objectNode()
                        .put(ResourceSteps.APPLIED, seal.apply(applied.write()))
                        .put(ResourceSteps.CALLED, child.name()));
    }

    /**
     * A template says itself what a reference to it is worth, or it is the address of its stack.
     */
    private Value reference(Wish wish, StackView child) {
        if (Handlers.STACKS.contains(wish.type())
                && !wish.type().startsWith("AWS::CloudFormation")) {
            return Value.of(child.id().toString());
        }
        return truths.outputs(child)
                .getOrDefault(
                        "OS::stack_id",
                        Value.of(
                                "arn:openstack:heat::%s:stacks/%s/%s"
                                        .formatted(
                                                child.project().value(),
                                                child.name(),
                                                child.id())));
    }

    // Ending, and what is done as it stands.

    private StepOutcome delete(StepContext step, ResourceTask task, ResourceRow row) {
        var child = store.find(row.view().id()).filter(one -> one.deletedAt() == null);
        if (child.isEmpty()) {
            refuseStranger(row);
            return doneAsItIs();
        }
        if (row.deletionPolicy() == DeletionPolicy.RETAIN) {
            return store.within(() -> {
                store.release(child.get().id());
                return doneAsItIs();
            });
        }
        return life(step, task, row, stack -> foresight.delete(stack, Foresight.Eyes.AT_WORK));
    }

    /** An object that another release made is not gone because this one does not know its type. */
    private static void refuseStranger(ResourceRow row) {
        var physical = row.view().physicalId();
        if (physical != null && !physical.equals(row.view().id().toString())) {
            throw new Impossible("Stackwright cannot make %s yet".formatted(row.view().type()));
        }
    }

    private StepOutcome life(
            StepContext step, ResourceTask task, ResourceRow row, Function<StackView, Plan> plan) {
        var memory = memory(step, row);
        var under = underWay(step, row, memory);
        if (under != null) {
            return under;
        }
        if (memory.path(AT).asInt(0) > 0) {
            return doneAsItIs();
        }
        var child = store.find(row.view().id()).filter(one -> one.deletedAt() == null);
        if (child.isEmpty()) {
            return new StepOutcome.Failed("The stack behind it is gone", true);
        }
        var run = intend(step, row, memory);
        boolean begun =
                begin(
                        run,
                        () ->
                                launch.inside(
                                        child.get(),
                                        task.operation().action(),
                                        plan.apply(child.get()),
                                        store.source(child.get().id(), child.get().version())
                                                .orElseThrow(),
                                        run,
                                        task.credential(),
                                        ""));
        return waiting(begun, run);
    }

    private static StepOutcome doneAsItIs() {
        return new StepOutcome.Done(JsonNodeFactory.instance.objectNode());
    }

    // The run behind the step.

    /** What the step remembers; it begins with what earlier steps left. */
    private static ObjectNode memory(StepContext step, ResourceRow row) {
        var kept = step.kept();
        return kept.isEmpty() ? Applied.read(row.applied()).memory().deepCopy() : kept;
    }

    /** How the run that was begun stands: null once it is over, or when there was none. */
    private @org.jspecify.annotations.Nullable StepOutcome underWay(
            StepContext step, ResourceRow row, ObjectNode memory) {
        if (!memory.has(RUN)) {
            return null;
        }
        var run = new ExecutionId(UUID.fromString(memory.path(RUN).asString()));
        var state = executions.state(run);
        if (state.isEmpty()) {
            return null;
        }
        if (state.get() == ExecutionState.RUNNING) {
            return new StepOutcome.Awaiting(run, WAITS);
        }
        if (state.get() != ExecutionState.SUCCEEDED) {
            return new StepOutcome.Failed(
                    store.find(row.view().id()).map(StackView::reason).orElse(""), true);
        }
        int at = memory.path(AT).asInt(0) + 1;
        memory.remove(RUN);
        memory.put(AT, at);
        memory.remove(UNTIL);
        long pause = memory.path(PAUSE).asLong(0);
        if (pause > 0 && at < memory.path(TURNS).size()) {
            memory.put(UNTIL, clock.instant().plusMillis(pause).toString());
        }
        step.keep(memory);
        return null;
    }

    /** Gives the run its id, durably, before it begins. */
    private static ExecutionId intend(StepContext step, ResourceRow row, ObjectNode memory) {
        if (!memory.has(RUN)) {
            memory.put(RUN, UUID.randomUUID().toString());
            memory.put(ID, row.view().id().toString());
            step.keep(memory);
        }
        return new ExecutionId(UUID.fromString(memory.path(RUN).asString()));
    }

    /** Begins the run once, with all that belongs to it, in one transaction. */
    private boolean begin(ExecutionId run, java.util.function.BooleanSupplier begins) {
        return store.within(() -> executions.state(run).isPresent() || begins.getAsBoolean());
    }

    private static StepOutcome waiting(boolean begun, ExecutionId run) {
        return begun
                ? new StepOutcome.Awaiting(run, WAITS)
                : new StepOutcome.Waiting(
                        Duration.ofSeconds(1), "Something else is being done behind it");
    }
}
