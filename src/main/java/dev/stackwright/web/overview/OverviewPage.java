package dev.stackwright.web.overview;

import dev.stackwright.web.frame.Banner;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the overview of a project shows.
 *
 * @param answer the sentence's strong beginning
 * @param further what follows it
 * @param changes where the page asks for changes
 * @param tick how often
 */
record OverviewPage(
        Words answer,
        List<Words> further,
        boolean mayChange,
        @Nullable Banner banner,
        List<Need> needs,
        List<StackLine> stacks,
        long stackTotal,
        @Nullable Month month,
        List<Meter> quota,
        List<Latest> latest,
        Links links,
        String changes,
        String tick) {

    /** Which of the things that the page is made of are otherwise than they were. */
    record Moved(boolean inventory, boolean stacks, boolean audit) {

        boolean nothing() {
            return !inventory && !stacks && !audit;
        }
    }

    /** Where the page leads. */
    record Links(
            String newStack,
            String newInstance,
            String stacks,
            String instances,
            String usage,
            String audit) {}

    /** Something that needs a person. */
    record Need(Status status, String name, String href, Words what, @Nullable Instant since) {}

    record StackLine(String name, String href, Status status, Instant changed) {}

    /**
     * A month of one figure.
     *
     * @param bars one per day, each 0 to 1 of the highest
     */
    record Month(
            Words title,
            Words days,
            Words used,
            Words before,
            @Nullable Words change,
            Words sentence,
            List<Bar> bars) {}

    /** A day: SVG attributes, worked out here because there is no inline style. */
    record Bar(String x, String y, String width, String height, boolean planned) {}

    /**
     * What somebody did.
     *
     * @param outcome that it was not done after all; null when it was
     */
    record Latest(
            Instant at,
            String icon,
            String css,
            @Nullable Words outcome,
            Words action,
            String object,
            @Nullable String href,
            String who) {}
}
