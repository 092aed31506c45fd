package dev.stackwright.template;

import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads environment files. */
final class EnvironmentReader {

    private static final List<String> SECTIONS =
            List.of(
                    "parameters",
                    "parameter_defaults",
                    "resource_registry",
                    "encrypted_param_names",
                    "event_sinks",
                    "parameter_merge_strategies");

    private final Findings findings;

    private EnvironmentReader(Findings findings) {
        this.findings = findings;
    }

    static Environment.Read read(String text, Limits limits) {
        var findings = new Findings();
        if (text.isBlank()) {
            return new Environment.Read(Environment.EMPTY, findings.toDiagnostics());
        }
        var root = TemplateReader.readTree(text, limits, findings);
        var environment =
                root.map(node -> new EnvironmentReader(findings).environment(node))
                        .orElse(Environment.EMPTY);
        return new Environment.Read(environment, findings.toDiagnostics());
    }

    private Environment environment(Node node) {
        if (node.isNull()) {
            return Environment.EMPTY;
        }
        if (!(node instanceof Node.Mapping root)) {
            findings.add(
                    Rule.ENVIRONMENT_FORM,
                    node.range(),
                    "",
                    "An environment is a map, not %s.".formatted(Nodes.kind(node)));
            return Environment.EMPTY;
        }
        boolean flat = root.entries().stream().noneMatch(entry -> SECTIONS.contains(entry.key()));
        if (flat) {
            return Environment.of(values(root));
        }
        for (Node.Entry entry : root.entries()) {
            if (!SECTIONS.contains(entry.key())) {
                var guess = Guess.nearest(entry.key(), SECTIONS);
                var fixes =
                        guess.map(name ->
                                        new Fix[] {
                                            new Fix("Write " + name, entry.keyRange(), name)
                                        })
                                .orElse(new Fix[0]);
                findings.add(
                        Rule.ENVIRONMENT_SECTION,
                        entry.keyRange(),
                        entry.key(),
                        "`%s` is not a section of an environment.".formatted(entry.key())
                                + guess.map(" Did you mean `%s`?"::formatted).orElse(""),
                        fixes);
            } else if (entry.value().isNull()) {
                findings.add(
                        Rule.ENVIRONMENT_FORM,
                        entry.keyRange(),
                        entry.key(),
                        "The section %s is empty. Remove it, or write {}.".formatted(entry.key()));
            }
        }
        return new Environment(
                values(section(root, "parameters")),
                values(section(root, "parameter_defaults")),
                registry(root));
    }

    private Node.Mapping section(Node.Mapping root, String name) {
        Node.Entry entry = root.find(name);
        if (entry == null || entry.value().isNull()) {
            return new Node.Mapping(List.of(), root.range());
        }
        if (entry.value() instanceof Node.Mapping mapping) {
            return mapping;
        }
        findings.add(
                Rule.ENVIRONMENT_FORM,
                entry.value().range(),
                name,
                "The section %s must be a map, not %s.".formatted(name, Nodes.kind(entry.value())));
        return new Node.Mapping(List.of(), root.range());
    }

    private static Map<String, Value> values(Node.Mapping mapping) {
        var values = new LinkedHashMap<String, Value>();
        mapping.entries().forEach(entry -> values.put(entry.key(), Nodes.value(entry.value())));
        return values;
    }

    private ResourceRegistry registry(Node.Mapping root) {
        var types = new LinkedHashMap<String, String>();
        var resources = new LinkedHashMap<String, Map<String, String>>();
        for (Node.Entry entry : section(root, "resource_registry").entries()) {
            if (entry.key().equals("resources")) {
                resources(entry.value(), resources);
            } else if (entry.value() instanceof Node.Scalar scalar) {
                if (!entry.key().equals("base_url")) {
                    types.put(entry.key(), scalar.isNull() ? "" : scalar.text());
                }
            } else {
                findings.add(
                        Rule.ENVIRONMENT_FORM,
                        entry.value().range(),
                        "resource_registry." + entry.key(),
                        "A type is mapped to the name of another type or of a template file.");
            }
        }
        return new ResourceRegistry(types, resources);
    }

    private static void resources(Node node, Map<String, Map<String, String>> into) {
        if (!(node instanceof Node.Mapping mapping)) {
            return;
        }
        for (Node.Entry resource : mapping.entries()) {
            if (resource.value() instanceof Node.Mapping types) {
                var mapped = new LinkedHashMap<String, String>();
                for (Node.Entry type : types.entries()) {
                    if (type.value() instanceof Node.Scalar scalar && type.key().contains("::")) {
                        mapped.put(type.key(), scalar.isNull() ? "" : scalar.text());
                    }
                }
                into.put(resource.key(), mapped);
            }
        }
    }
}
