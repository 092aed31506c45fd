package dev.stackwright.catalog;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each property, attribute and rule of each type beside what Heat's own classes say of it. The
 * facts lie beside the corpus; without them the test is skipped.
 */
@Tag("corpus")
class CatalogFactsTest {

    private static final Path FACTS =
            Path.of(System.getProperty("stackwright.corpus", "../shared/corpus"))
                    .toAbsolutePath()
                    .normalize()
                    .resolveSibling("facts")
                    .resolve("heat/RESOURCES.json");

    private final List<String> differences = new ArrayList<>();

    @Test
    void everyTypeIsAsHeatHasIt() {
        assumeTrue(Files.isRegularFile(FACTS), "skipped: no facts at " + FACTS);
        var facts = JsonMapper.shared().readTree(FACTS.toFile());
        var types = new TreeMap<String, JsonNode>();
        facts.path("types").properties().stream()
                .filter(type -> type.getValue().has("properties"))
                .forEach(type -> types.put(type.getKey(), type.getValue()));

        same("types", types.keySet(), names(Catalog.builtIn().types(), ResourceType::name));
        types.forEach((name, fact) ->
                Catalog.builtIn().find(name).ifPresent(type -> type(name, fact, type)));

        System.out.printf(
                "corpus catalog: %d of %d agree%n",
                types.size()
                        - differences.stream()
                                .map(line -> line.substring(0, line.indexOf(' ')))
                                .distinct()
                                .count(),
                types.size());
        assertThat(differences).isEmpty();
    }

    private void type(String name, JsonNode fact, ResourceType type) {
        same(name + " support", support(fact.path("support_status")), support(type.support()));
        same(
                name + " name limit",
                fact.path("physical_resource_name_limit").asInt(255),
                type.nameLimit());
        same(
                name + " extension",
                fact.path("required_service_extension").asString(""),
                Objects.requireNonNullElse(type.extension(), ""));
        same(name + " nested", fact.path("nested_stack").asBoolean(), type.can(Ability.NESTED));
        same(name + " signal", fact.path("signal_responder").asBoolean(), type.can(Ability.SIGNAL));
        properties(name, fact.path("properties"), type.properties(), true);
        properties(name + " update policy", fact.path("update_policy"), type.updatePolicy(), false);
        attributes(name, fact.path("attributes"), type.attributes());
        same(name + " translations", rules(fact.path("translation_rules")), rules(type));
    }

    private void properties(
            String at, JsonNode facts, Map<String, PropertySchema> schemas, boolean top) {
        same(at + " names", names(facts), schemas.keySet());
        schemas.forEach((name, schema) -> {
            if (facts.has(name)) {
                property(at + " " + name, facts.path(name), schema, top);
            }
        });
    }

    private void property(String at, JsonNode fact, PropertySchema schema, boolean top) {
        same(at + " type", kind(fact.path("type").asString()), schema.type().name());
        same(at + " required", fact.path("required").asBoolean(), schema.required());
        same(
                at + " default",
                fact.path("default").isMissingNode() ? "none" : shown(fact.path("default")),
                schema.defaultValue() == null ? "none" : shown(schema.defaultValue()));
        same(at + " ignored", !fact.path("implemented").asBoolean(true), schema.ignored());
        if (top) {
            same(at + " update", fact.path("update_allowed").asBoolean(), schema.updateAllowed());
            same(at + " immutable", fact.path("immutable").asBoolean(), schema.immutable());
        }
        same(at + " support", support(fact.path("support_status")), support(schema.support()));
        same(at + " constraints", constraints(fact), constraints(schema));
        same(at + " item", fact.has("list_item"), schema.item() != null);
        if (schema.item() != null && fact.has("list_item")) {
            property(at + "[]", fact.path("list_item"), schema.item(), false);
        }
        properties(at, fact.path("schema"), schema.fields(), false);
    }

    private void attributes(String at, JsonNode facts, Map<String, AttributeSchema> schemas) {
        same(at + " attributes", names(facts), schemas.keySet());
        schemas.forEach((name, schema) -> {
            var fact = facts.path(name);
            var where = at + " attribute " + name;
            same(where + " type", kind(fact.path("type").asString("Any")), schema.type().name());
            same(where + " live", !fact.path("cached").asBoolean(true), schema.live());
            same(
                    where + " support",
                    support(fact.path("support_status")),
                    support(schema.support()));
        });
    }

    private static TreeSet<String> constraints(JsonNode fact) {
        var all = new TreeSet<String>();
        for (JsonNode one : fact.path("constraints")) {
            one.properties()
                    .forEach(entry -> {
                        var value = entry.getValue();
                        all.add(
                                switch (entry.getKey()) {
                                    case "range", "length" ->
                                            entry.getKey()
                                                    + " "
                                                    + shown(value.path("min"))
                                                    + " "
                                                    + shown(value.path("max"));
                                    case "allowed_values" ->
                                            "one of "
                                                    + StreamSupport.stream(
                                                                    value.spliterator(), false)
                                                            .map(CatalogFactsTest::shown)
                                                            .sorted()
                                                            .toList();
                                    case "allowed_pattern" -> "pattern " + value.asString();
                                    default -> entry.getKey() + " " + value.asString();
                                });
                    });
        }
        return all;
    }

    private static TreeSet<String> constraints(PropertySchema schema) {
        return schema.constraints().stream()
                .map(one ->
                        switch (one) {
                            case PropertyConstraint.Range(var min, var max) ->
                                    "range " + number(min) + " " + number(max);
                            case PropertyConstraint.Length(var min, var max) ->
                                    "length " + whole(min) + " " + whole(max);
                            case PropertyConstraint.Modulo(var step, var offset) ->
                                    "modulo " + step + " " + offset;
                            case PropertyConstraint.OneOf(var values) ->
                                    "one of "
                                            + values.stream()
                                                    .map(CatalogFactsTest::shown)
                                                    .sorted()
                                                    .toList();
                            case PropertyConstraint.Pattern(var regex) -> "pattern " + regex;
                            case PropertyConstraint.Find(var name) -> "custom " + name;
                        })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "null" : number.stripTrailingZeros().toPlainString();
    }

    private static String whole(@Nullable Integer number) {
        return number == null ? "null" : number.toString();
    }

    private static String shown(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(CatalogFactsTest::shown)
                    .toList()
                    .toString();
        }
        if (node.isObject()) {
            var all = new TreeMap<String, String>();
            node.properties().forEach(entry -> all.put(entry.getKey(), shown(entry.getValue())));
            return all.toString();
        }
        if (node.isNumber()) {
            return number(node.decimalValue());
        }
        if (node.isMissingNode() || node.isNull()) {
            return "null";
        }
        return flag(node.asString());
    }

    /** Heat has a flag or two that are written as Python writes them. */
    private static String flag(String text) {
        return text.equals("True") || text.equals("False") ? kind(text).toLowerCase(ROOT) : text;
    }

    private static String kind(String word) {
        return word.toUpperCase(ROOT);
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Items(var items) ->
                    items.stream().map(CatalogFactsTest::shown).toList().toString();
            case Value.Entries(var entries) -> {
                var all = new TreeMap<String, String>();
                entries.forEach((key, one) -> all.put(key, shown(one)));
                yield all.toString();
            }
            case Value.Num(var number) -> number(number);
            case Value.Text(var text) -> flag(text);
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Null _, Value.Unknown _ -> "null";
        };
    }

    private static String support(JsonNode fact) {
        if (fact.isMissingNode()) {
            return support(Support.ALWAYS);
        }
        var before = new ArrayList<String>();
        fact.path("previous").forEach(one -> before.add(support(one)));
        return fact.path("status").asString("SUPPORTED")
                + " "
                + fact.path("since").asString("-")
                + before;
    }

    private static String support(Support support) {
        return support.status()
                + " "
                + Objects.requireNonNullElse(support.since(), "-")
                + support.before().stream().map(CatalogFactsTest::support).toList();
    }

    private static TreeSet<String> rules(JsonNode facts) {
        var all = new TreeSet<String>();
        for (JsonNode rule : facts) {
            var path = dotted(rule.path("path"));
            all.add(
                    switch (rule.path("rule").asString()) {
                        case "Resolve" -> "resolve " + path;
                        case "Delete" -> "drop " + path;
                        default ->
                                "rename "
                                        + path
                                        + " "
                                        + (rule.has("value_name")
                                                ? "beside " + rule.path("value_name").asString()
                                                : "from " + dotted(rule.path("value_path")));
                    });
        }
        return all;
    }

    private static TreeSet<String> rules(ResourceType type) {
        return type.translations().stream()
                .map(rule ->
                        switch (rule) {
                            case Translation.Resolve resolve -> "resolve " + resolve.path();
                            case Translation.Drop drop -> "drop " + drop.path();
                            case Translation.Rename rename ->
                                    "rename "
                                            + rename.path()
                                            + " "
                                            + (rename.sibling() ? "beside " : "from ")
                                            + rename.from();
                        })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String dotted(JsonNode path) {
        var parts = new ArrayList<String>();
        path.forEach(part -> parts.add(part.asString()));
        return String.join(".", parts);
    }

    private static TreeSet<String> names(JsonNode facts) {
        var names = new TreeSet<String>();
        facts.properties().forEach(entry -> names.add(entry.getKey()));
        return names;
    }

    private static <T> TreeSet<String> names(
            java.util.Collection<T> all, java.util.function.Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private void same(String what, @Nullable Object heat, @Nullable Object ours) {
        boolean same =
                heat instanceof java.util.Set<?> a && ours instanceof java.util.Set<?> b
                        ? a.equals(b)
                        : Objects.equals(heat, ours);
        if (!same) {
            differences.add(what + ": Heat " + heat + ", here " + ours);
        }
    }
}
