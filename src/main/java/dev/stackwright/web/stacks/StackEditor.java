package dev.stackwright.web.stacks;

import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a new stack or of a change of one.
 *
 * @param uploaded the text with its line ends when they are not those of a text area, else empty
 * @param problems what stands in the way and belongs to no field, such as marks in the text
 */
record StackEditor(
        @Nullable String stack,
        String action,
        String back,
        String lint,
        @Nullable Field name,
        String template,
        String uploaded,
        Field environment,
        List<Field> parameters,
        List<Field> all,
        List<Problem> problems,
        List<Offer> starters) {

    /** A diagnostic, with the place in the text. */
    record Problem(String place, Words title, String detail, int line, boolean error) {}

    /** A template to begin with. */
    record Offer(String title, String description, String href) {}
}
