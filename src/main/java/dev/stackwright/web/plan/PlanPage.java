package dev.stackwright.web.plan;

import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.graph.GraphPicture;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page of a plan shows.
 *
 * @param refused why it was just not carried out, or null
 * @param crumbs the way here
 * @param state what stands above the sentence: "Plan 214, nothing has happened yet"
 * @param planned whether nothing has happened yet: the frame is dashed then
 * @param sentence the worst first, in pieces
 * @param expected how long it takes and what is away meanwhile, where earlier runs tell
 * @param unchanged the names of what stays as it is
 * @param untold what of that could not be compared with the cloud
 * @param chooseHref where the choice goes what to keep of the cloud; null when there is none
 * @param text null when there is no text to compare
 * @param since what the template of the stack has become since the plan was made; null when it has
 *     not changed
 * @param view how the text is shown
 * @param fits whether the quota suffices
 * @param most what is used at most while it runs, or null when that is not more than afterwards
 * @param run how far it is, or null while it is only a plan
 * @param approval null when it cannot be approved any more
 */
record PlanPage(
        @Nullable Words refused,
        List<Crumb> crumbs,
        Words title,
        Status state,
        boolean planned,
        List<Phrase> sentence,
        List<Count> counts,
        @Nullable Words expected,
        Words made,
        List<Card> changes,
        Map<String, String> live,
        List<String> unchanged,
        List<Words> untold,
        @Nullable String chooseHref,
        @Nullable TextDiff text,
        @Nullable TextDiff since,
        View view,
        List<Meter> quota,
        boolean fits,
        @Nullable Words most,
        List<Check> checks,
        GraphPicture picture,
        @Nullable Run run,
        @Nullable Approval approval) {

    /** How the text is shown, and the addresses of the other ways. */
    record View(boolean sideBySide, String sideHref, String unifiedHref, String wholeHref) {}

    public boolean sideBySide() {
        return view.sideBySide;
    }

    public String sideHref() {
        return view.sideHref;
    }

    public String unifiedHref() {
        return view.unifiedHref;
    }

    public String wholeHref() {
        return view.wholeHref;
    }

    public String unchangedInShort() {
        return PlanSheet.names(unchanged);
    }

    /** A step of the way to this page; the last one leads nowhere. */
    record Crumb(Words label, @Nullable String href) {}

    /** A piece of a sentence. */
    record Phrase(Words words, boolean strong) {}

    /** How many resources meet a fate. */
    record Count(String css, String symbol, int number, Words word) {}

    /**
     * What happens to one resource.
     *
     * @param id of the element, for links to it
     * @param hot whether something is lost
     * @param end at the end of the heading: how, and whom it follows
     * @param rule the rule behind a replacement and the order, in sentences
     * @param inside what happens in the stack behind it without ending anything
     * @param live what somebody changed on the cloud
     * @param choosable whether a person decides about any of that
     * @param untold what could not be compared with the cloud, or null
     */
    record Card(
            String id,
            String css,
            String symbol,
            Words verb,
            String name,
            String type,
            String title,
            boolean hot,
            @Nullable Words end,
            List<Phrase> rule,
            List<Consequence> consequences,
            List<Consequence> inside,
            List<Row> rows,
            List<LiveRow> live,
            boolean choosable,
            @Nullable Words untold) {}

    /** Something lost, changed or kept. */
    record Consequence(boolean kept, Words label, Words words, @Nullable Words further) {}

    /** A value before and after. */
    record Row(
            String path,
            Words before,
            Words after,
            boolean hasBefore,
            boolean hasAfter,
            Words note) {}

    /**
     * A value in the template, on the cloud, and afterwards.
     *
     * @param choice what the choice to keep it is called when it is sent; null where there is none
     */
    record LiveRow(
            String path,
            Words template,
            Words live,
            Words after,
            boolean kept,
            @Nullable String choice,
            Words note) {}

    /** Something that was looked at, and what came of it. */
    record Check(String symbol, Words words) {}

    /**
     * How far the run is.
     *
     * @param moving whether it goes on, so that the page should ask again
     * @param href where to ask
     */
    record Run(boolean moving, String href, Words summary, List<Step> steps) {}

    /** One step of the run. */
    record Step(Words name, Status status, @Nullable Words took, String href) {}

    /**
     * The bar at the bottom.
     *
     * @param ready what is at stake
     * @param loss what the tick says, or null when nothing is lost
     * @param unable why this person, or anybody, cannot approve it; null when it can be approved
     */
    record Approval(
            String action,
            Words ready,
            Words stake,
            @Nullable Words loss,
            @Nullable Words unable,
            String back,
            Words backLabel) {}
}
