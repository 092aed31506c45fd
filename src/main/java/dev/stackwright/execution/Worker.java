package dev.stackwright.execution;

import dev.stackwright.execution.store.Entry;
import dev.stackwright.execution.store.ExecutionStore;
import dev.stackwright.execution.store.Lease;
import dev.stackwright.execution.store.LeaseLost;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries executions on. A turn claims what nobody owns, renews the leases of what this worker
 * owns, and begins what is ready or due; the steps themselves run on the executor and, when they
 * end, begin what they made ready. Whoever turns it decides about time: a thread in the
 * application, a loop in a test.
 */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int CLAIM_AT_ONCE = 50;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** How many ended executions are remembered, for those who begin to wait a moment too late. */
    private static final int REMEMBERED = 1000;

    private final ExecutionStore store;
    private final Map<String, StepHandler> handlers = new HashMap<>();
    private final List<ExecutionListener> listeners;
    private final Clock clock;
    private final ExecutionSettings settings;
    private final String name;
    private final Executor executor;
    private final Pause pause;
    private final Semaphore permits;
    private final Runnable nudge;
    private final Map<ExecutionId, Run> runs = new ConcurrentHashMap<>();
    private final Set<ExecutionId> lately =
            Collections.newSetFromMap(
                    Collections.synchronizedMap(
                            new LinkedHashMap<>() {
                                private static final long serialVersionUID = 1L;

                                @Override
                                protected boolean removeEldestEntry(
                                        Map.Entry<ExecutionId, Boolean> eldest) {
                                    return size() > REMEMBERED;
                                }
                            }));
    private volatile boolean stopping;
    private boolean away;

    /**
     * @param name of this replica; what it held in an earlier life it takes up again at once
     * @param nudge called when something may have become due earlier than the last turn said
     */
    Worker(
            ExecutionStore store,
            List<StepHandler> handlers,
            List<ExecutionListener> listeners,
            Clock clock,
            ExecutionSettings settings,
            String name,
            Executor executor,
            Pause pause,
            Runnable nudge) {
        this.store = store;
        this.listeners = listeners;
        this.clock = clock;
        this.settings = settings;
        this.name = name;
        this.executor = executor;
        this.pause = pause;
        this.nudge = nudge;
        this.permits = new Semaphore(settings.concurrency(), true);
        handlers.forEach(handler -> this.handlers.put(handler.name(), handler));
    }

    /** One whole round. Says when the next one is wanted, if nothing else happens before. */
    Instant turn() {
        lookAround();
        return goOn();
    }

    /** Leases, work that nobody owns, wishes to cancel: what only the database can tell. */
    void lookAround() {
        try {
            renew();
            claim();
            cancel();
            away = false;
        } catch (RuntimeException e) {
            if (!Ledger.isAway(e)) {
                throw e;
            }
            if (!away) {
                LOG.warn(
                        "The database does not answer; looking again until it does: {}",
                        e.getMessage());
            }
            away = true;
        }
    }

    /** Begins what is ready or due. Says when the next step will be due. */
    Instant goOn() {
        runs.values().forEach(run -> carryOut(run, Run::begin));
        var next = clock.instant().plus(settings.lookAround());
        for (var run : runs.values()) {
            var due = run.nextDue();
            if (due != null && due.isBefore(next)) {
                next = due;
            }
        }
        return next;
    }

    /** How many executions it owns. */
    int owns() {
        return runs.size();
    }

    private void renew() {
        for (var run : runs.values()) {
            if (!store.renew(run.lease(), settings.lease())) {
                LOG.warn("Execution {} is carried on by somebody else", run.view().id());
                drop(run);
            }
        }
    }

    private void claim() {
        if (stopping) {
            return;
        }
        for (var lease : store.claim(name, runs.keySet(), settings.lease(), CLAIM_AT_ONCE)) {
            var view = store.find(lease.execution()).orElseThrow();
            if (view.steps().stream().anyMatch(step -> step.attempt() > 0)) {
                LOG.info("Execution {} is taken up again", view.id());
            }
            runs.put(lease.execution(), run(view, lease));
        }
    }

    private Run run(ExecutionView view, Lease lease) {
        return new Run(
                view,
                lease,
                store.deadline(view.id()).orElse(null),
                store.openChanges(view.id()),
                clock,
                settings,
                run ->
                        new Ledger(
                                store,
                                lease,
                                settings.lease(),
                                view.revision(),
                                pause,
                                entries -> tell(run, entries)));
    }

    private void cancel() {
        for (var id : store.cancelled(runs.keySet())) {
            var run = runs.get(id);
            if (run != null) {
                carryOut(run, one -> one.cancel("Cancelled"));
            }
        }
        for (var run : runs.values()) {
            if (run.isLate()) {
                carryOut(run, one -> one.cancel("Timed out"));
            }
        }
    }

    /** Makes a move, waits until it is written down, and only then lets its steps begin. */
    private void carryOut(Run run, Function<Run, Run.@Nullable Move> decision) {
        try {
            var move = decision.apply(run);
            if (move == null) {
                return;
            }
            run.ledger().await(move.ticket());
            if (move.ended() != null) {
                finish(run, move.ended());
            }
            for (var step : move.toPerform()) {
                executor.execute(() -> perform(run, step));
            }
            nudge.run();
        } catch (LeaseLost e) {
            LOG.warn("{}; it is left to its new owner", e.getMessage());
            drop(run);
        } catch (RuntimeException e) {
            LOG.error("Execution {} is let go and will be taken up again", run.view().id(), e);
            letGo(run);
        }
    }

    private void perform(Run run, Run.LiveStep step) {
        if (stopping || runs.get(run.view().id()) != run) {
            return;
        }
        StepOutcome outcome;
        try {
            permits.acquire();
            try {
                outcome = outcome(run, step);
            } finally {
                permits.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (LeaseLost e) {
            LOG.warn("{}; it is left to its new owner", e.getMessage());
            drop(run);
            return;
        }
        carryOut(run, one -> one.turned(step, outcome));
        if (outcome instanceof StepOutcome.Awaiting(var other, _) && lately.contains(other)) {
            tell(run, other);
        }
    }

    /** That an execution has ended. */
    private void tell(Run run, ExecutionId other) {
        if (run.hears(other)) {
            carryOut(run, Run::begin);
        }
    }

    private StepOutcome outcome(Run run, Run.LiveStep step) {
        var handler = handlers.get(step.spec.handler());
        if (handler == null) {
            return new StepOutcome.Failed(
                    "Nothing here knows how to do " + step.spec.handler(), true);
        }
        try {
            return handler.perform(new Context(run, step));
        } catch (LeaseLost e) {
            throw e;
        } catch (RuntimeException e) {
            if (Ledger.isAway(e)) {
                // The note is written once the database is back; then the step looks again.
                return new StepOutcome.Waiting(AGAIN, "The database did not answer");
            }
            LOG.error(
                    "Step {} of execution {} failed in a way that nobody foresaw",
                    step.spec.name(),
                    run.view().id(),
                    e);
            return new StepOutcome.Failed(
                    "Something unforeseen went wrong; the log has it under execution "
                            + run.view().id(),
                    true);
        }
    }

    private void finish(Run run, Entry.Ended ended) {
        drop(run);
        listeners(run).forEach(listener -> listener.recorded(finished(run, ended)));
        lately.add(run.view().id());
        runs.values().forEach(other -> tell(other, run.view().id()));
    }

    private static ExecutionFinished finished(Run run, Entry.Ended ended) {
        return new ExecutionFinished(
                run.view().id(),
                run.view().kind(),
                run.view().subject(),
                ended.state(),
                ended.failedStep(),
                ended.failure(),
                ended.at());
    }

    private List<ExecutionListener> listeners(Run run) {
        return listeners.stream()
                .filter(listener -> listener.kind().equals(run.view().kind()))
                .toList();
    }

    /** Tells the listeners inside the transaction. */
    private void tell(Run run, List<Entry> entries) {
        var changes = new ArrayList<StepChanged>();
        for (var entry : entries) {
            switch (entry) {
                case Entry.Begun e -> changes.add(change(run, e.step(), StepState.RUNNING, e));
                case Entry.Kept e -> changes.add(change(run, e.step(), StepState.RUNNING, e));
                case Entry.Moved e -> changes.add(change(run, e.step(), e.state(), e));
                case Entry.Line _, Entry.Ended _ -> {}
            }
        }
        var listeners = listeners(run);
        if (!changes.isEmpty()) {
            listeners.forEach(listener -> listener.changed(changes));
        }
        for (var entry : entries) {
            if (entry instanceof Entry.Ended ended) {
                listeners.forEach(listener -> listener.finished(finished(run, ended)));
            }
        }
    }

    private static StepChanged change(Run run, String name, StepState state, Entry entry) {
        var step = run.step(name);
        var moved = entry instanceof Entry.Moved m ? m : null;
        return new StepChanged(
                run.view().id(),
                run.view().kind(),
                run.view().subject(),
                name,
                step.spec.payload(),
                state,
                entry instanceof Entry.Kept kept ? kept.memory() : step.kept,
                moved == null ? null : moved.result(),
                moved == null ? null : moved.note(),
                moved == null ? null : moved.failure(),
                entry.at());
    }

    private void drop(Run run) {
        run.ledger().close();
        runs.remove(run.view().id(), run);
    }

    /** Whether others may carry on at once. */
    private boolean letGo(Run run) {
        drop(run);
        try {
            store.release(run.lease());
            return true;
        } catch (RuntimeException e) {
            LOG.warn(
                    "The lease of execution {} will run out by itself: {}",
                    run.view().id(),
                    e.getMessage());
            return false;
        }
    }

    /**
     * Begins nothing more, gives steps at work a moment to end, and lets others carry on at once.
     */
    void stop() {
        stopping = true;
        try {
            if (permits.tryAcquire(
                    settings.concurrency(),
                    settings.drain().toMillis(),
                    java.util.concurrent.TimeUnit.MILLISECONDS)) {
                permits.release(settings.concurrency());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean heard = true;
        for (var run : List.copyOf(runs.values())) {
            if (heard) {
                heard = letGo(run);
            } else {
                // A database that is away is not asked for each of them while somebody waits.
                drop(run);
            }
        }
    }

    /** What a step sees. */
    private final class Context implements StepContext {

        private final Run run;
        private final Run.LiveStep step;

        Context(Run run, Run.LiveStep step) {
            this.run = run;
            this.step = step;
        }

        @Override
        public ExecutionId execution() {
            return run.view().id();
        }

        @Override
        public String kind() {
            return run.view().kind();
        }

        @Override
        public String subject() {
            return run.view().subject();
        }

        @Override
        public String step() {
            return step.spec.name();
        }

        @Override
        public JsonNode payload() {
            return step.spec.payload();
        }

        @Override
        public int attempt() {
            return step.attempt;
        }

        @Override
        public ObjectNode kept() {
            return step.kept.deepCopy();
        }

        @Override
        public void keep(ObjectNode memory) {
            step.kept = memory.deepCopy();
            run.ledger().write(new Entry.Kept(step(), step.kept, clock.instant()));
        }

        @Override
        public void carry(ObjectNode memory) {
            step.kept = memory.deepCopy();
        }

        @Override
        public boolean unsure(String change) {
            return step.open.contains(change);
        }

        @Override
        public <T> T journaled(
                String change, String detail, Supplier<T> call, Function<T, ObjectNode> remember) {
            run.ledger().write(line(Entry.Line.Kind.INTENT, change, detail));
            step.open.add(change);
            T answer;
            try {
                answer = call.get();
            } catch (ChangeRefused e) {
                run.ledger().write(line(Entry.Line.Kind.REFUSED, change, message(e)));
                step.open.remove(change);
                throw e;
            }
            step.kept = remember.apply(answer).deepCopy();
            run.ledger()
                    .write(
                            line(Entry.Line.Kind.RESULT, change, ""),
                            new Entry.Kept(step(), step.kept, clock.instant()));
            step.open.remove(change);
            return answer;
        }

        @Override
        public void settle(String change, String detail, ObjectNode memory) {
            step.kept = memory.deepCopy();
            run.ledger()
                    .write(
                            line(Entry.Line.Kind.SETTLED, change, detail),
                            new Entry.Kept(step(), step.kept, clock.instant()));
            step.open.remove(change);
        }

        @Override
        public Optional<JsonNode> resultOf(String name) {
            return Optional.ofNullable(run.step(name).result);
        }

        private Entry.Line line(Entry.Line.Kind kind, String change, String detail) {
            return new Entry.Line(step(), kind, change, detail, clock.instant());
        }

        private static String message(RuntimeException e) {
            return e.getMessage() == null ? "" : e.getMessage();
        }
    }
}
