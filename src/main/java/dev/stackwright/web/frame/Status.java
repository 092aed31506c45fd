package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/**
 * A state as a page shows it: symbol, word and, where it helps, why.
 *
 * @param word for example "Active" or "Building for 14 s"
 * @param why a second line below the word
 */
public record Status(Tone tone, Words word, @Nullable Words why) {

    public static Status of(Tone tone, String key, java.io.Serializable... arguments) {
        return new Status(tone, Words.of(key, arguments), null);
    }

    /** The word alone. */
    public Status without() {
        return new Status(tone, word, null);
    }

    public Status because(Words reason) {
        return new Status(tone, word, reason);
    }
}
