package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;

/** Nodes as plain values. */
final class Nodes {

    private Nodes() {}

    static Value value(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.value();
            case Node.Sequence sequence ->
                    new Value.Items(sequence.items().stream().map(Nodes::value).toList());
            case Node.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Value>();
                mapping.entries().forEach(entry -> entries.put(entry.key(), value(entry.value())));
                yield new Value.Entries(entries);
            }
        };
    }

    /** What a person would call it. */
    static String kind(Node node) {
        return switch (node) {
            case Node.Sequence _ -> "a list";
            case Node.Mapping _ -> "a map";
            case Node.Scalar scalar -> kind(scalar.value());
        };
    }

    static String kind(Value value) {
        return switch (value) {
            case Value.Null _ -> "nothing";
            case Value.Bool _ -> "true or false";
            case Value.Num _ -> "a number";
            case Value.Text _ -> "a text";
            case Value.Items _ -> "a list";
            case Value.Entries _ -> "a map";
            case Value.Unknown _ -> "not known yet";
        };
    }
}
