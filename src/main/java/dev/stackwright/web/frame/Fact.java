package dev.stackwright.web.frame;

import java.util.List;

/** A label and what stands beside it in a list of facts. */
public record Fact(Words label, Cell value) {

    public static Fact of(String key, Cell value) {
        return new Fact(Words.of(key), value);
    }

    public static Fact of(String key, String value) {
        return of(key, Cell.of(Words.verbatim(value)));
    }

    public static Fact of(String key, Words value) {
        return of(key, Cell.of(value));
    }

    public static Fact mono(String key, String value) {
        return of(key, Cell.of(List.of(Cell.Bit.mono(value))));
    }

    public Fact leadingTo(String address) {
        return new Fact(label, value.leadingTo(address));
    }
}
