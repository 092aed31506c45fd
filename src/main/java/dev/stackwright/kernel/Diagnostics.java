package dev.stackwright.kernel;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Everything that there is to say about a text, in the order of the text. */
public record Diagnostics(List<Diagnostic> all) implements Iterable<Diagnostic> {

    private static final Comparator<Diagnostic> BY_PLACE =
            Comparator.<Diagnostic>comparingInt(d -> d.range().line())
                    .thenComparingInt(d -> d.range().column())
                    .thenComparing(Diagnostic::code);

    /** Nothing to say. Made after the comparator that it needs. */
    public static final Diagnostics NONE = new Diagnostics(List.of());

    public Diagnostics {
        all = all.stream().sorted(BY_PLACE).toList();
    }

    public boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::isError);
    }

    public List<Diagnostic> errors() {
        return all.stream().filter(Diagnostic::isError).toList();
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public Diagnostics and(Diagnostics more) {
        return new Diagnostics(Stream.concat(all.stream(), more.all.stream()).toList());
    }

    @Override
    public Iterator<Diagnostic> iterator() {
        return all.iterator();
    }
}
