package dev.stackwright.web.stacks;

import dev.stackwright.web.frame.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stack can be made of that is there already.
 *
 * @param text what the names shown contain
 * @param written the template and the ids that it stands for; null until there is one
 * @param heat what a Heat in the cloud has
 * @param problems why there is no plan
 */
record AdoptPage(
        String stacks,
        String choose,
        String adopt,
        String name,
        String text,
        List<Group> groups,
        @Nullable Written written,
        Heat heat,
        List<Words> problems) {

    /**
     * Things of one kind.
     *
     * @param more whether there may be others than these
     */
    record Group(Words heading, String icon, List<Choice> choices, boolean more) {}

    /**
     * The stacks of a Heat in the cloud.
     *
     * @param look where it is asked for them, which no page does by itself; null without a Heat
     * @param said why there are none to see; null until it was asked and when there are some
     */
    record Heat(List<HeatStack> stacks, @Nullable String look, @Nullable Words said) {

        static final Heat NONE = new Heat(List.of(), null, null);
    }

    /**
     * One of them.
     *
     * @param read where it is read; null while it cannot be taken over
     */
    record HeatStack(
            String id, String name, String status, String description, @Nullable String read) {}

    /** One thing, to be ticked unless a stack has it. */
    record Choice(String value, String name, @Nullable String stack, boolean chosen) {}

    /** A template before it is planned. */
    record Written(String template, Map<String, String> ids) {

        public int lines() {
            return Math.clamp(template.lines().count() + 2, 8, 40);
        }
    }
}
