package dev.stackwright.stack.resource;

import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.PropertyType;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Property values as the JSON that a service takes: converted to their type, defaults filled in.
 */
public final class Properties {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> YES = Set.of("true", "yes", "on", "1", "t", "y");

    private Properties() {}

    static JsonNode json(ResourceType type, String property, Value.Entries values) {
        var schema = type.properties().get(property);
        return json(schema, values.values().get(property));
    }

    private static JsonNode json(@Nullable PropertySchema schema, @Nullable Value given) {
        if (schema == null) {
            return json(given);
        }
        var value = given == null || given instanceof Value.Null ? schema.defaultValue() : given;
        return switch (value) {
            case null -> NODES.nullNode();
            case Value.Null _ -> NODES.nullNode();
            case Value.Unknown unknown ->
                    throw new Impossible("Nothing has told %s yet".formatted(unknown.source()));
            case Value.Items items -> {
                var array = NODES.arrayNode();
                items.values().forEach(item -> array.add(json(schema.item(), item)));
                yield array;
            }
            case Value.Entries entries -> {
                if (schema.type() == PropertyType.STRING) {
                    yield NODES.stringNode(json(entries).toString());
                }
                var object = NODES.objectNode();
                entries.values()
                        .forEach(
                                (key, one) -> object.set(key, json(schema.fields().get(key), one)));
                schema.fields()
                        .forEach((key, field) -> {
                            if (!object.has(key) && field.defaultValue() != null) {
                                object.set(key, json(field, null));
                            }
                        });
                yield object;
            }
            case Value.Text text -> fromText(schema.type(), text.value());
            case Value.Num number ->
                    schema.type() == PropertyType.STRING
                            ? NODES.stringNode(number.value().toPlainString())
                            : json(number);
            case Value.Bool flag ->
                    schema.type() == PropertyType.STRING
                            ? NODES.stringNode(flag.value() ? "True" : "False")
                            : json(flag);
        };
    }

    private static JsonNode fromText(PropertyType type, String text) {
        return switch (type) {
            case INTEGER, NUMBER -> {
                try {
                    yield number(new BigDecimal(text.strip()));
                } catch (NumberFormatException e) {
                    throw new Impossible("\"%s\" is not a number".formatted(text));
                }
            }
            case BOOLEAN -> NODES.booleanNode(YES.contains(text.strip().toLowerCase(Locale.ROOT)));
            default -> NODES.stringNode(text);
        };
    }

    /** A value as the JSON that it is. */
    public static JsonNode json(@Nullable Value value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Value.Null _ -> NODES.nullNode();
            case Value.Bool flag -> NODES.booleanNode(flag.value());
            case Value.Num number -> number(number.value());
            case Value.Text text -> NODES.stringNode(text.value());
            case Value.Items items -> {
                var array = NODES.arrayNode();
                items.values().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Value.Entries entries -> {
                var object = NODES.objectNode();
                entries.values().forEach((key, one) -> object.set(key, json(one)));
                yield object;
            }
            case Value.Unknown unknown ->
                    throw new Impossible("Nothing has told %s yet".formatted(unknown.source()));
        };
    }

    private static JsonNode number(BigDecimal number) {
        return number.scale() <= 0 && number.precision() < 19
                ? NODES.numberNode(number.longValueExact())
                : NODES.numberNode(number);
    }

    /** JSON from the cloud as a value. */
    public static Value value(JsonNode json) {
        return switch (json.getNodeType()) {
            case BOOLEAN -> Value.of(json.asBoolean());
            case NUMBER -> new Value.Num(json.decimalValue());
            case STRING -> Value.of(json.asString());
            case ARRAY -> {
                var items = new java.util.ArrayList<Value>();
                json.forEach(item -> items.add(value(item)));
                yield new Value.Items(items);
            }
            case OBJECT -> {
                var entries = new java.util.LinkedHashMap<String, Value>();
                json.properties().forEach(e -> entries.put(e.getKey(), value(e.getValue())));
                yield new Value.Entries(entries);
            }
            case NULL, MISSING, BINARY, POJO -> Value.NULL;
        };
    }

    /** JSON in a text as a value. */
    public static Value read(String json) {
        return value(JSON.readTree(json));
    }
}
