package dev.stackwright.stack;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.cloud.AuthenticationFailure;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepHandler;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.Impossible;
import dev.stackwright.stack.resource.ResourceHandler;
import dev.stackwright.stack.resource.Work;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.Resolver;
import dev.stackwright.template.ResourceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Performs the steps that touch resources: finds out what is wanted and lets the type's handler do
 * it.
 */
final class ResourceSteps implements StepHandler {

    static final String NAME = "stack.resource";
    static final String APPLIED = "applied";
    static final String CALLED = "called";
    static final String NOTE = "note";

    private static final Pattern BUSY =
            Pattern.compile(
                    "(?i)task_state|vm_state|while it is in|try again|is locked|status must be"
                            + "|in use|still|invalid status|invalid volume");

    private final StackStore store;
    private final Blueprints blueprints;
    private final Handlers handlers;
    private final Truths truths;
    private final NestedSteps nested;
    private final RunCredentials credentials;
    private final Configs configs;
    private final Signalling signalling;
    private final Hooks hooks;
    private final UnaryOperator<String> seal;
    private final UnaryOperator<String> open;

    ResourceSteps(
            StackStore store,
            Blueprints blueprints,
            Handlers handlers,
            Truths truths,
            NestedSteps nested,
            RunCredentials credentials,
            Signalling signalling,
            Hooks hooks,
            UnaryOperator<String> seal,
            UnaryOperator<String> open) {
        this.store = store;
        this.blueprints = blueprints;
        this.handlers = handlers;
        this.truths = truths;
        this.nested = nested;
        this.credentials = credentials;
        this.configs = new Configs(store);
        this.signalling = signalling;
        this.hooks = hooks;
        this.seal = seal;
        this.open = open;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StepOutcome perform(StepContext step) {
        var task = ResourceTask.read(step.payload());
        try {
            var row =
                    store.resource(task.row())
                            .orElseThrow(() -> new Impossible("The resource is not there"));
            var stack = store.findUncounted(task.stack()).orElseThrow();
            return hooks.around(step, task, stack, row, () -> work(step, task, stack, row));
        } catch (Impossible e) {
            return new StepOutcome.Failed(sentence(e), true);
        } catch (ChangeRefused e) {
            return e.getCause() instanceof CloudFailure failure
                    ? failed(task, failure)
                    : new StepOutcome.Failed(sentence(e), true);
        } catch (CloudFailure e) {
            return failed(task, e);
        }
    }

    private StepOutcome work(
            StepContext step, ResourceTask task, StackView stack, ResourceRow row) {
        if (nested.takes(row)) {
            return nested.perform(step, task, stack, row);
        }
        return switch (task.operation()) {
            case CREATE, UPDATE, ADOPT -> bring(step, task, stack, row);
            case DELETE -> delete(step, task, stack, row);
            case SUSPEND -> handler(row).suspend(standing(step, task, stack, row));
            case RESUME -> handler(row).resume(standing(step, task, stack, row));
            case CHECK -> handler(row).check(standing(step, task, stack, row));
        };
    }

    private static String sentence(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static StepOutcome failed(ResourceTask task, CloudFailure failure) {
        if (failure instanceof AuthenticationFailure) {
            return new StepOutcome.Failed(
                    "The cloud does not accept the credential of this run any more; was its owner"
                            + " removed from the project? "
                            + sentence(failure),
                    true);
        }
        boolean busy =
                (failure.kind() == CloudFailure.Kind.CONFLICT
                                || failure.kind() == CloudFailure.Kind.BAD_REQUEST)
                        && BUSY.matcher(failure.said()).find();
        boolean inUse =
                task.operation() == ResourceTask.Operation.DELETE
                        && failure.kind() == CloudFailure.Kind.CONFLICT;
        return new StepOutcome.Failed(sentence(failure), !(failure.passing() || busy || inUse));
    }

    private StepOutcome bring(
            StepContext step, ResourceTask task, StackView stack, ResourceRow row) {
        var name = row.view().name();
        var checked = blueprints.launched(stack, task.version());
        var resolver = Resolver.of(checked, truths.of(stack.id()));
        var properties = resolver.properties(name);
        var definition = checked.resources().get(name);
        var metadata = definition == null ? Value.NULL : resolver.resolve(definition.metadata());
        refuseUnknown(properties);
        var before =
                task.operation() == ResourceTask.Operation.UPDATE
                        ? Applied.read(row.applied()).drifted(task.drifted())
                        : Applied.NOTHING;
        takeAlong(step, before);
        var work = work(step, task, stack, row, type(checked, name), properties, before);
        var handler = handler(row);
        var outcome =
                switch (task.operation()) {
                    case UPDATE -> handler.update(work);
                    case ADOPT -> adopt(handler, work, resolver, definition);
                    default -> handler.create(work);
                };
        if (!(outcome instanceof StepOutcome.Done)) {
            return outcome;
        }
        var applied =
                new Applied(
                        properties,
                        metadata,
                        handler.reference(work),
                        handler.attributes(work),
                        work.memory());
        var result =
                JsonNodeFactory.instance.objectNode().put(APPLIED, seal.apply(applied.write()));
        work.called().ifPresent(called -> result.put(CALLED, called));
        return new StepOutcome.Done(result);
    }

    /** What is known of it already, or what the template names. */
    private static StepOutcome adopt(
            ResourceHandler handler,
            Work work,
            Resolver resolver,
            @Nullable ResourceDefinition definition) {
        if (work.type().service() == null) {
            return handler.create(work);
        }
        if (!work.exists()) {
            var external = definition == null ? null : definition.externalId();
            if (external == null || !(resolver.resolve(external) instanceof Value.Text(var id))) {
                throw new Impossible("It has no external_id to adopt");
            }
            work.is(id);
        }
        return handler.adopt(work);
    }

    /** A resource as it was last applied. */
    private Work standing(StepContext step, ResourceTask task, StackView stack, ResourceRow row) {
        var before = Applied.read(row.applied());
        takeAlong(step, before);
        return work(step, task, stack, row, typeOf(row), before.properties(), before);
    }

    private ResourceType typeOf(ResourceRow row) {
        return blueprints
                .catalog()
                .find(row.view().type())
                .orElseThrow(() -> new Impossible("Nobody knows this type any more"));
    }

    static void refuseUnknown(Value.Entries properties) {
        properties
                .values()
                .forEach((property, value) -> {
                    if (value.hasUnknown()) {
                        throw new Impossible(
                                ("The value of %s cannot be worked out: it asks for what"
                                                + " another resource does not tell")
                                        .formatted(property));
                    }
                });
    }

    /** A later step begins with what the earlier ones remembered, but for where they were. */
    private static void takeAlong(StepContext step, Applied before) {
        var memory = before.memory().deepCopy();
        for (var passing : List.of("phase", "once", "before", "safe", "snapshot", "until")) {
            memory.remove(passing);
        }
        if (step.kept().isEmpty() && !memory.isEmpty()) {
            step.keep(memory);
        }
    }

    private StepOutcome delete(
            StepContext step, ResourceTask task, StackView stack, ResourceRow row) {
        if (row.deletionPolicy() == DeletionPolicy.RETAIN) {
            return new StepOutcome.Done(JsonNodeFactory.instance.objectNode());
        }
        var work = standing(step, task, stack, row);
        var handler = handler(row);
        if (row.deletionPolicy() == DeletionPolicy.SNAPSHOT && row.applied() != null) {
            var kept = keep(work, handler);
            if (!(kept instanceof StepOutcome.Done)) {
                return kept;
            }
        }
        var outcome = handler.delete(work);
        var snapshot = work.memory().path("snapshot").asString("");
        return outcome instanceof StepOutcome.Done && !snapshot.isEmpty()
                ? new StepOutcome.Done(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put(NOTE, "What was in it is kept as " + snapshot))
                : outcome;
    }

    /** What is to be kept is safe before anything is deleted. */
    private static StepOutcome keep(Work work, ResourceHandler handler) {
        if (work.memory().path("safe").asBoolean(false)) {
            return work.done();
        }
        var outcome = handler.snapshot(work);
        if (outcome instanceof StepOutcome.Done) {
            work.remember(work.memory().put("safe", true));
        }
        return outcome;
    }

    private Work work(
            StepContext step,
            ResourceTask task,
            StackView stack,
            ResourceRow row,
            ResourceType type,
            Value.Entries properties,
            Applied before) {
        return new Work(
                step,
                () -> credentials.account(stack.cloud(), task.credential()),
                seal,
                open,
                type,
                row.view().id(),
                stack.name(),
                row.view().name(),
                properties,
                before.properties(),
                row.view().physicalId(),
                signalling.around(stack, row, configs));
    }

    private static ResourceType type(CheckedTemplate checked, String name) {
        return checked.resourceTypeOf(name)
                .orElseThrow(() -> new Impossible("A template as a type cannot be made yet"));
    }

    private ResourceHandler handler(ResourceRow row) {
        return handlers.find(row.view().type())
                .orElseThrow(() ->
                        new Impossible(
                                "Stackwright cannot make %s yet".formatted(row.view().type())));
    }

    /** A step that only waits for others. */
    static final class Settle implements StepHandler {

        static final String NAME = "stack.settle";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public StepOutcome perform(StepContext step) {
            return new StepOutcome.Done(JsonNodeFactory.instance.objectNode());
        }
    }

    /**
     * The last step: the credential takes itself back, with those that stood for the stack before
     * the one that does now. A run without one of its own only stops what is still at work inside.
     */
    static final class EndCredential implements StepHandler {

        static final String NAME = "stack.credential";

        private final RunCredentials credentials;
        private final StackStore store;
        private final Executions executions;

        EndCredential(RunCredentials credentials, StackStore store, Executions executions) {
            this.credentials = credentials;
            this.store = store;
            this.executions = executions;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public StepOutcome perform(StepContext step) {
            var running = runningInside(step.subject());
            if (!running.isEmpty()) {
                // Whoever stopped this one left them at work, with the same credential.
                running.forEach(run -> executions.cancel(new ExecutionId(run)));
                return new StepOutcome.Waiting(
                        Duration.ofSeconds(1), "What is inside comes to a halt");
            }
            var payload = step.payload();
            var cloud = new CloudName(payload.path("cloud").asString());
            try {
                if (payload.has("standing")) {
                    var kept = payload.path("standing").asString();
                    store.standingCredentials(UUID.fromString(step.subject())).stream()
                            .filter(one -> !one.toString().equals(kept))
                            .forEach(one -> credentials.end(cloud, one));
                }
                if (payload.has("credential")) {
                    credentials.end(cloud, UUID.fromString(payload.path("credential").asString()));
                }
            } catch (CloudFailure e) {
                return new StepOutcome.Failed(sentence(e), !e.passing());
            }
            return new StepOutcome.Done(JsonNodeFactory.instance.objectNode());
        }

        private List<UUID> runningInside(String stack) {
            return store.runningInside(UUID.fromString(stack));
        }
    }
}
