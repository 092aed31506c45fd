package dev.stackwright.web.graph;

/** Makes any text fit for a label. */
final class Label {

    private Label() {}

    /** Control characters, and those that turn the direction of what follows, become visible. */
    static String printable(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isHarmless(c) ? c : '\uFFFD'));
        return out.toString();
    }

    private static boolean isHarmless(int c) {
        var turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return !Character.isISOControl(c)
                && !turns
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.UNASSIGNED;
    }

    /**
     * As much of the text as fits.
     *
     * @param width of the room, in pixels
     * @param size of the font, in pixels
     */
    static String fitting(String text, int width, int size) {
        var most = 100.0 * width / size;
        if (width(text) <= most) {
            return text;
        }
        var room = most - width('…');
        var end = 0;
        while (end < text.length()) {
            var c = text.codePointAt(end);
            room -= width(c);
            if (room < 0) {
                break;
            }
            end += Character.charCount(c);
        }
        return text.substring(0, end) + "…";
    }

    private static int width(String text) {
        return text.codePoints().map(Label::width).sum();
    }

    /** Hundredths of the font's size, on the wide side; browsers differ a little. */
    private static int width(int c) {
        if (c > 0x2E7F) {
            return 130;
        }
        if ("ijlt.,:;'|!()[]fIr ".indexOf(c) >= 0) {
            return 36;
        }
        if ("mwMW@%…".indexOf(c) >= 0) {
            return 94;
        }
        return Character.isUpperCase(c) || c > 0x24F ? 70 : 60;
    }
}
