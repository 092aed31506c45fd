package dev.stackwright.template;

import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads environment files. */
final class EnvironmentReader {

    private static final String MERGE = "parameter_merge_strategies";

    private static final List<String> SECTIONS =
            List.of(
                    "parameters",
                    "parameter_defaults",
                    "resource_registry",
                    "encrypted_param_names",
                    "event_sinks",
                    MERGE);

    private final Findings findings;
    private final Limits limits;
    private final Map<String, TextRange> places = new HashMap<>();

    private EnvironmentReader(Findings findings, Limits limits) {
        this.findings = findings;
        this.limits = limits;
    }

    static EnvironmentFile read(String text, Limits limits) {
        var findings = new Findings();
        var reader = new EnvironmentReader(findings, limits);
        Optional<Node.Mapping> root =
                text.isBlank()
                        ? Optional.empty()
                        : TemplateReader.readTree(text, limits, findings).flatMap(reader::root);
        if (root.isEmpty()) {
            return new EnvironmentFile(
                    Environment.EMPTY, Map.of(), null, Map.of(), findings.toDiagnostics());
        }
        return reader.file(root.get());
    }

    private Optional<Node.Mapping> root(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        if (!node.isNull()) {
            wrong(node, "", "An environment is a map, not %s.".formatted(Nodes.kind(node)));
        }
        return Optional.empty();
    }

    private EnvironmentFile file(Node.Mapping root) {
        boolean flat = root.entries().stream().noneMatch(entry -> SECTIONS.contains(entry.key()));
        if (flat) {
            var parameters = values(root);
            return new EnvironmentFile(
                    Environment.of(parameters), Map.of(), null, places, findings.toDiagnostics());
        }
        sections(root);
        var environment =
                new Environment(
                        values(section(root, "parameters")),
                        values(section(root, "parameter_defaults")),
                        registry(section(root, "resource_registry")),
                        sinks(root.find("event_sinks")),
                        new LinkedHashSet<>(
                                words(
                                        root.find("encrypted_param_names"),
                                        "encrypted_param_names")));
        var strategies = strategies(section(root, MERGE));
        var byDefault = strategies.remove("default");
        return new EnvironmentFile(
                environment, strategies, byDefault, places, findings.toDiagnostics());
    }

    private void sections(Node.Mapping root) {
        for (Node.Entry entry : root.entries()) {
            if (!SECTIONS.contains(entry.key())) {
                findings.add(
                        Rule.ENVIRONMENT_SECTION,
                        entry.keyRange(),
                        entry.key(),
                        "`%s` is not a section of an environment.".formatted(entry.key())
                                + meant(entry.key(), SECTIONS),
                        fixes(entry.key(), entry.keyRange(), SECTIONS));
            } else if (entry.value().isNull()) {
                findings.add(
                        Rule.ENVIRONMENT_FORM,
                        entry.keyRange(),
                        entry.key(),
                        "The section %s is empty. Remove it, or write {}.".formatted(entry.key()));
            }
        }
    }

    private static String meant(String written, Collection<String> names) {
        return Guess.nearest(written, names).map(" Did you mean `%s`?"::formatted).orElse("");
    }

    private static Fix[] fixes(String written, TextRange range, Collection<String> names) {
        return Guess.nearest(written, names)
                .map(name -> new Fix[] {new Fix("Write " + name, range, name)})
                .orElse(new Fix[0]);
    }

    private void wrong(Node node, String path, String detail) {
        findings.add(Rule.ENVIRONMENT_FORM, node.range(), path, detail);
    }

    private Node.Mapping section(Node.Mapping root, String name) {
        Node.Entry entry = root.find(name);
        if (entry == null || entry.value().isNull()) {
            return new Node.Mapping(List.of(), root.range());
        }
        if (entry.value() instanceof Node.Mapping mapping) {
            return mapping;
        }
        wrong(
                entry.value(),
                name,
                "The section %s must be a map, not %s.".formatted(name, Nodes.kind(entry.value())));
        return new Node.Mapping(List.of(), root.range());
    }

    private Map<String, Value> values(Node.Mapping mapping) {
        var values = new LinkedHashMap<String, Value>();
        for (Node.Entry entry : mapping.entries()) {
            values.put(entry.key(), Nodes.value(entry.value()));
            places.putIfAbsent(entry.key(), entry.keyRange());
        }
        return values;
    }

    private ResourceRegistry registry(Node.Mapping section) {
        String path = "resource_registry";
        var types = new LinkedHashMap<String, String>();
        var resources = new LinkedHashMap<String, ResourceRegistry.Branch>();
        Node.Entry base = section.find("base_url");
        String prefix =
                base != null && base.value() instanceof Node.Scalar scalar && !scalar.isNull()
                        ? scalar.text()
                        : "";
        for (Node.Entry entry : section.entries()) {
            if (entry.key().equals("resources")) {
                resources.putAll(branches(entry.value(), path + ".resources", 0));
            } else if (!entry.key().equals("base_url")) {
                type(entry, path, prefix, types);
            }
        }
        return new ResourceRegistry(types, resources);
    }

    private void type(Node.Entry entry, String path, String prefix, Map<String, String> into) {
        if (!(entry.value() instanceof Node.Scalar scalar)) {
            wrong(
                    entry.value(),
                    path + "." + entry.key(),
                    "A type is mapped to the name of another type or of a template file.");
            return;
        }
        String target = scalar.isNull() ? "" : scalar.text();
        int star = entry.key().indexOf('*');
        boolean inside = star >= 0 && star < entry.key().length() - 1;
        if (inside || (target.contains("*") && star < 0)) {
            wrong(
                    entry.value(),
                    path + "." + entry.key(),
                    "A star stands only at the end of a type name, and on the right side only when"
                            + " there is one on the left.");
            return;
        }
        boolean relative =
                ResourceRegistry.isTemplate(target)
                        && !target.contains("://")
                        && !target.startsWith("/");
        if (relative && !prefix.isEmpty()) {
            target = prefix.endsWith("/") ? prefix + target : prefix + "/" + target;
        }
        into.put(entry.key(), target);
    }

    private Map<String, ResourceRegistry.Branch> branches(Node node, String path, int depth) {
        var branches = new LinkedHashMap<String, ResourceRegistry.Branch>();
        if (node.isNull()) {
            return branches;
        }
        if (!(node instanceof Node.Mapping mapping)) {
            wrong(
                    node,
                    path,
                    "`resources` is a map from names of resources to what holds for them.");
            return branches;
        }
        for (Node.Entry entry : mapping.entries()) {
            if (entry.value() instanceof Node.Mapping inside) {
                branches.put(entry.key(), branch(inside, path + "." + entry.key(), depth));
            } else if (!entry.value().isNull()) {
                wrong(
                        entry.value(),
                        path + "." + entry.key(),
                        "What holds for the resource `%s` is a map, not %s."
                                .formatted(entry.key(), Nodes.kind(entry.value())));
            }
        }
        return branches;
    }

    private ResourceRegistry.Branch branch(Node.Mapping mapping, String path, int depth) {
        var types = new LinkedHashMap<String, String>();
        var inside = new LinkedHashMap<String, ResourceRegistry.Branch>();
        Set<Hook> hooks = Set.of();
        Set<RestrictedAction> restricted = Set.of();
        for (Node.Entry entry : mapping.entries()) {
            switch (entry.key()) {
                case "hooks" ->
                        hooks =
                                kinds(
                                        entry,
                                        path,
                                        Hook::of,
                                        Arrays.stream(Hook.values()).map(Hook::word).toList());
                case "restricted_actions" ->
                        restricted =
                                kinds(
                                        entry,
                                        path,
                                        RestrictedAction::of,
                                        Arrays.stream(RestrictedAction.values())
                                                .map(RestrictedAction::word)
                                                .toList());
                default -> {
                    if (!(entry.value() instanceof Node.Mapping deeper)) {
                        type(entry, path, "", types);
                    } else if (depth >= limits.nesting()) {
                        wrong(
                                entry.value(),
                                path,
                                "Templates nest at most %d levels deep here, so nothing can stand"
                                                .formatted(limits.nesting())
                                        + " deeper than this.");
                    } else {
                        inside.put(
                                entry.key(), branch(deeper, path + "." + entry.key(), depth + 1));
                    }
                }
            }
        }
        return new ResourceRegistry.Branch(types, hooks, restricted, inside);
    }

    private <T> Set<T> kinds(
            Node.Entry entry, String path, Function<String, Optional<T>> named, List<String> all) {
        var found = new LinkedHashSet<T>();
        for (Node node : listed(entry.value())) {
            String word = node instanceof Node.Scalar scalar ? scalar.text() : "";
            named.apply(word)
                    .ifPresentOrElse(
                            found::add,
                            () ->
                                    findings.add(
                                            Rule.ENVIRONMENT_FORM,
                                            node.range(),
                                            path + "." + entry.key(),
                                            "`%s` is none of the %s; there are %s.%s"
                                                    .formatted(
                                                            word,
                                                            entry.key(),
                                                            String.join(", ", all),
                                                            meant(word, all)),
                                            fixes(word, node.range(), all)));
        }
        return found;
    }

    private static List<Node> listed(Node node) {
        return switch (node) {
            case Node.Sequence sequence -> sequence.items();
            case Node.Scalar scalar -> scalar.isNull() ? List.of() : List.of(scalar);
            case Node.Mapping mapping -> List.of(mapping);
        };
    }

    private List<EventSink> sinks(Node.@Nullable Entry entry) {
        var sinks = new ArrayList<EventSink>();
        if (entry == null || entry.value().isNull()) {
            return sinks;
        }
        if (!(entry.value() instanceof Node.Sequence sequence)) {
            wrong(entry.value(), "event_sinks", "event_sinks is a list of maps with a type.");
            return sinks;
        }
        for (Node node : sequence.items()) {
            var settings =
                    node instanceof Node.Mapping mapping
                                    && Nodes.value(mapping) instanceof Value.Entries(var entries)
                            ? new LinkedHashMap<>(entries)
                            : new LinkedHashMap<String, Value>();
            if (settings.remove("type") instanceof Value.Text(String type)) {
                if (!type.equals("zaqar-queue")) {
                    wrong(
                            node,
                            "event_sinks",
                            "`%s` is not a kind of event sink; there is zaqar-queue."
                                    .formatted(type));
                } else {
                    findings.add(
                            Rule.EVENT_SINK,
                            node.range(),
                            "event_sinks",
                            "The events of the stack stay on its page; none is posted to the queue"
                                    + " `%s`."
                                            .formatted(
                                                    settings.get("target")
                                                                    instanceof
                                                                    Value.Text(String target)
                                                            ? target
                                                            : ""));
                }
                sinks.add(new EventSink(type, settings));
            } else {
                wrong(node, "event_sinks", "An event sink is a map with a type.");
            }
        }
        return sinks;
    }

    private List<String> words(Node.@Nullable Entry entry, String path) {
        if (entry == null || entry.value().isNull()) {
            return List.of();
        }
        if (!(entry.value() instanceof Node.Sequence sequence)) {
            wrong(entry.value(), path, "%s is a list of names.".formatted(path));
            return List.of();
        }
        var words = new ArrayList<String>();
        for (Node node : sequence.items()) {
            if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
                words.add(scalar.text());
            } else {
                wrong(node, path, "A name is needed here, not %s.".formatted(Nodes.kind(node)));
            }
        }
        return words;
    }

    private Map<String, MergeStrategy> strategies(Node.Mapping section) {
        var all = Arrays.stream(MergeStrategy.values()).map(MergeStrategy::word).toList();
        var strategies = new LinkedHashMap<String, MergeStrategy>();
        for (Node.Entry entry : section.entries()) {
            String word = entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
            var strategy = MergeStrategy.of(word);
            if (strategy.isPresent()) {
                strategies.put(entry.key(), strategy.get());
            } else {
                findings.add(
                        Rule.MERGE_STRATEGY,
                        entry.value().range(),
                        MERGE + "." + entry.key(),
                        "`%s` is not a merge strategy; there are %s.%s"
                                .formatted(word, String.join(", ", all), meant(word, all)),
                        fixes(word, entry.value().range(), all));
            }
        }
        return strategies;
    }
}
