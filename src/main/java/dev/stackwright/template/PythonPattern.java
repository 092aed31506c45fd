package dev.stackwright.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in Python's words, matched with a bound on the work, since a pattern comes
 * from a stranger: one with a repetition inside a repetition could keep a processor busy for years.
 */
final class PythonPattern {

    /** What came of matching. */
    enum Answer {
        MATCHES,
        DIFFERS,
        TOO_COMPLEX
    }

    private static final int LONGEST = 10_000;
    private static final int MOST_STEPS = 2_000_000;

    private final Pattern pattern;

    private PythonPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it cannot be understood
     */
    static PythonPattern of(String python) {
        if (python.length() > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
        }
        try {
            return new PythonPattern(Pattern.compile(inJava(python)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(String.valueOf(e.getDescription()), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("it is nested too deeply", e);
        }
    }

    /** Whether the pattern, begun at the start, takes the whole text at its first try. */
    Answer takesAll(String text) {
        try {
            Matcher matcher = pattern.matcher(new Counted(text, new int[1]));
            return matcher.lookingAt() && matcher.end() == text.length()
                    ? Answer.MATCHES
                    : Answer.DIFFERS;
        } catch (TooMuch | StackOverflowError _) {
            return Answer.TOO_COMPLEX;
        }
    }

    /** Names groups as Java does, and escapes what is plain in Python but special in Java. */
    private static String inJava(String python) {
        var java = new StringBuilder(python.length() + 16);
        boolean inClass = false;
        for (int i = 0; i < python.length(); i++) {
            char c = python.charAt(i);
            if (c == '\\' && i + 1 < python.length()) {
                char next = python.charAt(++i);
                java.append('\\').append(next == 'Z' ? 'z' : next);
            } else if (inClass) {
                if (c == ']') {
                    inClass = false;
                    java.append(c);
                } else if (c == '[' || (c == '&' && python.startsWith("&&", i))) {
                    java.append('\\').append(c);
                } else {
                    java.append(c);
                }
            } else if (c == '[') {
                inClass = true;
                java.append(c);
                if (python.startsWith("^", i + 1)) {
                    java.append('^');
                    i++;
                }
                if (python.startsWith("]", i + 1)) {
                    java.append("\\]");
                    i++;
                }
            } else if (python.startsWith("(?P<", i)) {
                java.append("(?<");
                i += 3;
            } else if (python.startsWith("(?P=", i)) {
                int end = python.indexOf(')', i);
                java.append("\\k<").append(python, i + 4, Math.max(end, i + 4)).append('>');
                i = end < 0 ? python.length() : end;
            } else if (c == '{' && !isCount(python, i)) {
                java.append("\\{");
            } else if (c == '{' && python.startsWith("{,", i)) {
                java.append("{0,");
                i++;
            } else if (c == '}' && java.lastIndexOf("{") < java.lastIndexOf("}")) {
                java.append("\\}");
            } else {
                java.append(c);
            }
        }
        return java.toString();
    }

    private static boolean isCount(String python, int at) {
        int i = at + 1;
        boolean digits = false;
        boolean comma = false;
        for (; i < python.length(); i++) {
            char c = python.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if (c == ',' && !comma) {
                comma = true;
            } else {
                break;
            }
        }
        return digits && i < python.length() && python.charAt(i) == '}';
    }

    /** A text that counts how often it is looked at. */
    private record Counted(CharSequence text, int[] steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new TooMuch();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooMuch extends RuntimeException {
        TooMuch() {
            super("too many steps", null, false, false);
        }
    }
}
