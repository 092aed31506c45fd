package dev.stackwright.web.frame;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to say: a key of the message files with its arguments, or text that is already as it
 * should be (a name, a diagnostic). Arguments that are words themselves are said first.
 */
public record Words(@Nullable String key, List<Serializable> arguments, String text)
        implements Serializable {

    public static Words of(String key, Serializable... arguments) {
        return new Words(key, List.of(arguments), "");
    }

    public static Words verbatim(String text) {
        return new Words(null, List.of(), text);
    }
}
