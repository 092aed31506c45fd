package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A top-level property whose value on the cloud is not what was applied last.
 *
 * @param live what it is on the cloud
 * @param places where the two differ
 * @param kept whether it stays as it is there
 * @param choosable whether a person may decide that: not where the template wants a third value
 * @param why why it cannot be overwritten, or what overwriting it costs; empty when nothing
 */
public record Deviation(
        String property,
        Value live,
        List<Place> places,
        boolean kept,
        boolean choosable,
        Reservation why) {

    public Deviation {
        places = List.copyOf(places);
    }

    /**
     * One place.
     *
     * @param template what was applied, or null
     * @param live what is on the cloud, or null
     */
    public record Place(String path, @Nullable Value template, @Nullable Value live) {}

    /** What speaks against overwriting. */
    public enum Reservation {
        NONE,
        /** It would build the resource anew. */
        REPLACES,
        /** Nothing can bring the value back. */
        LASTS
    }
}
