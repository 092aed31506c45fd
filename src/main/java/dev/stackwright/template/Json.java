package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import org.jspecify.annotations.Nullable;

/** JSON in a text, as json parameters and a few functions have it. */
final class Json {

    private Json() {}

    /** The value, or null when the text is no JSON. */
    static @Nullable Value parse(String text) {
        return JsonReader.read(text, new TextPlaces(text), Limits.DEFAULT, new Findings())
                .map(Nodes::value)
                .orElse(null);
    }

    /** As a text, in the order of the value; what is not known yet is null. */
    static String text(Value value) {
        var json = new StringBuilder();
        write(value, json, "\n");
        return json.toString();
    }

    private static void write(Value value, StringBuilder json, String newLine) {
        switch (value) {
            case Value.Items items when !items.values().isEmpty() -> {
                String deeper = newLine + "  ";
                String before = "[";
                for (Value item : items.values()) {
                    json.append(before).append(deeper);
                    write(item, json, deeper);
                    before = ",";
                }
                json.append(newLine).append(']');
            }
            case Value.Entries entries when !entries.values().isEmpty() -> {
                String deeper = newLine + "  ";
                String before = "{";
                for (var entry : entries.values().entrySet()) {
                    json.append(before)
                            .append(deeper)
                            .append(PythonText.json(Value.of(entry.getKey())))
                            .append(": ");
                    write(entry.getValue(), json, deeper);
                    before = ",";
                }
                json.append(newLine).append('}');
            }
            case Value.Unknown _ -> json.append("null");
            case Value.Null _,
                    Value.Bool _,
                    Value.Num _,
                    Value.Text _,
                    Value.Items _,
                    Value.Entries _ ->
                    json.append(PythonText.json(value));
        }
    }
}
