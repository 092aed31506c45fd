package dev.stackwright.logging;

import org.jspecify.annotations.Nullable;

/** Text in which every character that steers a terminal, a line or the direction is spelled out. */
final class Plain {

    private Plain() {}

    static @Nullable String text(@Nullable String text) {
        return text == null ? null : spelled(text, false);
    }

    /**
     * The same for a text of our own, which may have several lines: those after the first are set
     * in, so that none of them looks like the beginning of an entry.
     */
    static @Nullable String lines(@Nullable String text) {
        return text == null ? null : spelled(text, true);
    }

    private static String spelled(String text, boolean keepLines) {
        var at = 0;
        while (at < text.length() && !steers(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var plain = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            var each = text.charAt(at);
            if (each == '\n' && keepLines) {
                plain.append("\n\t");
            } else if (each == '\n') {
                plain.append("\\n");
            } else if (each == '\r' && !keepLines) {
                plain.append("\\r");
            } else if (each == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                continue;
            } else if (steers(each)) {
                plain.append(String.format("\\u%04x", (int) each));
            } else {
                plain.append(each);
            }
        }
        return plain.toString();
    }

    private static boolean steers(char each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL -> each != '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
