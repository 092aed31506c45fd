package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of YAML or JSON with its place in the text, before anybody asks what it means. */
public sealed interface Node {

    TextRange range();

    /** A word, number, flag, text or nothing. */
    record Scalar(Value value, String text, TextRange range) implements Node {}

    /** A list. */
    record Sequence(List<Node> items, TextRange range) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A map, in the order of the text and with its duplicates taken out (the last one counts). */
    record Mapping(List<Entry> entries, TextRange range) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public @Nullable Entry find(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** One key of a map with its value. */
    record Entry(String key, TextRange keyRange, Node value) {}

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.value() instanceof Value.Null;
    }
}
