package dev.stackwright.template;

import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the tree of a text to the sections of a template. */
final class SectionReader {

    /** What Heat's and our tables keep of a resource's name. */
    private static final int MOST_NAME = 255;

    private static final List<String> HOT_SECTIONS =
            List.of(
                    "description",
                    "parameter_groups",
                    "parameters",
                    "conditions",
                    "resources",
                    "outputs");
    private static final List<String> CFN_SECTIONS =
            List.of("Description", "Parameters", "Mappings", "Conditions", "Resources", "Outputs");

    private static final List<String> AMAZON_SECTIONS = List.of("Metadata", "Rules");

    private static final Path ROOT = Path.ROOT;

    private final String text;
    private final Limits limits;
    private final Findings findings;

    SectionReader(String text, Limits limits, Findings findings) {
        this.text = text;
        this.limits = limits;
        this.findings = findings;
    }

    Optional<Template> read(Node node) {
        if (!(node instanceof Node.Mapping root)) {
            if (node.isNull()) {
                noVersion(TextRange.START);
            } else {
                findings.add(
                        Rule.NOT_A_MAP,
                        node.range(),
                        "",
                        "A template is a map of sections, not %s.".formatted(Nodes.kind(node)));
            }
            return Optional.empty();
        }
        var version = version(root).or(() -> likely(root));
        return version.map(one -> new Sections(root, one).template());
    }

    /** What else is wrong is told as well, as if the template were in the newest version. */
    private static Optional<TemplateVersion> likely(Node.Mapping root) {
        String key =
                root.entries().stream()
                        .map(Node.Entry::key)
                        .filter(TemplateVersion.KEYS::contains)
                        .findFirst()
                        .orElse(
                                root.find("resources") != null
                                        ? "heat_template_version"
                                        : root.find("Resources") != null
                                                ? "AWSTemplateFormatVersion"
                                                : "");
        return key.isEmpty()
                ? Optional.empty()
                : TemplateVersion.of(key, TemplateVersion.datesOf(key).getLast());
    }

    private Optional<TemplateVersion> version(Node.Mapping root) {
        var keys =
                root.entries().stream()
                        .filter(entry -> TemplateVersion.KEYS.contains(entry.key()))
                        .toList();
        if (keys.isEmpty()) {
            noVersion(TextRange.START);
            return Optional.empty();
        }
        if (keys.size() > 1) {
            findings.add(
                    Rule.SEVERAL_VERSIONS,
                    keys.get(1).keyRange(),
                    keys.get(1).key(),
                    "The template says both %s and %s. Keep the one that it is written in."
                            .formatted(keys.get(0).key(), keys.get(1).key()));
            return Optional.empty();
        }
        Node.Entry entry = keys.getFirst();
        String date = entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
        var version = TemplateVersion.of(entry.key(), date);
        if (version.isEmpty()) {
            var dates = TemplateVersion.datesOf(entry.key());
            findings.add(
                    Rule.UNKNOWN_VERSION,
                    entry.value().range(),
                    entry.key(),
                    "`%s` is not a version of %s. There are %s."
                            .formatted(date, entry.key(), String.join(", ", dates)),
                    new Fix("Write " + dates.getLast(), entry.value().range(), dates.getLast()));
        }
        return version;
    }

    private void noVersion(TextRange range) {
        findings.add(
                Rule.NO_VERSION,
                range,
                "",
                "The template does not say its version. Begin it with heat_template_version:"
                        + " 2021-04-16.",
                new Fix(
                        "Insert heat_template_version: 2021-04-16",
                        TextRange.START,
                        "heat_template_version: 2021-04-16\n"));
    }

    /** The sections of one template, whose version is known. */
    private final class Sections {
        private final Node.Mapping root;
        private final TemplateVersion version;
        private final boolean hot;
        private final ExpressionReader expressions;

        Sections(Node.Mapping root, TemplateVersion version) {
            this.root = root;
            this.version = version;
            this.hot = version.isHot();
            this.expressions = new ExpressionReader(version, limits.extensions());
        }

        Template template() {
            unknownSections();
            String description = description();
            var parameters =
                    new ParameterReader(version, findings)
                            .read(
                                    section("parameters", "Parameters"),
                                    path("parameters", "Parameters"));
            var groups = hot ? groups(parameters.keySet()) : List.<ParameterGroup>of();
            var conditions = conditions();
            var mappings = hot ? new Value.Entries(Map.of()) : mappings();
            var resources = resources();
            var outputs = outputs();
            duplicateNames(parameters, resources);
            return new Template(
                    text,
                    version,
                    description,
                    parameters,
                    groups,
                    conditions,
                    mappings,
                    resources,
                    outputs,
                    root,
                    limits.extensions(),
                    findings.toDiagnostics());
        }

        private String description() {
            Node.Entry entry = root.find(hot ? "description" : "Description");
            return entry != null && entry.value() instanceof Node.Scalar scalar && !scalar.isNull()
                    ? scalar.text()
                    : "";
        }

        private void unknownSections() {
            var known = new ArrayList<>(hot ? HOT_SECTIONS : CFN_SECTIONS);
            if (!version.hasConditions()) {
                known.removeIf(name -> name.equalsIgnoreCase("conditions"));
            }
            for (Node.Entry entry : root.entries()) {
                if (known.contains(entry.key()) || TemplateVersion.KEYS.contains(entry.key())) {
                    continue;
                }
                boolean ofAmazon =
                        !hot
                                && AMAZON_SECTIONS.contains(entry.key())
                                && limits.extensions().contains(Extension.AMAZON_SECTIONS);
                if (ofAmazon) {
                    findings.add(
                            Rule.SECTION_IGNORED,
                            entry.keyRange(),
                            entry.key(),
                            "`%s` means something to Amazon only; it is read over here."
                                    .formatted(entry.key()));
                    continue;
                }
                var guess = Guess.nearest(entry.key(), known);
                String detail =
                        entry.key().equalsIgnoreCase("conditions")
                                ? "Conditions exist from version 2016-10-14 of HOT on, and in"
                                        + " AWSTemplateFormatVersion."
                                : "`%s` is not a section of a template.".formatted(entry.key())
                                        + guess.map(" Did you mean `%s`?"::formatted)
                                                .orElse(
                                                        " The sections are "
                                                                + String.join(", ", known)
                                                                + ".");
                var fixes =
                        guess.map(name ->
                                        new Fix[] {
                                            new Fix("Write " + name, entry.keyRange(), name)
                                        })
                                .orElse(new Fix[0]);
                findings.add(Rule.UNKNOWN_SECTION, entry.keyRange(), entry.key(), detail, fixes);
            }
        }

        private Path path(String hotName, String cfnName) {
            return ROOT.to(hot ? hotName : cfnName);
        }

        private Node.Mapping section(String hotName, String cfnName) {
            Node.Entry entry = root.find(hot ? hotName : cfnName);
            if (entry == null || (entry.value().isNull() && !hotName.equals("conditions"))) {
                return new Node.Mapping(List.of(), TextRange.START);
            }
            if (entry.value() instanceof Node.Mapping mapping) {
                return mapping;
            }
            Runnable tell =
                    () ->
                            findings.add(
                                    Rule.NOT_A_MAP,
                                    entry.value().range(),
                                    entry.key(),
                                    "The section %s must be a map of names, not %s."
                                            .formatted(entry.key(), Nodes.kind(entry.value())));
            if (Equality.isNothing(Nodes.value(entry.value())) && !hotName.equals("conditions")) {
                findings.softly(tell); // it has nothing in it either way
            } else {
                tell.run();
            }
            return new Node.Mapping(List.of(), TextRange.START);
        }

        private Value.Entries mappings() {
            return Nodes.value(section("", "Mappings")) instanceof Value.Entries entries
                    ? entries
                    : new Value.Entries(Map.of());
        }

        private Map<String, Expression> conditions() {
            var conditions = new LinkedHashMap<String, Expression>();
            if (version.hasConditions()) {
                for (Node.Entry entry : section("conditions", "Conditions").entries()) {
                    conditions.put(entry.key(), expressions.condition(entry.value()));
                }
            }
            return conditions;
        }

        private List<ParameterGroup> groups(Set<String> parameters) {
            Node.Entry entry = root.find("parameter_groups");
            if (entry == null || Equality.isNothing(Nodes.value(entry.value()))) {
                return List.of();
            }
            Path path = ROOT.to("parameter_groups");
            if (!(entry.value() instanceof Node.Sequence sequence)) {
                findings.add(
                        Rule.PARAMETER_GROUP,
                        entry.value().range(),
                        path.toString(),
                        "parameter_groups is a list.");
                return List.of();
            }
            var groups = new ArrayList<ParameterGroup>();
            var grouped = new HashSet<String>();
            for (int i = 0; i < sequence.items().size(); i++) {
                group(sequence.items().get(i), path.at(i), parameters, grouped)
                        .ifPresent(groups::add);
            }
            return groups;
        }

        private Optional<ParameterGroup> group(
                Node node, Path path, Set<String> parameters, Set<String> grouped) {
            if (!(node instanceof Node.Mapping mapping)) {
                wrongGroup(
                        node.range(),
                        path,
                        "A parameter group is a map with label, description and parameters.");
                return Optional.empty();
            }
            for (Node.Entry entry : mapping.entries()) {
                if (!Set.of("label", "description", "parameters").contains(entry.key())) {
                    wrongGroup(
                            entry.keyRange(),
                            path,
                            "`%s` is not a key of a parameter group.".formatted(entry.key()));
                }
            }
            Node.Entry names = mapping.find("parameters");
            if (names == null || !(names.value() instanceof Node.Sequence list)) {
                wrongGroup(
                        names == null ? node.range() : names.value().range(),
                        path,
                        "A parameter group needs `parameters`, a list of names.");
                return Optional.empty();
            }
            var members = new ArrayList<String>();
            for (Node item : list.items()) {
                String name = PythonText.str(Nodes.value(item));
                if (!parameters.contains(name)) {
                    String guess =
                            Guess.nearest(name, parameters)
                                    .map(" Did you mean `%s`?"::formatted)
                                    .orElse("");
                    wrongGroup(
                            item.range(),
                            path,
                            "There is no parameter `%s`.%s".formatted(name, guess));
                } else if (!grouped.add(name)) {
                    wrongGroup(
                            item.range(),
                            path,
                            "The parameter `%s` is in another group already.".formatted(name));
                } else {
                    members.add(name);
                }
            }
            return Optional.of(
                    new ParameterGroup(
                            textOf(mapping.find("label")),
                            textOf(mapping.find("description")),
                            members));
        }

        private void wrongGroup(TextRange range, Path path, String detail) {
            findings.add(Rule.PARAMETER_GROUP, range, path.toString(), detail);
        }

        private @Nullable String textOf(Node.@Nullable Entry entry) {
            return entry != null && entry.value() instanceof Node.Scalar scalar && !scalar.isNull()
                    ? scalar.text()
                    : null;
        }

        private Map<String, ResourceDefinition> resources() {
            var section = section("resources", "Resources");
            if (section.entries().size() > limits.resources()) {
                findings.add(
                        Rule.TOO_MANY_RESOURCES,
                        section.entries().get(limits.resources()).keyRange(),
                        "resources",
                        "The template defines %,d resources; the limit is %,d."
                                .formatted(section.entries().size(), limits.resources()));
            }
            var reader = new ResourceReader(version, expressions, findings);
            var resources = new LinkedHashMap<String, ResourceDefinition>();
            for (Node.Entry entry : section.entries()) {
                if (entry.key().contains("/")) {
                    findings.add(
                            Rule.RESOURCE_NAME,
                            entry.keyRange(),
                            "resources",
                            "The name of a resource has no slash in it. Write `%s`."
                                    .formatted(entry.key().replace('/', '-')));
                }
                if (entry.key().length() > MOST_NAME || entry.key().indexOf('\0') >= 0) {
                    findings.add(
                            Rule.RESOURCE_NAME,
                            entry.keyRange(),
                            "resources",
                            "This name has %,d characters; 255 are the most, and the character NUL"
                                            .formatted(entry.key().length())
                                    + " is not allowed.");
                }
                reader.read(entry, path("resources", "Resources").to(entry.key()))
                        .ifPresent(definition -> resources.put(entry.key(), definition));
            }
            return resources;
        }

        private Map<String, OutputDefinition> outputs() {
            var outputs = new LinkedHashMap<String, OutputDefinition>();
            Path path = path("outputs", "Outputs");
            String valueKey = hot ? "value" : "Value";
            for (Node.Entry entry : section("outputs", "Outputs").entries()) {
                Node.Entry value =
                        entry.value() instanceof Node.Mapping body ? body.find(valueKey) : null;
                if (value == null || !(entry.value() instanceof Node.Mapping body)) {
                    findings.add(
                            Rule.OUTPUT_FORM,
                            entry.keyRange(),
                            path.to(entry.key()).toString(),
                            "The output `%s` must be a map with a %s."
                                    .formatted(entry.key(), valueKey));
                    continue;
                }
                Node.Entry condition =
                        version.hasConditions() ? body.find(hot ? "condition" : "Condition") : null;
                String description = textOf(body.find(hot ? "description" : "Description"));
                outputs.put(
                        entry.key(),
                        new OutputDefinition(
                                entry.key(),
                                entry.keyRange(),
                                description == null ? "" : description,
                                expressions.read(value.value()),
                                hot ? null : export(body),
                                condition == null || condition.value().isNull()
                                        ? null
                                        : expressions.condition(condition.value())));
            }
            return outputs;
        }

        private @Nullable Expression export(Node.Mapping output) {
            Node.Entry entry = output.find("Export");
            Node.Entry name =
                    entry != null && entry.value() instanceof Node.Mapping body
                            ? body.find("Name")
                            : null;
            return name == null ? null : expressions.read(name.value());
        }

        private void duplicateNames(
                Map<String, ParameterDefinition> parameters,
                Map<String, ResourceDefinition> resources) {
            var names = new HashMap<>(parameters);
            for (ResourceDefinition resource : resources.values()) {
                if (names.containsKey(resource.name())) {
                    findings.add(
                            Rule.DUPLICATE_NAME,
                            resource.range(),
                            path("resources", "Resources").to(resource.name()).toString(),
                            "There is a parameter `%s` as well. Rename one of them."
                                    .formatted(resource.name()));
                }
            }
        }
    }
}
