package dev.stackwright.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a type, property or attribute may still be used.
 *
 * @param since the release in which this began, such as {@code 2015.1} or {@code 9.0.0}
 * @param before what held earlier, the latest first
 */
public record Support(Status status, @Nullable String since, List<Support> before) {

    /** Supported from the beginning. */
    public static final Support ALWAYS = new Support(Status.SUPPORTED, null, List.of());

    public Support {
        before = List.copyOf(before);
    }

    /** Whether a new template should do without it. */
    public boolean isDiscouraged() {
        return status == Status.DEPRECATED || status == Status.HIDDEN;
    }

    /** The four stages of a life. */
    public enum Status {
        SUPPORTED,
        /** Works, but there is something better. */
        DEPRECATED,
        /** Works at most for old templates, and is not offered any more. */
        HIDDEN,
        /** Works without a promise. */
        UNSUPPORTED
    }
}
