package dev.stackwright.web.frame;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one place of a table or of a list of facts: words that may lead somewhere, a state
 * or a moment; drawn by {@code sw:cell}. One without anything says "none".
 *
 * @param css "num", "mid" (leaves on phones), "lo" (leaves on narrow screens), as its column
 */
public record Cell(String css, List<Bit> bits, @Nullable Status status, @Nullable Instant moment) {

    /**
     * A piece of text.
     *
     * @param href where it leads, null when nowhere
     * @param mono for ids, addresses and code
     */
    public record Bit(Words text, @Nullable String href, boolean mono) {

        public static Bit of(String text) {
            return new Bit(Words.verbatim(text), null, false);
        }

        public static Bit mono(String text) {
            return new Bit(Words.verbatim(text), null, true);
        }

        public Bit leadingTo(@Nullable String address) {
            return new Bit(text, address, mono);
        }
    }

    public Cell {
        bits = List.copyOf(bits);
    }

    public static Cell of(List<Bit> bits) {
        return new Cell("", bits, null, null);
    }

    public static Cell of(Words words) {
        return of(List.of(new Bit(words, null, false)));
    }

    /** Nothing for an empty text. */
    public static Cell of(@Nullable String text) {
        return text == null || text.isEmpty() ? of(List.of()) : of(Words.verbatim(text));
    }

    public static Cell of(Status status) {
        return new Cell("", List.of(), status, null);
    }

    /** How long ago it was, with the moment itself as a title. */
    public static Cell of(@Nullable Instant moment) {
        return new Cell("", List.of(), null, moment);
    }

    public Cell in(String column) {
        return new Cell(column, bits, status, moment);
    }

    /** What it says, for places that take text alone. */
    public String text(Format format) {
        return bits.stream().map(bit -> format.say(bit.text())).collect(Collectors.joining(", "));
    }

    /** All of it leading to one address. */
    Cell leadingTo(String address) {
        return new Cell(
                css, bits.stream().map(bit -> bit.leadingTo(address)).toList(), status, moment);
    }
}
