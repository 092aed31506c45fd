package dev.stackwright.web.hosts;

import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.ClearanceMove;
import dev.stackwright.operations.ClearanceMove.Phase;
import dev.stackwright.operations.ClearanceMove.State;
import dev.stackwright.operations.clearing.Way;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how far a clearance is. */
final class ClearanceWords {

    private final Clearance clearance;
    private final Map<State, Long> counts;
    private final int all;

    ClearanceWords(Clearance clearance, Map<State, Long> counts, int all) {
        this.clearance = clearance;
        this.counts = counts;
        this.all = all;
    }

    private long number(State state) {
        return counts.getOrDefault(state, 0L);
    }

    Status state() {
        return switch (clearance.state()) {
            case RUNNING, RETURNING ->
                    clearance.stopping()
                            ? Status.of(Tone.BUSY, "hosts.clearance.stopping")
                            : clearance.paused()
                                    ? Status.of(Tone.WAIT, "hosts.clearance.paused")
                                    : Status.of(Tone.BUSY, "hosts.clearance.running");
            case EMPTY -> Status.of(Tone.OK, "hosts.clearance.empty");
            case LEFT -> Status.of(Tone.WARN, "hosts.clearance.left");
            case RETURNED ->
                    clearance.note() == null
                            ? Status.of(Tone.OK, "hosts.clearance.returned")
                            : Status.of(Tone.WARN, "hosts.clearance.returned");
        };
    }

    Words sentence() {
        var host = clearance.host();
        var moved = number(State.MOVED);
        var emptied = clearance.emptied();
        return switch (clearance.state()) {
            case RUNNING ->
                    Words.of(
                            "hosts.clearance.sentence.running",
                            host,
                            moved,
                            all,
                            number(State.MOVING));
            case EMPTY ->
                    emptied == null
                            ? Words.of("hosts.clearance.empty")
                            : Words.of("hosts.clearance.sentence.empty", host, emptied);
            case LEFT -> Words.of("hosts.clearance.sentence.left", host, moved, all);
            case RETURNING ->
                    all == 0
                            ? Words.of("hosts.clearance.sentence.opening", host)
                            : Words.of("hosts.clearance.sentence.returning", host, moved, all);
            case RETURNED ->
                    all == 0
                            ? Words.of("hosts.clearance.sentence.opened", host)
                            : Words.of("hosts.clearance.sentence.returned", host, moved, all);
        };
    }

    @Nullable Words further() {
        var note = clearance.note();
        return switch (clearance.state()) {
            case RETURNED ->
                    note == null
                            ? Words.of("hosts.clearance.checked")
                            : Words.of("hosts.clearance.unchecked", note);
            case LEFT, RUNNING ->
                    "back".equals(note)
                            ? Words.of("hosts.clearance.back", clearance.host())
                            : clearance.state() == Clearance.State.LEFT
                                    ? Words.of("hosts.clearance.left.further")
                                    : null;
            default -> null;
        };
    }

    List<PlanPage.Count> counts() {
        var shown = new ArrayList<PlanPage.Count>();
        count(shown, State.FAILED, "act-delete", "bad", "hosts.clearance.count.failed");
        count(shown, State.LEFT, "act-same", "stop", "hosts.clearance.count.left");
        count(shown, State.MOVING, "act-update", "busy", "hosts.clearance.count.moving");
        count(shown, State.WAITING, "act-same", "wait", "hosts.clearance.count.waiting");
        count(shown, State.MOVED, "act-create", "ok", "hosts.clearance.count.moved");
        count(shown, State.GONE, "act-same", "delete", "hosts.clearance.count.gone");
        return shown;
    }

    private void count(
            List<PlanPage.Count> shown, State state, String css, String symbol, String key) {
        if (number(state) > 0) {
            shown.add(new PlanPage.Count(css, symbol, number(state), Words.of(key)));
        }
    }

    static Status status(ClearanceMove move) {
        var status =
                switch (move.state()) {
                    case WAITING -> Status.of(Tone.WAIT, "hosts.clearance.count.waiting");
                    case MOVING ->
                            Status.of(
                                    Tone.BUSY,
                                    move.wish() == null
                                            ? "hosts.clearance.count.moving"
                                            : "hosts.clearance.aborting");
                    case MOVED -> Status.of(Tone.OK, "hosts.clearance.count.moved");
                    case FAILED -> Status.of(Tone.BAD, "hosts.clearance.count.failed");
                    case LEFT -> Status.of(Tone.STOP, "hosts.clearance.count.left");
                    case GONE -> Status.of(Tone.STOP, "hosts.clearance.count.gone");
                };
        var note = move.note();
        if (note != null) {
            return status.because(Words.verbatim(note));
        }
        return move.state() == State.LEFT && move.way() == Way.STAYS
                ? status.because(Words.of("hosts.clearance.stayed"))
                : status;
    }

    /** What happened, the newest first. */
    List<ClearancePage.Event> events(List<ClearanceMove> moves) {
        var events = new ArrayList<ClearancePage.Event>();
        events.add(
                new ClearancePage.Event(
                        clearance.created(),
                        "plan",
                        Words.of("hosts.event.begun", clearance.userName(), clearance.reason())));
        if (clearance.fencing() != null) {
            events.add(
                    new ClearancePage.Event(
                            clearance.created(),
                            "shield",
                            Words.of(
                                    "hosts.event.fenced",
                                    clearance.userName(),
                                    clearance.fencing())));
        }
        for (var move : moves) {
            var ended = move.ended();
            if (ended != null) {
                events.add(new ClearancePage.Event(ended, icon(move.state()), event(move)));
            }
        }
        if (clearance.emptied() != null) {
            events.add(
                    new ClearancePage.Event(
                            clearance.emptied(),
                            "ok",
                            Words.of("hosts.event.empty", clearance.host())));
        }
        if (clearance.ended() != null && clearance.state() == Clearance.State.RETURNED) {
            events.add(
                    new ClearancePage.Event(
                            clearance.ended(),
                            "ok",
                            Words.of("hosts.event.returned", clearance.host())));
        }
        events.sort(Comparator.comparing(ClearancePage.Event::at).reversed());
        return events;
    }

    private static String icon(State state) {
        return state == State.MOVED ? "ok" : state == State.FAILED ? "bad" : "stop";
    }

    private static Words event(ClearanceMove move) {
        var note = move.note() == null ? "" : move.note();
        return switch (move.state()) {
            case MOVED ->
                    Words.of(
                            move.phase() == Phase.OUT ? "hosts.event.moved" : "hosts.event.home",
                            move.name(),
                            String.valueOf(move.at()));
            case FAILED -> Words.of("hosts.event.failed", move.name(), note);
            case GONE -> Words.of("hosts.event.gone", move.name());
            default -> Words.of("hosts.event.left", move.name());
        };
    }
}
