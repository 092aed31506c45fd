package dev.stackwright.catalog;

import java.util.List;

/**
 * What it means to build a resource anew.
 *
 * @param loses what goes with the old one for good: "all data on it"
 * @param changes what the new one has of its own: "its id"
 */
public record Replacing(Order order, List<String> loses, List<String> changes) {

    public Replacing {
        loses = List.copyOf(loses);
        changes = List.copyOf(changes);
    }

    /** Which of the two comes first. */
    public enum Order {
        /** The new one is made, everything moves over to it, the old one goes last. */
        CREATE_FIRST,
        /** Two cannot exist side by side. */
        DELETE_FIRST
    }
}
