package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How a resource looks on the cloud, held against what was applied to it last.
 *
 * @param gone whether its object is not there any more
 * @param different what is another value there, in the words of the template: top-level properties
 * @param untold the properties that nobody can compare, because the service does not give them back
 * @param lasting those of the different ones that nothing brings back, such as a volume that grew
 * @param choices what a person chose for a property: to keep what is there, or to overwrite it
 */
public record Seen(
        boolean gone,
        Value.Entries different,
        Set<String> untold,
        Set<String> lasting,
        Map<String, Choice> choices) {

    /** In place of a property: nothing of the resource could be looked at. */
    public static final String EVERYTHING = "*";

    public static final Seen GONE =
            new Seen(true, new Value.Entries(Map.of()), Set.of(), Set.of(), Map.of());

    public static final Seen UNSEEN =
            new Seen(false, new Value.Entries(Map.of()), Set.of(EVERYTHING), Set.of(), Map.of());

    /** What is to become of a value that somebody changed on the cloud. */
    public enum Choice {
        KEEP,
        OVERWRITE
    }

    public Seen {
        untold = Collections.unmodifiableSet(new LinkedHashSet<>(untold));
        lasting = Set.copyOf(lasting);
        choices = Map.copyOf(choices);
    }

    /** All that is known is these values. */
    public static Seen with(Value.Entries different) {
        return new Seen(false, different, Set.of(), Set.of(), Map.of());
    }

    /** The same with what a person chose. */
    public Seen choosing(Map<String, Choice> these) {
        return new Seen(gone, different, untold, lasting, these);
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "Seen[gone=%s, different=%s]".formatted(gone, different.values().keySet());
    }
}
