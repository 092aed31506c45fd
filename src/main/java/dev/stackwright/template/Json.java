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
}
