package dev.stackwright.operations;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.doctor.Verdict;
import dev.stackwright.operations.store.VerdictStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * Writes down what an examination found: what is new, what is still so, what is over. A verdict
 * that is missed once is not over yet; an answer may have been late.
 */
final class CaseBook {

    private static final Duration GRACE = Duration.ofSeconds(40);
    private static final Duration RESTING = Duration.ofMinutes(5);

    private final VerdictStore store;

    CaseBook(VerdictStore store) {
        this.store = store;
    }

    private record Case(Subject.Kind kind, String id, Code code) {

        static Case of(Verdict verdict) {
            return new Case(verdict.subject().kind(), verdict.subject().id(), verdict.code());
        }
    }

    void write(CloudName cloud, List<Verdict> found, Instant now) {
        var open = store.open(cloud);
        var known = new HashMap<Case, KnownVerdict>();
        open.forEach(each -> known.put(Case.of(each.verdict()), each));
        var current = new HashMap<Case, Verdict>();
        var things = new HashMap<String, Verdict>();
        for (var verdict : found) {
            var kept = keptCause(verdict, open);
            current.putIfAbsent(Case.of(kept), kept);
            if (kept.symptom() != null) {
                things.put(thing(kept), kept);
            }
        }
        var fresh = new ArrayList<KnownVerdict>();
        var seen = new ArrayList<KnownVerdict>();
        current.forEach((key, verdict) -> {
            var before = known.remove(key);
            if (before == null) {
                fresh.add(new KnownVerdict(UUID.randomUUID(), verdict, now, now, null));
            } else if (!isResting(verdict) || before.seen().plus(RESTING).isBefore(now)) {
                seen.add(still(before, verdict, now));
            }
        });
        var over = new ArrayList<UUID>();
        for (var missed : known.values()) {
            var other = things.get(thing(missed.verdict()));
            if (other != null || missed.seen().plus(GRACE).isBefore(now)) {
                over.add(missed.id());
            }
        }
        store.write(cloud, fresh, seen, over, now);
    }

    private static KnownVerdict still(KnownVerdict before, Verdict verdict, Instant now) {
        return new KnownVerdict(
                before.id(),
                verdict.startingBy(before.verdict().since()),
                before.found(),
                now,
                null);
    }

    /** What failed does not change from round to round, and there may be many. */
    private static boolean isResting(Verdict verdict) {
        var symptom = verdict.symptom();
        return symptom != null && symptom.state().equals("ERROR");
    }

    private static String thing(Verdict verdict) {
        return verdict.subject().kind() + " " + verdict.subject().id();
    }

    /**
     * An instance that failed while something was away keeps that cause when it is back: what is
     * wrong with the instance has not changed.
     */
    private static Verdict keptCause(Verdict verdict, List<KnownVerdict> open) {
        var symptom = verdict.symptom();
        if (verdict.code() != Code.NO_KNOWN_CAUSE
                || symptom == null
                || !symptom.state().equals("ERROR")) {
            return verdict;
        }
        for (var each : open) {
            var before = each.verdict().symptom();
            if (thing(each.verdict()).equals(thing(verdict))
                    && before != null
                    && before.state().equals("ERROR")
                    && before.since().equals(symptom.since())
                    && each.verdict().code() != Code.NO_KNOWN_CAUSE) {
                return each.verdict();
            }
        }
        return verdict;
    }
}
