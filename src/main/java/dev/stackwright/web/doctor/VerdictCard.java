package dev.stackwright.web.doctor;

import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its evidence and what can be done; drawn by {@code doctor/_verdict}.
 *
 * @param tone "bad", "warn" or "idle"
 * @param carries what is hit, null where that is the page's own subject
 * @param checked when it was last found to be so
 * @param asText all of it to hand on
 */
public record VerdictCard(
        String id,
        String tone,
        Words answer,
        Words certainty,
        String code,
        @Nullable Words carries,
        Instant checked,
        List<Fact> evidence,
        List<CureLine> cures,
        String asText) {

    public VerdictCard {
        evidence = List.copyOf(evidence);
        cures = List.copyOf(cures);
    }

    /** A piece of evidence with where it comes from. */
    public record Fact(String icon, String css, Words said, Words source, Instant seen) {}

    /**
     * Something to do.
     *
     * @param href where that is done, null where there is no page for it
     */
    public record CureLine(Words title, Words text, @Nullable String href, boolean copies) {}
}
