package dev.stackwright.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * A plan as JSON, to be stored and to be read by machines.
 *
 * <p>A value is written as the JSON that it is. What is not known yet becomes {@code {"$unknown":
 * "port.id"}}; a key of a map that begins with a dollar gets a second one, so that nobody can forge
 * it.
 */
public final class PlanJson {

    private static final String UNKNOWN = "$unknown";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .addModule(
                            new SimpleModule("plan")
                                    .addSerializer(Value.class, new ValueOut())
                                    .addDeserializer(Value.class, new ValueIn())
                                    .addSerializer(Diagnostics.class, new DiagnosticsOut())
                                    .addDeserializer(Diagnostics.class, new DiagnosticsIn()))
                    .changeDefaultPropertyInclusion(
                            usual -> usual.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private PlanJson() {}

    public static String write(Plan plan) {
        return JSON.writeValueAsString(plan);
    }

    public static Plan read(String json) {
        return JSON.readValue(json, Plan.class);
    }

    private static final class ValueOut extends ValueSerializer<Value> {
        @Override
        public void serialize(Value value, JsonGenerator out, SerializationContext context) {
            switch (value) {
                case Value.Null _ -> out.writeNull();
                case Value.Bool bool -> out.writeBoolean(bool.value());
                case Value.Num number -> out.writeNumber(number.value());
                case Value.Text text -> out.writeString(text.value());
                case Value.Items items -> {
                    out.writeStartArray();
                    items.values().forEach(item -> serialize(item, out, context));
                    out.writeEndArray();
                }
                case Value.Entries entries -> {
                    out.writeStartObject();
                    entries.values()
                            .forEach((key, item) -> {
                                out.writeName(key.startsWith("$") ? "$" + key : key);
                                serialize(item, out, context);
                            });
                    out.writeEndObject();
                }
                case Value.Unknown unknown -> {
                    out.writeStartObject();
                    out.writeStringProperty(UNKNOWN, unknown.source());
                    out.writeEndObject();
                }
            }
        }
    }

    private static final class ValueIn extends ValueDeserializer<Value> {
        @Override
        public Value deserialize(JsonParser in, DeserializationContext context) {
            return value(context.readTree(in));
        }

        /** A value that is null is a value; what is absent is left out when it is written. */
        @Override
        public Value getNullValue(DeserializationContext context) {
            return Value.NULL;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        private static Value value(JsonNode json) {
            return switch (json.getNodeType()) {
                case BOOLEAN -> Value.of(json.asBoolean());
                case NUMBER -> new Value.Num(json.decimalValue());
                case STRING -> Value.of(json.asString());
                case ARRAY -> {
                    var items = new ArrayList<Value>();
                    json.forEach(item -> items.add(value(item)));
                    yield new Value.Items(items);
                }
                case OBJECT -> {
                    if (json.has(UNKNOWN)) {
                        yield new Value.Unknown(json.path(UNKNOWN).asString(""));
                    }
                    var entries = new LinkedHashMap<String, Value>();
                    json.properties()
                            .forEach(e ->
                                    entries.put(
                                            e.getKey().startsWith("$")
                                                    ? e.getKey().substring(1)
                                                    : e.getKey(),
                                            value(e.getValue())));
                    yield new Value.Entries(entries);
                }
                case NULL, MISSING, BINARY, POJO -> Value.NULL;
            };
        }
    }

    private static final class DiagnosticsOut extends ValueSerializer<Diagnostics> {
        @Override
        public void serialize(
                Diagnostics diagnostics, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            diagnostics.all().forEach(out::writePOJO);
            out.writeEndArray();
        }
    }

    private static final class DiagnosticsIn extends ValueDeserializer<Diagnostics> {
        @Override
        public Diagnostics deserialize(JsonParser in, DeserializationContext context) {
            return new Diagnostics(List.of(context.readValue(in, Diagnostic[].class)));
        }
    }
}
