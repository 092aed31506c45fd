package dev.stackwright.stack;

import dev.stackwright.execution.ExecutionFinished;
import dev.stackwright.execution.ExecutionListener;
import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.StepChanged;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/** Writes down what an execution means for its stack, in the transaction in which it happens. */
final class StackScribe implements ExecutionListener {

    static final String KIND = "stack";

    private final StackStore store;
    private final WayBack wayBack;
    private final ApplicationEventPublisher publisher;

    StackScribe(StackStore store, WayBack wayBack, ApplicationEventPublisher publisher) {
        this.store = store;
        this.wayBack = wayBack;
        this.publisher = publisher;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void changed(List<StepChanged> changes) {
        for (var change : changes) {
            if (change.payload().has("row")) {
                var task = ResourceTask.read(change.payload());
                store.resource(task.row()).ifPresent(row -> changed(change, task, row));
            }
        }
    }

    private void changed(StepChanged change, ResourceTask task, ResourceRow row) {
        switch (change.state()) {
            case RUNNING -> begun(change, task, row);
            case WAITING -> {
                remember(change, row);
                store.setNote(row.view().id(), Objects.requireNonNullElse(change.note(), ""));
            }
            case DONE -> done(change, task, row);
            case FAILED, CANCELLED -> {
                var reason = Objects.requireNonNullElse(change.failure(), "");
                if (store.endResource(
                        row.view().id(), StackProgress.FAILED, reason, null, change.at())) {
                    tell(change, task, StackProgress.FAILED, reason);
                }
            }
            case PENDING, SKIPPED -> {}
        }
    }

    private void begun(StepChanged change, ResourceTask task, ResourceRow row) {
        if (row.standing() == ResourceRow.Standing.NEXT) {
            store.enthrone(row);
        }
        remember(change, row);
        if (store.beginResource(row.view().id(), task.operation().action(), change.at())) {
            tell(change, task, StackProgress.IN_PROGRESS, "");
        }
    }

    private void remember(StepChanged change, ResourceRow row) {
        var id = change.kept().path("id").asString("");
        if (!id.isEmpty() && !id.equals(row.view().physicalId())) {
            store.setPhysicalId(row.view().id(), id);
        }
    }

    private void done(StepChanged change, ResourceTask task, ResourceRow row) {
        remember(change, row);
        var applied = told(change, ResourceSteps.APPLIED);
        var called = told(change, ResourceSteps.CALLED);
        if (!called.isEmpty() && !called.equals(row.view().physicalName())) {
            store.setPhysicalName(row.view().id(), called);
        }
        if (store.endResource(
                row.view().id(),
                StackProgress.COMPLETE,
                "",
                applied.isEmpty() ? null : applied,
                change.at())) {
            tell(change, task, StackProgress.COMPLETE, told(change, ResourceSteps.NOTE));
        }
        if (task.operation() == ResourceTask.Operation.DELETE) {
            store.gone(row);
        }
    }

    private static String told(StepChanged change, String what) {
        return change.result() == null ? "" : change.result().path(what).asString("");
    }

    private void tell(
            StepChanged change, ResourceTask task, StackProgress progress, String reason) {
        store.event(
                task.stack(),
                change.at(),
                store.resource(task.row()).orElse(null),
                task.operation().action(),
                progress,
                reason);
    }

    @Override
    public void finished(ExecutionFinished finished) {
        var id = UUID.fromString(finished.subject());
        var stack = store.find(id).orElseThrow();
        boolean well = finished.state() == ExecutionState.SUCCEEDED;
        var progress = well ? StackProgress.COMPLETE : StackProgress.FAILED;
        var cause = resourceOf(finished.failedStep());
        var reason = reason(id, finished, cause);
        store.dropUnbegun(id);
        store.end(id, progress, reason, cause, finished.at());
        store.event(id, finished.at(), null, stack.action(), progress, reason);
        if (well
                && (stack.action() == StackAction.DELETE
                        || stack.action() == StackAction.ABANDON)) {
            store.bury(id, finished.at());
        }
        wayBack.ended(id, finished.at());
    }

    /** Steps are named after what they do with which resource: {@code create web}. */
    private static @Nullable String resourceOf(@Nullable String step) {
        return step == null || step.indexOf(' ') < 0 ? null : step.substring(step.indexOf(' ') + 1);
    }

    private String reason(UUID stack, ExecutionFinished finished, @Nullable String cause) {
        var failure = Objects.requireNonNullElse(finished.failure(), "");
        return cause == null || failure.isEmpty()
                ? failure
                : cause + (isFromInside(stack, cause, failure) ? " › " : ": ") + failure;
    }

    /** What failed in the stack behind a resource names the resource in there first. */
    private boolean isFromInside(UUID stack, String cause, String failure) {
        return store.current(stack, cause)
                .flatMap(row -> store.find(row.view().id()))
                .filter(child -> child.reason().equals(failure) && child.firstCause() != null)
                .isPresent();
    }

    @Override
    public void recorded(ExecutionFinished finished) {
        store.find(UUID.fromString(finished.subject()))
                .filter(stack -> !stack.isInside())
                .ifPresent(stack ->
                        publisher.publishEvent(
                                new StackCompleted(
                                        stack.cloud(),
                                        stack.project(),
                                        stack.id(),
                                        stack.name(),
                                        stack.action(),
                                        stack.progress(),
                                        stack.reason(),
                                        store.planOf(stack.id()).orElse(null),
                                        finished.at())));
    }
}
