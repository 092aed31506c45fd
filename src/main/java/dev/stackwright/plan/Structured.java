package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Looks for structure inside a text: JSON, or YAML such as cloud-init's. */
final class Structured {

    private static final int LONGEST = 32 * 1024;
    private static final int DEEPEST = 30;
    private static final int MOST_ALIASES = 20;
    private static final Pattern BEGINNING =
            Pattern.compile("(?:[\\w./-]{1,80}|\"[^\"]{1,80}\"):(?:\\s|$)|- ");

    private Structured() {}

    /** The map or list that the text holds, if it holds one and is not too large to look into. */
    static Optional<Value> read(String text) {
        if (text.length() > LONGEST || !looksStructured(text)) {
            return Optional.empty();
        }
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        options.setAllowDuplicateKeys(false);
        try {
            Object loaded = new Yaml(new SafeConstructor(options)).load(text);
            return loaded instanceof Map || loaded instanceof List
                    ? Optional.of(value(loaded, 0))
                    : Optional.empty();
        } catch (YAMLException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean looksStructured(String text) {
        var start = text.stripLeading();
        return start.startsWith("{")
                || start.startsWith("[")
                || start.startsWith("#cloud-config")
                || start.startsWith("---")
                || looksLikeYaml(text);
    }

    /** More than one line, and the first that is no comment begins a map or a list. */
    private static boolean looksLikeYaml(String text) {
        return text.stripTrailing().indexOf('\n') > 0
                && !text.startsWith("#!")
                && text.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .findFirst()
                        .filter(line -> BEGINNING.matcher(line).lookingAt())
                        .isPresent();
    }

    private static Value value(Object loaded, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("Too deep");
        }
        return switch (loaded) {
            case null -> Value.NULL;
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Value>();
                map.forEach((k, v) -> entries.put(String.valueOf(k), value(v, depth + 1)));
                yield new Value.Entries(entries);
            }
            case List<?> list -> {
                var items = new ArrayList<Value>();
                list.forEach(item -> items.add(value(item, depth + 1)));
                yield new Value.Items(items);
            }
            case Boolean flag -> Value.of(flag);
            case Number number -> number(number);
            default -> Value.of(loaded.toString());
        };
    }

    private static Value number(Number number) {
        try {
            return new Value.Num(new BigDecimal(number.toString()));
        } catch (NumberFormatException _) {
            return Value.of(number.toString());
        }
    }
}
