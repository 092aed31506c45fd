package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Properties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was last applied to a resource and what it told since; kept sealed. */
record Applied(
        Value.Entries properties,
        Value metadata,
        Value reference,
        Map<String, Value> attributes,
        ObjectNode memory) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static final Applied NOTHING =
            new Applied(
                    new Value.Entries(Map.of()),
                    Value.NULL,
                    Value.NULL,
                    Map.of(),
                    JsonNodeFactory.instance.objectNode());

    /** The same as somebody changed it on the cloud. */
    Applied drifted(Value.Entries live) {
        if (live.values().isEmpty()) {
            return this;
        }
        var standing = new LinkedHashMap<>(properties.values());
        standing.putAll(live.values());
        return new Applied(new Value.Entries(standing), metadata, reference, attributes, memory);
    }

    /** The same with other attributes. */
    Applied telling(Map<String, Value> others) {
        return new Applied(properties, metadata, reference, others, memory);
    }

    String write() {
        var json = JSON.createObjectNode();
        json.set("properties", Properties.json(properties));
        json.set("metadata", Properties.json(metadata));
        json.set("reference", Properties.json(reference));
        json.set("attributes", Properties.json(new Value.Entries(attributes)));
        json.set("memory", memory);
        return json.toString();
    }

    static Applied read(@Nullable String text) {
        if (text == null) {
            return NOTHING;
        }
        var json = JSON.readTree(text);
        var attributes = new LinkedHashMap<String, Value>();
        json.path("attributes")
                .properties()
                .forEach(e -> attributes.put(e.getKey(), Properties.value(e.getValue())));
        return new Applied(
                Properties.value(json.path("properties")) instanceof Value.Entries entries
                        ? entries
                        : NOTHING.properties(),
                Properties.value(json.path("metadata")),
                Properties.value(json.path("reference")),
                attributes,
                json.path("memory") instanceof ObjectNode memory
                        ? memory
                        : JsonNodeFactory.instance.objectNode());
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "Applied[" + properties.values().keySet() + "]";
    }
}
