package dev.stackwright.operations.clearing;

import java.util.List;

/**
 * An obstacle in this one case.
 *
 * @param terms what its sentence speaks of: a name, a number
 */
public record Reason(Obstacle obstacle, List<String> terms) {

    public Reason {
        terms = List.copyOf(terms);
    }

    static Reason of(Obstacle obstacle, Object... terms) {
        return new Reason(obstacle, List.of(terms).stream().map(String::valueOf).toList());
    }
}
