package dev.stackwright.stack;

import org.jspecify.annotations.Nullable;

/**
 * Which stacks to list.
 *
 * @param text part of a name or the beginning of an id, or empty
 * @param status {@code moving}, {@code failed}, {@code complete}, or empty for all
 * @param sort {@code name}, {@code -name}, {@code updated}, {@code -updated}
 * @param after the key of the last row of the page before, or null for the first page
 * @param tag that they have, or empty
 */
public record StackQuery(
        String text, String status, String sort, @Nullable String after, int size, String tag) {

    public StackQuery(String text, String status, String sort, @Nullable String after, int size) {
        this(text, status, sort, after, size, "");
    }

    public static final StackQuery ALL = new StackQuery("", "", "name", null, 50);
}
