package dev.stackwright.inventory.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes what the cloud says storable: PostgreSQL refuses NUL and half a character. */
public final class Text {

    private Text() {}

    /** At most {@code length} UTF-16 units, never ending in half a character. */
    public static String storable(String text, int length) {
        var clean = new StringBuilder(Math.min(text.length(), length));
        text.codePoints()
                .filter(point -> point != 0)
                .map(point -> isHalf(point) ? 0xFFFD : point)
                .takeWhile(point -> clean.length() + Character.charCount(point) <= length)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    public static @Nullable String storableOrNull(@Nullable String text, int length) {
        return text == null ? null : storable(text, length);
    }

    /** What a name is sorted and searched by. */
    static String sortable(String name) {
        return storable(name.strip().toLowerCase(Locale.ROOT), 255);
    }

    /** For {@code like … escape '!'}. */
    static String pattern(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
