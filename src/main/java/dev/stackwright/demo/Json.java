package dev.stackwright.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Short words for building and reading JSON trees. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object(@Nullable Object... namesAndValues) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set(String.valueOf(namesAndValues[i]), of(namesAndValues[i + 1]));
        }
        return object;
    }

    static ArrayNode array(Object... items) {
        return list(List.of(items));
    }

    static ArrayNode list(Iterable<?> items) {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(of(item)));
        return array;
    }

    static JsonNode of(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case JsonNode node -> node;
            case String text -> NODES.stringNode(text);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case Boolean truth -> NODES.booleanNode(truth);
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach((name, item) -> object.set(String.valueOf(name), of(item)));
                yield object;
            }
            case Iterable<?> items -> list(items);
            default -> NODES.stringNode(value.toString());
        };
    }

    /** The text under this name, or "" when there is none. */
    static String text(@Nullable JsonNode node, String name) {
        if (node == null) {
            return "";
        }
        JsonNode value = node.path(name);
        return value.isString()
                ? value.stringValue()
                : value.isNumber() || value.isBoolean() ? value.toString() : "";
    }

    static int number(JsonNode node, String name, int otherwise) {
        JsonNode value = node.path(name);
        if (value.isNumber()) {
            return value.intValue();
        }
        return value.isString() && value.stringValue().matches("-?[0-9]{1,9}")
                ? Integer.parseInt(value.stringValue())
                : otherwise;
    }

    static boolean truth(JsonNode node, String name, boolean otherwise) {
        JsonNode value = node.path(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isString() && !value.stringValue().isEmpty()
                ? isTrue(value.stringValue())
                : otherwise;
    }

    static boolean isTrue(String text) {
        return text.equalsIgnoreCase("true") || text.equals("1") || text.equalsIgnoreCase("yes");
    }

    static boolean absent(JsonNode node, String name) {
        return !node.hasNonNull(name);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.isString() ? item.stringValue() : item.toString()));
        return texts;
    }

    static ObjectNode copy(JsonNode node) {
        return (ObjectNode) node.deepCopy();
    }

    /** The array under this name, made when it is not there yet. */
    static ArrayNode items(ObjectNode node, String name) {
        if (node.get(name) instanceof ArrayNode array) {
            return array;
        }
        return node.putArray(name);
    }

    static void removeText(ArrayNode array, String text) {
        for (int i = array.size() - 1; i >= 0; i--) {
            if (text.equals(array.get(i).asString(""))) {
                array.remove(i);
            }
        }
    }

    /** What the cloud shows: a copy without the fields that it keeps to itself. */
    static ObjectNode open(JsonNode document) {
        ObjectNode copy = copy(document);
        copy.remove(copy.propertyNames().stream().filter(name -> name.startsWith("_")).toList());
        return copy;
    }
}
