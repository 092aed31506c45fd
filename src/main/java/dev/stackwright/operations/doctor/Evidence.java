package dev.stackwright.operations.doctor;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A fact behind a verdict.
 *
 * @param key the sentence in the message files, below {@code doctor.evidence}
 * @param source where it comes from
 * @param seen when it was so
 */
public record Evidence(Weight weight, String key, List<Term> terms, Source source, Instant seen) {

    /** What a fact does to the verdict. */
    public enum Weight {
        PROVES,
        FITS,
        RULES_OUT
    }

    /** Who said so. */
    public enum Source {
        COMPUTE_SERVICES,
        NETWORK_AGENTS,
        VOLUME_SERVICES,
        VOLUME_POOLS,
        API,
        BUS,
        ACTIONS,
        INVENTORY,
        PLACEMENT
    }

    public Evidence {
        terms = List.copyOf(terms);
    }

    static Evidence proves(String key, Source source, Instant seen, Object... terms) {
        return of(Weight.PROVES, key, source, seen, terms);
    }

    static Evidence fits(String key, Source source, Instant seen, Object... terms) {
        return of(Weight.FITS, key, source, seen, terms);
    }

    static Evidence rulesOut(String key, Source source, Instant seen, Object... terms) {
        return of(Weight.RULES_OUT, key, source, seen, terms);
    }

    private static Evidence of(
            Weight weight, String key, Source source, Instant seen, Object... terms) {
        return new Evidence(weight, key, Arrays.stream(terms).map(Term::of).toList(), source, seen);
    }
}
