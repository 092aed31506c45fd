package dev.stackwright.web.setup;

import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a test found out about one part.
 *
 * @param mend how to put it right; absent when nothing has to be done
 */
record Finding(Words part, Tone tone, Words says, @Nullable Words mend) {

    static Finding fine(Words part, String key, Serializable... arguments) {
        return new Finding(part, Tone.OK, Words.of(key, arguments), null);
    }

    static Finding worth(Words part, String key, Serializable... arguments) {
        return new Finding(
                part, Tone.WARN, Words.of(key, arguments), Words.of(key + ".mend", arguments));
    }

    static Finding broken(Words part, String key, Serializable... arguments) {
        return new Finding(
                part, Tone.BAD, Words.of(key, arguments), Words.of(key + ".mend", arguments));
    }

    public Status status() {
        return Status.of(
                tone,
                switch (tone) {
                    case OK -> "setup.ok";
                    case WARN -> "setup.warn";
                    default -> "setup.bad";
                });
    }

    /** The row's tint, for trouble alone. */
    public @Nullable String css() {
        return switch (tone) {
            case OK -> null;
            case WARN -> "warm";
            default -> "hot";
        };
    }
}
