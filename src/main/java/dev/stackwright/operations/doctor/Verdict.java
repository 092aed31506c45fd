package dev.stackwright.operations.doctor;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, since when, and how that is known.
 *
 * @param since when it began, as far as the facts tell
 * @param terms what its sentence speaks of; the sentence itself is the code's
 * @param symptom how the subject shows it; null for what is the cause itself
 */
public record Verdict(
        Code code,
        Subject subject,
        Instant since,
        Confidence confidence,
        List<Term> terms,
        @Nullable Symptom symptom,
        List<Evidence> evidence,
        List<Cure> cures) {

    public Verdict {
        terms = List.copyOf(terms);
        evidence = List.copyOf(evidence);
        cures = List.copyOf(cures);
    }

    static Verdict certain(Code code, Subject subject, Instant since, Object... terms) {
        return of(code, subject, since, Confidence.CERTAIN, terms);
    }

    static Verdict likely(Code code, Subject subject, Instant since, Object... terms) {
        return of(code, subject, since, Confidence.LIKELY, terms);
    }

    static Verdict of(
            Code code, Subject subject, Instant since, Confidence confidence, Object... terms) {
        return new Verdict(
                code,
                subject,
                since,
                confidence,
                Arrays.stream(terms).map(Term::of).toList(),
                null,
                List.of(),
                List.of());
    }

    Verdict because(List<Evidence> facts) {
        return new Verdict(code, subject, since, confidence, terms, symptom, facts, cures);
    }

    Verdict because(Evidence... facts) {
        return because(List.of(facts));
    }

    Verdict curedBy(Cure... ways) {
        return new Verdict(
                code, subject, since, confidence, terms, symptom, evidence, List.of(ways));
    }

    /** The same, which began no later than this. */
    public Verdict startingBy(Instant earlier) {
        return earlier.isBefore(since)
                ? new Verdict(code, subject, earlier, confidence, terms, symptom, evidence, cures)
                : this;
    }

    /** The same cause, as something else suffers from it. */
    Verdict hitting(Subject sufferer, Symptom how, List<Evidence> facts, Cure... ways) {
        return new Verdict(code, sufferer, since, confidence, terms, how, facts, List.of(ways));
    }

    Verdict shownBy(Symptom how) {
        return new Verdict(code, subject, since, confidence, terms, how, evidence, cures);
    }
}
