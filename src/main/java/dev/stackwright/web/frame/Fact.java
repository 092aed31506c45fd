package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/**
 * A label and a value in a list of facts.
 *
 * @param mono for ids, addresses and code
 * @param href where the value leads
 */
public record Fact(Words label, Words value, boolean mono, @Nullable String href) {

    public static Fact of(String key, String value) {
        return new Fact(Words.of(key), Words.verbatim(value), false, null);
    }

    public static Fact of(String key, Words value) {
        return new Fact(Words.of(key), value, false, null);
    }

    public static Fact mono(String key, String value) {
        return new Fact(Words.of(key), Words.verbatim(value), true, null);
    }

    public Fact leadingTo(String address) {
        return new Fact(label, value, mono, address);
    }
}
