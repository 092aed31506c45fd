package dev.stackwright.plan;

import java.util.List;

/**
 * What becomes of one resource in a stack behind another resource.
 *
 * @param path the names on the way to it, the innermost last
 * @param title what a person calls such a thing
 */
public record InnerChange(List<String> path, String title, Action action) {

    public InnerChange {
        path = List.copyOf(path);
    }

    /** Such as {@code web › port}. */
    public String name() {
        return String.join(" › ", path);
    }

    /** The same, seen from one stack further out. */
    InnerChange within(String resource) {
        var longer = new java.util.ArrayList<String>();
        longer.add(resource);
        longer.addAll(path);
        return new InnerChange(longer, title, action);
    }

    /** What changes in a stack with this plan, seen from the resource in front of it. */
    public static List<InnerChange> of(Plan plan) {
        var inner = new java.util.ArrayList<InnerChange>();
        for (var change : plan.changes()) {
            if (change.isChange()) {
                inner.add(new InnerChange(List.of(change.name()), change.title(), change.action()));
                change.inside().forEach(one -> inner.add(one.within(change.name())));
            }
        }
        return inner;
    }
}
