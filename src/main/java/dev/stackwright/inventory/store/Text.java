package dev.stackwright.inventory.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes what the cloud says storable: PostgreSQL refuses NUL and half a character. */
public final class Text {

    private Text() {}

    /** At most {@code length} UTF-16 units, never ending in half a character. */
    public static String storable(String text, int length) {
        if (text.length() <= length && isStorable(text)) {
            return text;
        }
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

    /** Nearly all are; whoever has a character of two halves is looked at more closely. */
    private static boolean isStorable(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
