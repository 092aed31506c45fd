package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import java.util.Arrays;

/** Turns offsets into a text into lines and columns as an editor counts them. */
final class TextPlaces {

    private final String text;
    private final int[] lineStarts;
    private final int[] offsetOfCodePoint;

    TextPlaces(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
        this.offsetOfCodePoint = codePoints(text);
    }

    private static int[] lineStarts(String text) {
        var starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnds =
                    c == '\n'
                            || (c == '\r'
                                    && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
            if (lineEnds) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    /** Empty when every code point is one unit, which is nearly always. */
    private static int[] codePoints(String text) {
        if (text.chars().noneMatch(c -> Character.isHighSurrogate((char) c))) {
            return new int[0];
        }
        var offsets = new int[text.codePointCount(0, text.length()) + 1];
        int offset = 0;
        for (int i = 0; i < offsets.length - 1; i++) {
            offsets[i] = offset;
            offset += Character.charCount(text.codePointAt(offset));
        }
        offsets[offsets.length - 1] = text.length();
        return offsets;
    }

    /** The offset in UTF-16 units of a code point. */
    int offset(int codePoint) {
        if (offsetOfCodePoint.length == 0) {
            return Math.clamp(codePoint, 0, text.length());
        }
        return offsetOfCodePoint[Math.clamp(codePoint, 0, offsetOfCodePoint.length - 1)];
    }

    /** The place between two offsets, without the white space at its end. */
    TextRange range(int start, int end) {
        int last = Math.clamp(end, start, text.length());
        while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        int line = line(start);
        int endLine = line(last);
        return new TextRange(
                line + 1,
                start - lineStarts[line] + 1,
                endLine + 1,
                last - lineStarts[endLine] + 1);
    }

    private int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }
}
