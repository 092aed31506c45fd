package dev.stackwright.template;

/**
 * Names with {@code *} (anything), {@code ?} (one letter) and {@code [abc]} (one of these), as
 * environments write them. Without regular expressions, so that no pattern can take long.
 */
final class Glob {

    private Glob() {}

    static boolean isPattern(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0 || pattern.indexOf('[') >= 0;
    }

    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            int after = p < pattern.length() ? one(pattern, p, name.charAt(n)) : -1;
            if (after > 0) {
                p = after;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on when its next part takes the letter, or -1. */
    private static int one(String pattern, int at, char letter) {
        return switch (pattern.charAt(at)) {
            case '*' -> -1;
            case '?' -> at + 1;
            case '[' -> oneOf(pattern, at, letter);
            default -> pattern.charAt(at) == letter ? at + 1 : -1;
        };
    }

    private static int oneOf(String pattern, int at, char letter) {
        int end = pattern.indexOf(']', at + 2);
        if (end < 0) {
            return letter == '[' ? at + 1 : -1;
        }
        boolean not = pattern.charAt(at + 1) == '!';
        boolean found = false;
        for (int i = at + (not ? 2 : 1); i < end; i++) {
            boolean span = i + 2 < end && pattern.charAt(i + 1) == '-';
            if (span) {
                found |= letter >= pattern.charAt(i) && letter <= pattern.charAt(i + 2);
                i += 2;
            } else {
                found |= letter == pattern.charAt(i);
            }
        }
        return found != not ? end + 1 : -1;
    }
}
