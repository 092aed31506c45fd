package dev.stackwright.catalog;

import dev.stackwright.kernel.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the files under {@code resources/catalog}. What a file leaves out has its usual value. */
final class CatalogReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int USUAL_NAME_LIMIT = 255;

    private CatalogReader() {}

    static Catalog catalog(BiFunction<List<String>, Map<String, String>, Catalog> make) {
        var file = file("families");
        var aliases = new LinkedHashMap<String, String>();
        file.path("aliases").properties().forEach(a -> aliases.put(a.getKey(), text(a.getValue())));
        return make.apply(texts(file.path("families")), aliases);
    }

    static Map<String, ResourceType> family(String family) {
        return map(file(family), CatalogReader::type);
    }

    /** The types of a text, not yet understood. */
    static Map<String, JsonNode> entries(String text) {
        var json = JSON.readTree(text);
        if (!json.isObject()) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        return map(json, (_, entry) -> entry);
    }

    static ResourceType type(String name, JsonNode json) {
        return new ResourceType(
                name,
                text(json.path("title")),
                text(json.path("symbol")),
                textOrNull(json, "service"),
                textOrNull(json, "collection"),
                textOrNull(json, "extension"),
                support(json.path("support")),
                json.path("retired").asBoolean(false),
                textOrNull(json, "successor"),
                json.path("nameLimit").asInt(USUAL_NAME_LIMIT),
                json.path("replacedWhenCheckFailed").asBoolean(true),
                abilities(json.path("abilities")),
                replacing(json.path("replacing")),
                items(json.path("after"), CatalogReader::implicitDependency),
                items(json.path("translations"), CatalogReader::translation),
                map(json.path("updatePolicy"), CatalogReader::property),
                map(json.path("properties"), CatalogReader::property),
                map(json.path("attributes"), CatalogReader::attribute));
    }

    static PropertySchema property(String name, JsonNode json) {
        return new PropertySchema(
                name,
                constant(PropertyType.class, json.path("type")),
                json.path("required").asBoolean(false),
                json.has("default") ? value(json.path("default")) : null,
                onChange(json.path("change")),
                json.path("ignored").asBoolean(false),
                json.path("secret").asBoolean(false),
                textOrNull(json, "why"),
                items(json.path("constraints"), CatalogReader::constraint),
                support(json.path("support")),
                json.has("item") ? property(name, json.path("item")) : null,
                map(json.path("fields"), CatalogReader::property));
    }

    private static AttributeSchema attribute(String name, JsonNode json) {
        return new AttributeSchema(
                name,
                constant(PropertyType.class, json.path("type")),
                json.path("live").asBoolean(false),
                json.path("secret").asBoolean(false),
                support(json.path("support")));
    }

    private static OnChange onChange(JsonNode json) {
        return switch (json.asString("replace")) {
            case "in-place" -> OnChange.UPDATE;
            case "replace" -> OnChange.REPLACE;
            case "refused" -> OnChange.REFUSE;
            default -> throw new IllegalStateException("Not a way to change: " + json);
        };
    }

    private static PropertyConstraint constraint(JsonNode json) {
        var rule = json.properties().iterator().next();
        var argument = rule.getValue();
        return switch (rule.getKey()) {
            case "range" ->
                    new PropertyConstraint.Range(
                            decimalOrNull(argument, "min"), decimalOrNull(argument, "max"));
            case "length" ->
                    new PropertyConstraint.Length(
                            intOrNull(argument, "min"), intOrNull(argument, "max"));
            case "modulo" ->
                    new PropertyConstraint.Modulo(
                            argument.path("step").asLong(), argument.path("offset").asLong());
            case "oneOf" -> new PropertyConstraint.OneOf(items(argument, CatalogReader::value));
            case "pattern" -> new PropertyConstraint.Pattern(text(argument));
            case "find" -> new PropertyConstraint.Find(text(argument));
            default -> throw new IllegalStateException("Not a constraint: " + json);
        };
    }

    private static Translation translation(JsonNode json) {
        if (json.has("resolve")) {
            return new Translation.Resolve(
                    text(json.path("resolve")), text(json.path("service")), text(json.path("as")));
        }
        if (json.has("replace")) {
            var sibling = json.has("from_field");
            return new Translation.Rename(
                    text(json.path("replace")),
                    text(json.path(sibling ? "from_field" : "from")),
                    sibling,
                    textOrNull(json, "through"));
        }
        return new Translation.Drop(text(json.path("delete")));
    }

    private static ImplicitDependency implicitDependency(JsonNode json) {
        return new ImplicitDependency(
                text(json.path("type")),
                json.path("when").asString(""),
                json.path("names").asString(""));
    }

    private static Replacing replacing(JsonNode json) {
        var deleteFirst = "delete-first".equals(json.path("order").asString(""));
        return new Replacing(
                deleteFirst ? Replacing.Order.DELETE_FIRST : Replacing.Order.CREATE_FIRST,
                texts(json.path("loses")),
                texts(json.path("changes")));
    }

    private static Support support(JsonNode json) {
        return json.isMissingNode()
                ? Support.ALWAYS
                : new Support(
                        constant(Support.Status.class, json.path("status")),
                        textOrNull(json, "since"),
                        items(json.path("before"), CatalogReader::support));
    }

    private static Set<Ability> abilities(JsonNode json) {
        return items(json, ability -> constant(Ability.class, ability)).stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    static Value value(JsonNode json) {
        return switch (json.getNodeType()) {
            case BOOLEAN -> Value.of(json.asBoolean());
            case NUMBER -> new Value.Num(json.decimalValue());
            case STRING -> Value.of(json.asString());
            case ARRAY -> new Value.Items(items(json, CatalogReader::value));
            case OBJECT -> new Value.Entries(map(json, (_, inside) -> value(inside)));
            case NULL, MISSING, BINARY, POJO -> Value.NULL;
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json) {
        return Enum.valueOf(type, text(json).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static <T> List<T> items(JsonNode json, Function<JsonNode, T> read) {
        var items = new ArrayList<T>();
        json.forEach(item -> items.add(read.apply(item)));
        return items;
    }

    private static List<String> texts(JsonNode json) {
        return items(json, CatalogReader::text);
    }

    private static <T> Map<String, T> map(JsonNode json, BiFunction<String, JsonNode, T> read) {
        var map = new LinkedHashMap<String, T>();
        json.properties().forEach(e -> map.put(e.getKey(), read.apply(e.getKey(), e.getValue())));
        return map;
    }

    private static String text(JsonNode json) {
        return json.stringValue();
    }

    private static @Nullable String textOrNull(JsonNode json, String field) {
        return json.has(field) ? text(json.path(field)) : null;
    }

    private static @Nullable Integer intOrNull(JsonNode json, String field) {
        return json.has(field) ? json.path(field).asInt() : null;
    }

    private static @Nullable BigDecimal decimalOrNull(JsonNode json, String field) {
        return json.has(field) ? json.path(field).decimalValue() : null;
    }

    private static JsonNode file(String name) {
        try (var in = CatalogReader.class.getResourceAsStream("/catalog/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("There is no catalog file " + name + ".json");
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
