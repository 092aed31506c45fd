package dev.stackwright.web.stacks;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a new stack or of a change of one.
 *
 * @param uploaded the text with its line ends when they are not those of a text area, else empty
 * @param environmentUploaded the same of the environment
 * @param environmentMarks what there is to say about the environment, where it stands there
 * @param beside the files that came along, and room for one more
 * @param problems what stands in the way and belongs to no field, such as marks in the text
 */
record StackEditor(
        @Nullable String stack,
        String action,
        String back,
        Tools tools,
        @Nullable Field name,
        String template,
        String uploaded,
        Field environment,
        String environmentUploaded,
        List<Diagnostic> environmentMarks,
        List<Beside> beside,
        List<Group> groups,
        List<Field> all,
        List<Problem> problems,
        List<Offer> starters,
        Drafting draft) {

    /**
     * Where the editor asks what is wrong, how a word goes on, and what it means.
     *
     * @param environment what is wrong with the environment
     */
    record Tools(String lint, String complete, String explain, String environment) {}

    /** A file beside the template; without a name, room for a new one. */
    record Beside(String file, Field name, Field text) {}

    /** Parameters that belong together, under a heading when they have one. */
    record Group(@Nullable Words heading, String description, List<Field> fields) {}

    /**
     * What is kept while somebody writes.
     *
     * @param save where the script sends the form
     * @param kept what was kept so far, if anything
     */
    record Drafting(String save, String discard, @Nullable Kept kept) {}

    /**
     * A draft that there is.
     *
     * @param href where to go on with it; null when this is its text
     */
    record Kept(Words state, @Nullable String href) {}

    /** A diagnostic, with the place in the text. */
    record Problem(String place, Words title, String detail, int line, boolean error) {}

    /** A template to begin with. */
    record Offer(String title, String description, String href) {}
}
