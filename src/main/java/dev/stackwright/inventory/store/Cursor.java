package dev.stackwright.inventory.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins: after (or before) the row with this sort value and id. It travels in URLs,
 * so whatever comes back is read with suspicion; what is no cursor is the beginning.
 */
record Cursor(boolean backwards, String sort, String id) {

    String text() {
        var plain = (backwards ? "p" : "n") + sort + '\u0001' + id;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable Cursor read(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 4000) {
            return null;
        }
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var middle = plain.lastIndexOf('\u0001');
            if (middle < 1 || plain.indexOf('\0') >= 0) {
                return null;
            }
            return new Cursor(
                    plain.charAt(0) == 'p',
                    plain.substring(1, middle),
                    plain.substring(middle + 1));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
