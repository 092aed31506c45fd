package dev.stackwright.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a parameter that several environments give. */
public enum MergeStrategy {
    /** The last one counts. */
    OVERWRITE,
    /** Texts and lists are put one after the other, numbers added, maps united. */
    MERGE,
    /** The same, and inside maps again. */
    DEEP_MERGE;

    /** As environments write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MergeStrategy> of(String word) {
        return Arrays.stream(values()).filter(strategy -> strategy.word().equals(word)).findFirst();
    }
}
