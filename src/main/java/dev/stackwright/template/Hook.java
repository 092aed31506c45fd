package dev.stackwright.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A moment at which a resource waits until a person lets it go on. */
public enum Hook {
    PRE_CREATE,
    POST_CREATE,
    PRE_UPDATE,
    POST_UPDATE,
    PRE_DELETE,
    POST_DELETE;

    /** As environments write it, such as {@code pre-create}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Hook> of(String word) {
        return Arrays.stream(values()).filter(hook -> hook.word().equals(word)).findFirst();
    }
}
