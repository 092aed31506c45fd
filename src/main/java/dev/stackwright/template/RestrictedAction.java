package dev.stackwright.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an environment forbids to be done to a resource. */
public enum RestrictedAction {
    UPDATE,
    REPLACE;

    /** As environments write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RestrictedAction> of(String word) {
        return Arrays.stream(values()).filter(action -> action.word().equals(word)).findFirst();
    }
}
