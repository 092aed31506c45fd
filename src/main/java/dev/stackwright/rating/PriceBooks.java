package dev.stackwright.rating;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.rating.hashmap.Rule;
import dev.stackwright.rating.store.PriceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * The price books of clouds. A draft can be changed until it is published with a date; a published
 * version stays as it is, so that a figure of last year is the same next year.
 */
@Service
public class PriceBooks {

    /** More rules than this are a mistake rather than a price book. */
    public static final int MOST_RULES = 2000;

    private final PriceStore store;
    private final Clock clock;

    public PriceBooks(PriceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** All versions, the newest first. */
    public List<PriceVersion> versions(CloudName cloud) {
        return store.all(cloud);
    }

    public List<PriceVersion> published(CloudName cloud) {
        return store.all(cloud).stream().filter(version -> !version.isDraft()).toList();
    }

    /** The published ones, once one of them holds: what is only announced costs nothing yet. */
    public List<PriceVersion> holding(CloudName cloud) {
        return at(cloud, clock.instant()).isPresent() ? published(cloud) : List.of();
    }

    public Optional<PriceVersion> version(CloudName cloud, int number) {
        return store.find(cloud, number);
    }

    /** The version that holds at an instant. */
    public Optional<PriceVersion> at(CloudName cloud, Instant instant) {
        return published(cloud).stream()
                .filter(version -> !Objects.requireNonNull(version.validFrom()).isAfter(instant))
                .max(
                        java.util.Comparator.comparing((PriceVersion version) ->
                                        Objects.requireNonNull(version.validFrom()))
                                .thenComparing(PriceVersion::number));
    }

    /** Begins a draft with the rules of the version that holds, or of none. */
    public PriceVersion draft(CloudName cloud, String by) {
        var now = clock.instant();
        var before = at(cloud, now);
        return store.add(
                cloud,
                before.map(PriceVersion::currency).orElse("EUR"),
                null,
                "",
                before.map(PriceVersion::rules).orElse(List.of()),
                by,
                now);
    }

    /**
     * Changes a draft.
     *
     * @param revision of the draft that the change was made from
     */
    public Outcome change(
            CloudName cloud,
            int number,
            long revision,
            String currency,
            String note,
            List<Rule> rules,
            String by) {
        var found = store.find(cloud, number).orElse(null);
        if (found == null) {
            return Outcome.GONE;
        }
        if (!found.isDraft()) {
            return Outcome.PUBLISHED;
        }
        if (!known(currency)) {
            return Outcome.UNKNOWN_CURRENCY;
        }
        if (rules.size() > MOST_RULES) {
            return Outcome.TOO_MANY;
        }
        return store.change(found.with(rules, currency, note), revision, by, clock.instant())
                ? Outcome.DONE
                : Outcome.STALE;
    }

    /** Publishes a draft: its prices hold from the instant on. */
    public Outcome publish(CloudName cloud, int number, long revision, Instant from, String by) {
        var found = store.find(cloud, number).orElse(null);
        if (found == null) {
            return Outcome.GONE;
        }
        if (!found.isDraft()) {
            return Outcome.PUBLISHED;
        }
        var others = published(cloud);
        if (others.stream().anyMatch(other -> !other.currency().equals(found.currency()))) {
            return Outcome.OTHER_CURRENCY;
        }
        if (others.stream().anyMatch(other -> from.equals(other.validFrom()))) {
            return Outcome.SAME_DAY;
        }
        return store.publish(cloud, number, revision, from, by, clock.instant())
                ? Outcome.DONE
                : Outcome.STALE;
    }

    /** Throws a draft away. */
    public Outcome discard(CloudName cloud, int number) {
        return store.discard(cloud, number) ? Outcome.DONE : Outcome.PUBLISHED;
    }

    /** What came of it. */
    public enum Outcome {
        DONE,
        /** Somebody else changed the draft in between. */
        STALE,
        PUBLISHED,
        GONE,
        UNKNOWN_CURRENCY,
        OTHER_CURRENCY,
        SAME_DAY,
        TOO_MANY
    }

    private static boolean known(String currency) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(one -> one.getCurrencyCode().equals(currency));
    }
}
