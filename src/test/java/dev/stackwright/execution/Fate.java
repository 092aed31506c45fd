package dev.stackwright.execution;

import java.util.ArrayList;
import java.util.List;

/** Counts the moments of a life, and ends it at the one that was chosen. */
public final class Fate {

    private final int deadly;
    private final List<String> moments = new ArrayList<>();
    private boolean spent;

    private Fate(int deadly) {
        this.deadly = deadly;
    }

    /** Nobody dies; the moments are only counted. */
    public static Fate kind() {
        return new Fate(-1);
    }

    /** Death comes at the n-th moment, counted from 0, and only once. */
    public static Fate deadlyAt(int n) {
        return new Fate(n);
    }

    public void moment(String what) {
        moments.add(what);
        if (!spent && moments.size() - 1 == deadly) {
            spent = true;
            throw new SimulatedDeath(what);
        }
    }

    public int moments() {
        return moments.size();
    }

    public boolean isSpent() {
        return spent;
    }
}
