package dev.stackwright.rating;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.rating.hashmap.Rule;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a cloud's price book.
 *
 * @param currency by its code, such as EUR
 * @param validFrom from when on its prices hold, until the next version; nothing for a draft
 * @param revision grows with each change of a draft
 */
public record PriceVersion(
        CloudName cloud,
        int number,
        String currency,
        @Nullable Instant validFrom,
        String note,
        List<Rule> rules,
        long revision,
        String changedBy,
        Instant changedAt) {

    public PriceVersion {
        rules = List.copyOf(rules);
    }

    public boolean isDraft() {
        return validFrom == null;
    }

    /** How many digits an amount of money has behind the dot. */
    public int digits() {
        return digits(currency);
    }

    static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    PriceVersion with(List<Rule> newRules, String newCurrency, String newNote) {
        return new PriceVersion(
                cloud,
                number,
                newCurrency,
                validFrom,
                newNote,
                newRules,
                revision,
                changedBy,
                changedAt);
    }

    /** The same as if it held from an instant on. */
    public PriceVersion from(Instant instant) {
        return new PriceVersion(
                cloud, number, currency, instant, note, rules, revision, changedBy, changedAt);
    }
}
