package dev.stackwright.web.stacks;

import dev.stackwright.web.plan.TextDiff;
import java.util.List;

/**
 * Two versions of a stack's source beside each other.
 *
 * @param values the parameters whose values differ
 */
record VersionsPage(
        String stack,
        String back,
        String self,
        List<Version> versions,
        int from,
        int to,
        TextDiff text,
        boolean sideBySide,
        String otherView,
        String whole,
        List<Value> values) {

    /** One of the versions. */
    record Version(int number, String madeAt, String madeBy, String href) {}

    /** A parameter before and after. */
    record Value(String name, String before, String after) {}
}
