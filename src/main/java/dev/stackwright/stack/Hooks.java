package dev.stackwright.stack;

import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.stack.store.HookStore;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.Hook;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a step before or after its work until a person lets it go on, where the environment asks
 * for that. What the work came to is kept while it waits afterwards, so that it is done once.
 */
final class Hooks {

    private static final String RESULT = "hooked";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final StackStore store;
    private final HookStore hooks;
    private final Blueprints blueprints;
    private final Clock clock;

    Hooks(StackStore store, HookStore hooks, Blueprints blueprints, Clock clock) {
        this.store = store;
        this.hooks = hooks;
        this.blueprints = blueprints;
        this.clock = clock;
    }

    /** The work of a step, between the hooks of its resource. */
    StepOutcome around(
            StepContext step,
            ResourceTask task,
            StackView stack,
            ResourceRow row,
            Supplier<StepOutcome> work) {
        var before = before(task.operation());
        var after = after(task.operation());
        if (before == null || after == null) {
            return work.get();
        }
        var asked =
                blueprints
                        .launched(stack, task.version())
                        .environment()
                        .registry()
                        .hooksOf(row.view().name());
        if (asked.isEmpty()) {
            return work.get();
        }
        if (asked.contains(before)) {
            var waits = waits(step, task, stack, row, before);
            if (waits.isPresent()) {
                return waits.get();
            }
        }
        var kept = step.kept().get(RESULT);
        var outcome = kept == null ? work.get() : new StepOutcome.Done(kept);
        if (!asked.contains(after) || !(outcome instanceof StepOutcome.Done(var result))) {
            return outcome;
        }
        if (kept == null) {
            var memory = step.kept();
            memory.set(RESULT, result);
            step.keep(memory);
        }
        return waits(step, task, stack, row, after).orElse(outcome);
    }

    private Optional<StepOutcome> waits(
            StepContext step, ResourceTask task, StackView stack, ResourceRow row, Hook hook) {
        var execution = step.execution().value();
        var resource = row.view().id();
        if (hooks.isCleared(execution, resource, hook)) {
            return Optional.empty();
        }
        var note = "Waits for somebody to let it go on (hook %s)".formatted(hook.word());
        store.within(() -> {
            var now = clock.instant();
            if (hooks.wait(execution, resource, hook, now)) {
                store.event(
                        stack.id(),
                        now,
                        row,
                        task.operation().action(),
                        StackProgress.IN_PROGRESS,
                        note);
            }
            return true;
        });
        return Optional.of(new StepOutcome.Waiting(LOOK_AGAIN, note));
    }

    private static @Nullable Hook before(ResourceTask.Operation operation) {
        return switch (operation) {
            case CREATE -> Hook.PRE_CREATE;
            case UPDATE -> Hook.PRE_UPDATE;
            case DELETE -> Hook.PRE_DELETE;
            case ADOPT, SUSPEND, RESUME, CHECK -> null;
        };
    }

    private static @Nullable Hook after(ResourceTask.Operation operation) {
        return switch (operation) {
            case CREATE -> Hook.POST_CREATE;
            case UPDATE -> Hook.POST_UPDATE;
            case DELETE -> Hook.POST_DELETE;
            case ADOPT, SUSPEND, RESUME, CHECK -> null;
        };
    }
}
