package dev.stackwright.web.editor;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.OnChange;
import dev.stackwright.catalog.PropertyConstraint;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.PropertyType;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.template.ParameterType;
import dev.stackwright.template.TemplateVersion;
import dev.stackwright.web.editor.Choices.Choice;
import dev.stackwright.web.frame.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How the word at the cursor may go on: what the language, the catalog and the cloud have. */
final class Completion {

    private static final Pattern FLOW_VALUE = Pattern.compile("[{,]\\s*(\\w+)\\s*:\\s*[\\w:./-]*$");
    private static final Pattern FLOW_KEY = Pattern.compile("[{,]\\s*[\\w:]*$");
    private static final List<String> SECTIONS =
            List.of(
                    "heat_template_version",
                    "description",
                    "parameter_groups",
                    "parameters",
                    "conditions",
                    "resources",
                    "outputs");
    private static final List<String> OF_PARAMETER =
            List.of(
                    "type",
                    "label",
                    "description",
                    "default",
                    "hidden",
                    "constraints",
                    "immutable",
                    "tags");
    private static final List<String> OF_CONSTRAINT =
            List.of(
                    "length",
                    "range",
                    "modulo",
                    "allowed_values",
                    "allowed_pattern",
                    "custom_constraint",
                    "description");
    private static final List<String> OF_RESOURCE =
            List.of(
                    "type",
                    "properties",
                    "depends_on",
                    "condition",
                    "metadata",
                    "deletion_policy",
                    "update_policy",
                    "external_id");
    private static final List<String> CUSTOM =
            List.of(
                    "nova.flavor",
                    "nova.keypair",
                    "glance.image",
                    "neutron.network",
                    "neutron.subnet",
                    "neutron.port",
                    "neutron.router",
                    "neutron.security_group",
                    "cinder.volume",
                    "cinder.vtype",
                    "cinder.snapshot",
                    "ip_addr",
                    "net_cidr",
                    "mac_addr",
                    "timezone");

    /** Which type of resource a property means when it asks for one of these. */
    private static final Map<String, Set<String>> MAKERS =
            Map.of(
                    "neutron.network", Set.of("OS::Neutron::Net", "OS::Neutron::ProviderNet"),
                    "neutron.subnet", Set.of("OS::Neutron::Subnet"),
                    "neutron.port", Set.of("OS::Neutron::Port"),
                    "neutron.router", Set.of("OS::Neutron::Router"),
                    "neutron.security_group", Set.of("OS::Neutron::SecurityGroup"),
                    "cinder.volume", Set.of("OS::Cinder::Volume"),
                    "nova.keypair", Set.of("OS::Nova::KeyPair"),
                    "nova.server", Set.of("OS::Nova::Server"),
                    "nova.flavor", Set.of("OS::Nova::Flavor"),
                    "glance.image", Set.of("OS::Glance::WebImage", "OS::Glance::Image"));

    private final Catalog catalog;
    private final Schemas schemas;
    private final Function<String, List<Choice>> live;
    private final Format format;
    private final Cursor cursor;
    private final List<Item> items = new ArrayList<>();

    /**
     * One way on.
     *
     * @param detail what it is, in a few words
     * @param kind the symbol beside it, as the editor calls it: {@code type}, {@code property}…
     * @param apply what is put in, when that is more than the label
     */
    record Item(String label, String detail, String kind, String apply, int boost) {}

    /**
     * @param column where the word begins, from 1
     */
    record Answer(int column, List<Item> options) {}

    private Completion(
            Catalog catalog, Function<String, List<Choice>> live, Format format, Cursor cursor) {
        this.catalog = catalog;
        this.schemas = new Schemas(catalog);
        this.live = live;
        this.format = format;
        this.cursor = cursor;
    }

    /**
     * @param live what the cloud has for a custom constraint
     */
    static Answer at(
            String text,
            int line,
            int column,
            Catalog catalog,
            Function<String, List<Choice>> live,
            Format format) {
        var cursor = new Cursor(text, line, column);
        var completion = new Completion(catalog, live, format, cursor);
        completion.collect();
        return new Answer(column - cursor.prefix().length(), completion.items);
    }

    private void collect() {
        var call = cursor.call();
        if (call.isPresent()) {
            arguments(call.get());
            return;
        }
        var path = cursor.path();
        if (cursor.isInFlow()) {
            inFlow(path);
        } else if (cursor.key().isPresent()) {
            value(path, cursor.key().get());
        } else {
            key(path);
            if (cursor.isItem() && !path.isEmpty()) {
                item(path.subList(0, path.size() - 1), path.getLast());
            }
        }
    }

    private void inFlow(List<String> path) {
        var whole = new ArrayList<>(path);
        cursor.key().ifPresent(whole::add);
        var value = FLOW_VALUE.matcher(cursor.value());
        if (value.find()) {
            value(whole, value.group(1));
        } else if (FLOW_KEY.matcher(cursor.value()).find()) {
            key(whole);
        }
    }

    // Keys.

    private void key(List<String> path) {
        var depth = path.size();
        var section = depth == 0 ? "" : path.getFirst().toLowerCase(Locale.ROOT);
        if (depth == 0) {
            if (cursor.column() == 0) {
                keys(SECTIONS, "editor.kind.section");
            }
            return;
        }
        switch (section) {
            case "parameters" -> {
                if (depth == 2) {
                    keys(OF_PARAMETER, "editor.kind.parameter");
                } else if (depth == 3 && path.get(2).equals("constraints")) {
                    keys(OF_CONSTRAINT, "editor.kind.constraint");
                } else if (depth > 3) {
                    keys(List.of("min", "max"), "editor.kind.constraint");
                }
            }
            case "parameter_groups" ->
                    keys(List.of("label", "description", "parameters"), "editor.kind.group");
            case "outputs" -> {
                if (depth == 2) {
                    keys(List.of("description", "value", "condition"), "editor.kind.output");
                } else if (depth > 2) {
                    functions();
                }
            }
            case "resources" -> {
                if (depth == 2) {
                    keys(OF_RESOURCE, "editor.kind.resource");
                } else if (depth > 2) {
                    properties(path);
                }
            }
            default -> {}
        }
    }

    private void keys(List<String> names, String kind) {
        var there = Set.copyOf(cursor.siblings());
        names.stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> add(name, format.say(kind), "keyword", name + ": ", 0));
    }

    private void properties(List<String> path) {
        var fields = schemas.inside(cursor, path).orElse(Map.of());
        var there = Set.copyOf(cursor.siblings());
        fields.values().stream()
                .filter(one -> !there.contains(one.name()) && !one.ignored())
                .filter(one -> !one.support().isDiscouraged())
                .sorted(
                        Comparator.comparing(PropertySchema::required)
                                .reversed()
                                .thenComparing(PropertySchema::name))
                .forEach(one ->
                        add(
                                one.name(),
                                detail(one, path.size() == 3),
                                "property",
                                one.name() + ": ",
                                one.required() ? 2 : 1));
        if (path.size() > 3 || fields.isEmpty()) {
            functions();
        }
    }

    private String detail(PropertySchema schema, boolean top) {
        var words = new ArrayList<String>();
        words.add(format.say("editor.type." + schema.type().name().toLowerCase(Locale.ROOT)));
        if (schema.required()) {
            words.add(format.say("editor.required"));
        }
        if (top && schema.onChange() == OnChange.REPLACE) {
            words.add(format.say("editor.replaces"));
        }
        return String.join(", ", words);
    }

    private void functions() {
        version()
                .functions()
                .forEach(name ->
                        add(name, format.say("editor.kind.function"), "function", name + ": ", -1));
    }

    private TemplateVersion version() {
        return cursor.value("heat_template_version")
                .flatMap(date -> TemplateVersion.of("heat_template_version", date))
                .orElse(TemplateVersion.HOT_2021_04_16);
    }

    // Values.

    private void value(List<String> path, String key) {
        var depth = path.size();
        var section = depth == 0 ? "" : path.getFirst().toLowerCase(Locale.ROOT);
        if (depth == 0) {
            if (key.equals("heat_template_version")) {
                TemplateVersion.datesOf(key).reversed().forEach(date -> plain(date, "constant"));
            }
            return;
        }
        if (section.equals("parameters") && depth >= 2) {
            parameterValue(key);
        } else if (section.equals("resources") && depth == 2) {
            resourceValue(key, path.get(1));
        } else if (section.equals("resources") && depth > 2) {
            schemas.property(cursor, path, key).ifPresent(this::valuesOf);
        } else if (key.equals("value")) {
            references(Set.of());
        }
    }

    private void parameterValue(String key) {
        switch (key) {
            case "type" ->
                    Arrays.stream(ParameterType.values())
                            .forEach(type -> plain(type.hotName(), "type"));
            case "hidden", "immutable" -> List.of("true", "false").forEach(w -> plain(w, "enum"));
            case "custom_constraint" -> CUSTOM.forEach(name -> plain(name, "constant"));
            default -> {}
        }
    }

    private void resourceValue(String key, String resource) {
        switch (key) {
            case "type" -> types();
            case "deletion_policy" ->
                    List.of("Delete", "Retain", "Snapshot").forEach(w -> plain(w, "enum"));
            case "depends_on" -> resources(name -> !name.equals(resource));
            default -> {}
        }
    }

    private void types() {
        for (var type : catalog.types()) {
            if (!type.retired() && !type.support().isDiscouraged()) {
                var used = type.name().startsWith("OS::") ? 1 : 0;
                add(type.name(), type.title(), "type", type.name(), used);
            }
        }
    }

    private void item(List<String> path, String key) {
        if (path.size() == 2 && key.equals("depends_on")) {
            resources(name -> !name.equals(path.get(1)));
        } else if (path.size() == 1 && key.equals("parameters")) {
            parameters(_ -> true);
        } else {
            schemas.property(cursor, path, key)
                    .map(schema -> schema.item() == null ? schema : schema.item())
                    .filter(schema -> schema.fields().isEmpty())
                    .ifPresent(this::valuesOf);
        }
    }

    private void valuesOf(PropertySchema schema) {
        if (schema.type() == PropertyType.BOOLEAN) {
            List.of("true", "false").forEach(word -> plain(word, "enum"));
        }
        Set<String> makers = Set.of();
        for (var constraint : schema.constraints()) {
            switch (constraint) {
                case PropertyConstraint.OneOf(var values) ->
                        values.stream()
                                .map(Explanation::text)
                                .filter(word -> !word.isEmpty())
                                .forEach(word -> plain(word, "enum"));
                case PropertyConstraint.Find(var name) -> {
                    for (var one : live.apply(name)) {
                        add(
                                one.name(),
                                one.label().equals(one.name()) ? "" : one.label(),
                                "constant",
                                quoted(one.name()),
                                1);
                    }
                    makers = MAKERS.getOrDefault(name, Set.of());
                }
                default -> {}
            }
        }
        references(makers);
    }

    /** What stands in the template already, as a whole expression. */
    private void references(Set<String> makers) {
        cursor.section("parameters", "type")
                .forEach((name, type) -> {
                    var call = "{ get_param: " + name + " }";
                    add(call, type, "variable", call, 0);
                });
        cursor.section("resources", "type")
                .forEach((name, type) -> {
                    if (makers.contains(type)) {
                        var call = "{ get_resource: " + name + " }";
                        add(call, type, "variable", call, 2);
                    }
                });
    }

    // What a function takes.

    private void arguments(Cursor.Call call) {
        var typed = call.arguments().replaceFirst("^\\[\\s*", "");
        var comma = typed.indexOf(',');
        switch (call.function()) {
            case "get_param" -> {
                if (comma < 0) {
                    parameters(_ -> true);
                    List.of("OS::stack_name", "OS::stack_id", "OS::project_id")
                            .forEach(name -> plain(name, "variable"));
                }
            }
            case "get_resource" -> resources(_ -> true);
            case "get_attr", "Fn::GetAtt" -> {
                if (comma < 0) {
                    resources(_ -> true);
                } else if (typed.indexOf(',', comma + 1) < 0) {
                    schemas.type(cursor, typed.substring(0, comma).strip())
                            .ifPresent(this::attributes);
                }
            }
            case "Ref" -> {
                parameters(_ -> true);
                resources(_ -> true);
            }
            default -> {}
        }
    }

    private void attributes(ResourceType type) {
        type.attributes()
                .values()
                .forEach(one -> {
                    if (!one.support().isDiscouraged()) {
                        add(
                                one.name(),
                                format.say(
                                        "editor.type."
                                                + one.type().name().toLowerCase(Locale.ROOT)),
                                "property",
                                one.name(),
                                0);
                    }
                });
    }

    private void parameters(java.util.function.Predicate<String> which) {
        cursor.section("parameters", "type")
                .forEach((name, type) -> {
                    if (which.test(name)) {
                        add(name, type, "variable", name, 1);
                    }
                });
    }

    private void resources(java.util.function.Predicate<String> which) {
        cursor.section("resources", "type")
                .forEach((name, type) -> {
                    if (which.test(name)) {
                        add(name, type, "variable", name, 1);
                    }
                });
    }

    // Small things.

    private void plain(String word, String kind) {
        add(word, "", kind, word, 0);
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z][\\w./-]*( [\\w./-]+)*")
                ? name
                : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void add(String label, String detail, String kind, String apply, int boost) {
        if (!label.isEmpty()) {
            items.add(new Item(label, detail, kind, apply, boost));
        }
    }
}
