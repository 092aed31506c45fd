package dev.stackwright.rating;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A version of a price book as YAML, to keep beside the code of a cloud.
 *
 * @param trouble why it cannot be read; nothing else is said then
 */
public record PriceFile(
        String currency, String note, List<RuleText> rules, @Nullable String trouble) {

    private static final int LONGEST = 1_000_000;

    public static String write(PriceVersion version) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("currency", version.currency());
        if (!version.note().isEmpty()) {
            file.put("note", version.note());
        }
        List<Map<String, Object>> prices = new ArrayList<>();
        for (var rule : version.rules()) {
            var text = RuleText.of(rule);
            Map<String, Object> price = new LinkedHashMap<>();
            put(price, "service", text.service());
            put(price, "field", text.field());
            put(price, "value", text.value());
            put(price, "from", text.from());
            put(price, "group", text.group());
            if (!text.type().equals("flat")) {
                price.put("type", text.type());
            }
            // A text, so that no reader makes a binary fraction of it.
            put(price, "cost", text.cost());
            put(price, "project", text.project());
            prices.add(price);
        }
        file.put("prices", prices);
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        return new Yaml(new Representer(options), options).dump(file);
    }

    private static void put(Map<String, Object> price, String name, String value) {
        if (!value.isEmpty()) {
            price.put(name, value);
        }
    }

    /** Never throws: what cannot be read says why. */
    public static PriceFile read(String text) {
        if (text.length() > LONGEST) {
            return unreadable("It is longer than a million characters.");
        }
        Object read;
        try {
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(10);
            options.setAllowDuplicateKeys(false);
            read = new Yaml(new SafeConstructor(options)).load(text);
        } catch (YAMLException e) {
            return unreadable(Objects.requireNonNullElse(e.getMessage(), "It is not YAML."));
        }
        if (!(read instanceof Map<?, ?> file) || !(file.get("prices") instanceof List<?> prices)) {
            return unreadable("It has no list called prices.");
        }
        List<RuleText> rules = new ArrayList<>();
        for (var price : prices) {
            if (!(price instanceof Map<?, ?> entries)) {
                return unreadable("Price " + (rules.size() + 1) + " is not a map.");
            }
            rules.add(
                    new RuleText(
                            text(entries, "service"),
                            text(entries, "field"),
                            text(entries, "value"),
                            text(entries, "from"),
                            text(entries, "group"),
                            text(entries, "type"),
                            text(entries, "cost"),
                            text(entries, "project")));
        }
        return new PriceFile(text(file, "currency"), text(file, "note"), rules, null);
    }

    private static String text(Map<?, ?> map, String name) {
        var value = map.get(name);
        return switch (value) {
            case null -> "";
            case Double number -> java.math.BigDecimal.valueOf(number).toPlainString();
            default -> value.toString();
        };
    }

    private static PriceFile unreadable(String why) {
        return new PriceFile("", "", List.of(), why);
    }
}
