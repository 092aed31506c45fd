package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/** A path of this application that came in with a request; anything else becomes the front page. */
public final class LocalPath {

    private LocalPath() {}

    /** The path when it leads nowhere else than here, else {@code /}. */
    public static String of(@Nullable String asked) {
        if (asked == null
                || !asked.startsWith("/")
                || asked.startsWith("//")
                || asked.length() > 2_000
                || asked.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f)) {
            return "/";
        }
        return asked;
    }
}
