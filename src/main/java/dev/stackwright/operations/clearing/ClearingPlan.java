package dev.stackwright.operations.clearing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * How a host becomes empty.
 *
 * @param moves what stays first, then in the order in which they go
 * @param loads the hosts that take something, by name
 * @param before whether one more loss could be borne as things are
 * @param after the same once the plan is carried out
 */
public record ClearingPlan(
        String host, List<Move> moves, List<Load> loads, Spare before, Spare after) {

    public ClearingPlan {
        moves = List.copyOf(moves);
        loads = List.copyOf(loads);
    }

    public List<Move> going(Way way) {
        return moves.stream().filter(move -> move.way() == way).toList();
    }

    public List<Move> leaving() {
        return moves.stream().filter(move -> move.way() != Way.STAYS).toList();
    }

    /** How long it takes when so many move side by side. */
    public Duration takes(int parallel) {
        var all = leaving().stream().map(Move::takes).reduce(Duration.ZERO, Duration::plus);
        var longest =
                leaving().stream().map(Move::takes).max(Duration::compareTo).orElse(Duration.ZERO);
        var shared = all.dividedBy(Math.max(1, parallel));
        return shared.compareTo(longest) < 0 ? longest : shared;
    }

    /**
     * The same for plans that would do the same. Where each goes is left out: a target that filled
     * up meanwhile is nobody's concern as long as there is another.
     */
    public String fingerprint() {
        var text = new StringBuilder(host);
        moves.stream()
                .map(move -> move.guest().id() + move.way())
                .sorted()
                .forEach(each -> text.append('\n').append(each));
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
