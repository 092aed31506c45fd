package dev.stackwright.execution;

import dev.stackwright.execution.store.Entry;
import dev.stackwright.execution.store.ExecutionStore.OpenChange;
import dev.stackwright.execution.store.Lease;
import dev.stackwright.execution.walk.Walk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An execution in the memory of its owner. All moves are made under one lock, which also gives them
 * their order in the ledger; nobody waits for the database while holding it.
 */
final class Run {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** How often to look after an execution that another replica may carry on. */
    private static final Duration LOOK_AFTER = Duration.ofSeconds(2);

    private final ExecutionView view;
    private final Lease lease;
    private final Clock clock;
    private final ExecutionSettings settings;
    private final Ledger ledger;
    private final Walk walk;
    private final @Nullable Instant deadline;
    private final Map<String, LiveStep> steps = new LinkedHashMap<>();
    private final List<LiveStep> interrupted = new ArrayList<>();
    private @Nullable String failedStep;
    private @Nullable String failure;
    private boolean cancelled;
    private Entry.@Nullable Ended ended;

    /** A step in memory. */
    static final class LiveStep {

        final StepView spec;
        final Set<String> open = ConcurrentHashMap.newKeySet();
        int attempt;
        volatile ObjectNode kept;
        StepState state;
        volatile @Nullable JsonNode result;
        @Nullable String note;
        @Nullable Instant due;
        @Nullable ExecutionId awaited;
        @Nullable Instant failingSince;
        int failures;

        LiveStep(StepView spec) {
            this.spec = spec;
            this.attempt = spec.attempt();
            this.kept = (ObjectNode) spec.kept().deepCopy();
            this.state = spec.state();
            this.result = spec.result();
            this.note = spec.note();
        }
    }

    Run(
            ExecutionView view,
            Lease lease,
            @Nullable Instant deadline,
            Set<OpenChange> open,
            Clock clock,
            ExecutionSettings settings,
            Function<Run, Ledger> ledger) {
        this.view = view;
        this.lease = lease;
        this.deadline = deadline;
        this.clock = clock;
        this.settings = settings;
        var after = new LinkedHashMap<String, Set<String>>();
        var always = new ArrayList<String>();
        for (var step : view.steps()) {
            after.put(step.name(), step.after());
            steps.put(step.name(), new LiveStep(step));
            if (step.always()) {
                always.add(step.name());
            }
        }
        this.walk = Walk.of(after, always);
        open.forEach(change -> step(change.step()).open.add(change.change()));
        takeUp();
        this.ledger = ledger.apply(this);
    }

    /** Brings the walk to where the rows say that it is; what was at work begins again. */
    private void takeUp() {
        for (var step : steps.values()) {
            switch (step.state) {
                case DONE -> walk.finished(step.spec.name());
                case FAILED, CANCELLED -> {
                    walk.failed(step.spec.name());
                    rememberFailure(step, step.spec.failure());
                }
                case RUNNING, WAITING -> interrupted.add(step);
                case PENDING, SKIPPED -> {}
            }
        }
        cancelled = steps.values().stream().anyMatch(s -> s.state == StepState.CANCELLED);
        if (cancelled) {
            walk.stop();
        }
    }

    private void rememberFailure(LiveStep step, @Nullable String reason) {
        if (failure == null && !step.spec.always()) {
            failedStep = step.spec.name();
            failure = reason;
        }
    }

    ExecutionView view() {
        return view;
    }

    Lease lease() {
        return lease;
    }

    Ledger ledger() {
        return ledger;
    }

    LiveStep step(String name) {
        var step = steps.get(name);
        if (step == null) {
            throw new IllegalStateException("Execution " + view.id() + " has no step " + name);
        }
        return step;
    }

    /** What the moves of a turn ask for: entries to be written, then steps to be performed. */
    record Move(Ledger.Ticket ticket, List<LiveStep> toPerform, Entry.@Nullable Ended ended) {}

    /**
     * Begins whatever can begin: after a claim what was interrupted, then what is ready, then what
     * is due.
     */
    synchronized @Nullable Move begin() {
        var entries = new ArrayList<Entry>();
        var toPerform = new ArrayList<LiveStep>();
        for (var step : interrupted) {
            if (walk.ready().contains(step.spec.name())) {
                walk.begun(step.spec.name());
            }
            begin(step, entries, toPerform);
        }
        interrupted.clear();
        beginReady(entries, toPerform);
        var now = clock.instant();
        for (var step : steps.values()) {
            if (step.state == StepState.WAITING && step.due != null && !step.due.isAfter(now)) {
                step.due = null;
                toPerform.add(step);
            }
        }
        end(entries);
        return entries.isEmpty() && toPerform.isEmpty() ? null : move(entries, toPerform);
    }

    /** The earliest moment at which a waiting step wants to look again. */
    synchronized @Nullable Instant nextDue() {
        Instant next = cancelled ? null : deadline;
        for (var step : steps.values()) {
            if (step.due != null && (next == null || step.due.isBefore(next))) {
                next = step.due;
            }
        }
        return next;
    }

    synchronized boolean isLate() {
        return deadline != null && !cancelled && !clock.instant().isBefore(deadline);
    }

    /** Stops: what waits is ended, what is at work ends its turn, nothing new begins. */
    synchronized @Nullable Move cancel(String reason) {
        if (cancelled || ended != null) {
            return null;
        }
        cancelled = true;
        var entries = new ArrayList<Entry>();
        for (var step : steps.values()) {
            boolean waits = step.state == StepState.WAITING && step.due != null;
            if ((waits || interrupted.contains(step)) && !step.spec.always()) {
                entries.add(endStep(step, StepState.CANCELLED, null, reason));
            }
        }
        interrupted.removeIf(step -> step.state == StepState.CANCELLED);
        if (failure == null) {
            failure = reason;
        }
        walk.stop();
        noteSkipped(entries);
        var toPerform = new ArrayList<LiveStep>();
        beginReady(entries, toPerform);
        end(entries);
        return move(entries, toPerform);
    }

    /** A step ended its turn. */
    synchronized Move turned(LiveStep step, StepOutcome outcome) {
        var entries = new ArrayList<Entry>();
        var toPerform = new ArrayList<LiveStep>();
        step.awaited = outcome instanceof StepOutcome.Awaiting(var other, _) ? other : null;
        switch (outcome) {
            case StepOutcome.Done(var result) -> {
                step.result = result;
                entries.add(endStep(step, StepState.DONE, result, null));
            }
            case StepOutcome.Waiting(var again, var note) -> {
                step.failures = 0;
                step.failingSince = null;
                waitOrStop(step, again, note, entries);
            }
            case StepOutcome.Awaiting(_, var note) -> {
                step.failures = 0;
                step.failingSince = null;
                waitOrStop(step, LOOK_AFTER, note, entries);
            }
            case StepOutcome.Failed(var reason, var permanent) -> {
                if (permanent || !hasPatience(step)) {
                    entries.add(endStep(step, StepState.FAILED, null, reason));
                } else {
                    step.failures++;
                    waitOrStop(step, backOff(step.failures), reason, entries);
                }
            }
        }
        noteSkipped(entries);
        beginReady(entries, toPerform);
        end(entries);
        return move(entries, toPerform);
    }

    /** An execution has ended: whatever waits for that looks at once. */
    synchronized boolean hears(ExecutionId other) {
        boolean heard = false;
        for (var step : steps.values()) {
            if (other.equals(step.awaited) && step.state == StepState.WAITING && step.due != null) {
                step.due = clock.instant();
                heard = true;
            }
        }
        return heard;
    }

    private void waitOrStop(LiveStep step, Duration again, String note, List<Entry> entries) {
        if (cancelled && !step.spec.always()) {
            entries.add(endStep(step, StepState.CANCELLED, null, failure));
            return;
        }
        boolean news = step.state != StepState.WAITING || !note.equals(step.note);
        step.state = StepState.WAITING;
        step.note = note;
        step.due = clock.instant().plus(again);
        if (news) {
            entries.add(
                    new Entry.Moved(
                            step.spec.name(),
                            StepState.WAITING,
                            null,
                            note,
                            null,
                            clock.instant()));
        }
    }

    private boolean hasPatience(LiveStep step) {
        if (step.failingSince == null) {
            step.failingSince = clock.instant();
        }
        return clock.instant().isBefore(step.failingSince.plus(settings.patience()));
    }

    private static Duration backOff(int failures) {
        var wait = Duration.ofSeconds(1L << Math.min(failures - 1, 6));
        var jitter = Duration.ofMillis(ThreadLocalRandom.current().nextInt(250));
        return (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).plus(jitter);
    }

    private Entry endStep(
            LiveStep step, StepState state, @Nullable JsonNode result, @Nullable String reason) {
        step.state = state;
        step.due = null;
        step.note = null;
        if (state == StepState.DONE) {
            walk.finished(step.spec.name());
        } else {
            walk.failed(step.spec.name());
            rememberFailure(step, reason);
        }
        return new Entry.Moved(step.spec.name(), state, result, null, reason, clock.instant());
    }

    private void noteSkipped(List<Entry> entries) {
        for (var name : walk.skipped()) {
            var step = step(name);
            if (step.state == StepState.PENDING) {
                step.state = StepState.SKIPPED;
                entries.add(
                        new Entry.Moved(
                                name, StepState.SKIPPED, null, null, null, clock.instant()));
            }
        }
    }

    private void beginReady(List<Entry> entries, Collection<LiveStep> toPerform) {
        for (var name : walk.ready()) {
            walk.begun(name);
            begin(step(name), entries, toPerform);
        }
    }

    private void begin(LiveStep step, List<Entry> entries, Collection<LiveStep> toPerform) {
        if (step.attempt >= settings.crashes()) {
            entries.add(
                    endStep(
                            step,
                            StepState.FAILED,
                            null,
                            "This step was begun %d times and never came to an end"
                                    .formatted(step.attempt)));
            noteSkipped(entries);
            return;
        }
        step.attempt++;
        step.state = StepState.RUNNING;
        entries.add(new Entry.Begun(step.spec.name(), step.attempt, clock.instant()));
        toPerform.add(step);
    }

    private void end(List<Entry> entries) {
        if (!walk.isOver() || ended != null) {
            return;
        }
        var state = ExecutionState.SUCCEEDED;
        if (failure != null || failedStep != null) {
            state = cancelled ? ExecutionState.CANCELLED : ExecutionState.FAILED;
        }
        ended = new Entry.Ended(state, failedStep, failure, clock.instant());
        entries.add(ended);
    }

    private Move move(List<Entry> entries, List<LiveStep> toPerform) {
        return new Move(ledger.put(entries), toPerform, ended);
    }
}
