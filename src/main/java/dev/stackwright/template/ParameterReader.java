package dev.stackwright.template;

import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section with the parameters. */
final class ParameterReader {

    private static final Set<String> HOT_KEYS =
            Set.of("type", "label", "description", "default", "hidden", "constraints", "immutable");
    private static final Set<String> CFN_KEYS =
            Set.of(
                    "Type",
                    "Default",
                    "NoEcho",
                    "AllowedValues",
                    "AllowedPattern",
                    "MaxLength",
                    "MinLength",
                    "MaxValue",
                    "MinValue",
                    "Description",
                    "ConstraintDescription",
                    "Label");
    private static final Set<String> CONSTRAINTS =
            Set.of(
                    "length",
                    "range",
                    "modulo",
                    "allowed_values",
                    "allowed_pattern",
                    "custom_constraint");

    private final TemplateVersion version;
    private final Findings findings;

    ParameterReader(TemplateVersion version, Findings findings) {
        this.version = version;
        this.findings = findings;
    }

    Map<String, ParameterDefinition> read(Node.Mapping section, Path path) {
        var parameters = new LinkedHashMap<String, ParameterDefinition>();
        for (Node.Entry entry : section.entries()) {
            if (entry.value() instanceof Node.Mapping body) {
                ParameterDefinition definition = parameter(entry, body, path.to(entry.key()));
                parameters.put(entry.key(), definition);
            } else {
                findings.add(
                        Rule.WRONG_SHAPE,
                        entry.keyRange(),
                        path.to(entry.key()).toString(),
                        "The parameter `%s` must be a map with at least a type, not %s."
                                .formatted(entry.key(), Nodes.kind(entry.value())));
            }
        }
        return parameters;
    }

    private ParameterDefinition parameter(Node.Entry entry, Node.Mapping body, Path path) {
        boolean hot = version.isHot();
        keys(body, path);
        ParameterType type = type(entry, body, path);
        var constraints =
                type == null ? List.<ParameterConstraint>of() : constraints(body, type, path);
        Node.Entry defaultEntry = body.find(hot ? "default" : "Default");
        Value defaultValue =
                defaultEntry == null || defaultEntry.value().isNull()
                        ? null
                        : Nodes.value(defaultEntry.value());
        var definition =
                new ParameterDefinition(
                        entry.key(),
                        type == null ? ParameterType.STRING : type,
                        text(body, hot ? "label" : "Label", entry.key()),
                        text(body, hot ? "description" : "Description", ""),
                        defaultValue,
                        flag(body, hot ? "hidden" : "NoEcho", path),
                        hot && flag(body, "immutable", path),
                        constraints,
                        hot ? tags(body, path) : List.of(),
                        entry.keyRange());
        if (type != null && defaultValue != null && defaultEntry != null) {
            checkDefault(definition, defaultValue, defaultEntry.value().range(), path);
        }
        return definition;
    }

    private void keys(Node.Mapping body, Path path) {
        Set<String> known = version.isHot() ? HOT_KEYS : CFN_KEYS;
        for (Node.Entry entry : body.entries()) {
            boolean tags =
                    entry.key().equals("tags") && version.since(TemplateVersion.HOT_2018_03_02);
            if (known.contains(entry.key()) || tags) {
                continue;
            }
            var guess = Guess.nearest(entry.key(), known);
            String detail =
                    "`%s` is not a key of a parameter.".formatted(entry.key())
                            + guess.map(" Did you mean `%s`?"::formatted)
                                    .orElse(
                                            " Known are "
                                                    + String.join(
                                                            ", ", known.stream().sorted().toList())
                                                    + ".");
            var fixes =
                    guess.map(name -> new Fix[] {new Fix("Write " + name, entry.keyRange(), name)})
                            .orElse(new Fix[0]);
            findings.add(
                    Rule.PARAMETER_KEY,
                    entry.keyRange(),
                    path.to(entry.key()).toString(),
                    detail,
                    fixes);
        }
    }

    private @Nullable ParameterType type(Node.Entry entry, Node.Mapping body, Path path) {
        String key = version.isHot() ? "type" : "Type";
        Node.Entry typeEntry = body.find(key);
        if (typeEntry == null) {
            findings.add(
                    Rule.PARAMETER_TYPE,
                    entry.keyRange(),
                    path.toString(),
                    "The parameter `%s` needs a %s.".formatted(entry.key(), key));
            return null;
        }
        String name =
                typeEntry.value() instanceof Node.Scalar scalar
                        ? scalar.text()
                        : Nodes.kind(typeEntry.value());
        var type = ParameterType.named(name, version.isHot());
        if (type.isEmpty()) {
            var names =
                    java.util.Arrays.stream(ParameterType.values())
                            .map(t -> t.name(version.isHot()))
                            .toList();
            var guess = Guess.nearest(name, names);
            var fixes =
                    guess.map(g -> new Fix[] {new Fix("Write " + g, typeEntry.value().range(), g)})
                            .orElse(new Fix[0]);
            findings.add(
                    Rule.PARAMETER_TYPE,
                    typeEntry.value().range(),
                    path.to(key).toString(),
                    "`%s` is not a type of parameters. The types are %s."
                            .formatted(name, String.join(", ", names)),
                    fixes);
        }
        return type.orElse(null);
    }

    private void checkDefault(
            ParameterDefinition definition, Value value, TextRange range, Path path) {
        unquoted(definition, value, range, path);
        otherTypes(definition, path);
        switch (ParameterFit.convert(definition, value)) {
            case ParameterFit.Differs differs ->
                    findings.add(Rule.DEFAULT_VALUE, range, path.toString(), differs.sentence());
            case ParameterFit.Fits fits ->
                    ParameterFit.problem(definition, fits.value(), Constraints.UNCHECKED, false)
                            .ifPresent(problem ->
                                    findings.add(
                                            problem.rule() == Rule.PARAMETER_VALUE
                                                    ? Rule.DEFAULT_VALUE
                                                    : problem.rule(),
                                            range,
                                            path.toString(),
                                            problem.sentence()));
        }
    }

    /**
     * Heat measures and splits a default as it is written, and a number has neither length nor
     * commas.
     */
    private void unquoted(ParameterDefinition definition, Value value, TextRange range, Path path) {
        boolean plain = value instanceof Value.Num || value instanceof Value.Bool;
        boolean asText =
                definition.type() == ParameterType.LIST
                        || (definition.type() == ParameterType.STRING
                                && definition.constraints().stream()
                                        .anyMatch(constraint ->
                                                constraint instanceof ParameterConstraint.Length
                                                        || constraint
                                                                instanceof
                                                                ParameterConstraint
                                                                        .AllowedPattern));
        if (plain && asText) {
            String shown =
                    definition.hidden() ? "The default" : "`" + PythonText.shown(value) + "`";
            findings.add(
                    Rule.DEFAULT_VALUE,
                    range,
                    path.toString(),
                    "%s of the parameter `%s` has to be a text. Put it in quotes."
                            .formatted(shown, definition.name()));
        }
    }

    /**
     * Values that are allowed and can never be, which shows when the first value is held against
     * them.
     */
    private void otherTypes(ParameterDefinition definition, Path path) {
        boolean strict =
                definition.type() == ParameterType.NUMBER
                        || definition.type() == ParameterType.BOOLEAN;
        if (!strict) {
            return;
        }
        for (ParameterConstraint constraint : definition.constraints()) {
            if (constraint instanceof ParameterConstraint.AllowedValues allowed) {
                allowed.values().stream()
                        .filter(one ->
                                ParameterFit.convert(definition, one)
                                        instanceof ParameterFit.Differs)
                        .findFirst()
                        .ifPresent(one ->
                                wrong(
                                        allowed.range(),
                                        path,
                                        "`%s` cannot be a value of the type %s."
                                                .formatted(
                                                        PythonText.shown(one),
                                                        definition.type().name(version.isHot()))));
            }
        }
    }

    private String text(Node.Mapping body, String key, String otherwise) {
        Node.Entry entry = body.find(key);
        return entry != null && entry.value() instanceof Node.Scalar scalar && !scalar.isNull()
                ? scalar.text()
                : otherwise;
    }

    private boolean flag(Node.Mapping body, String key, Path path) {
        Node.Entry entry = body.find(key);
        if (entry == null || entry.value().isNull()) {
            return false;
        }
        if (entry.value() instanceof Node.Scalar scalar) {
            if (scalar.value() instanceof Value.Bool bool) {
                return bool.value();
            }
            String word = scalar.text().toLowerCase(java.util.Locale.ROOT);
            if (Set.of("true", "yes", "on", "1", "t", "y").contains(word)) {
                return true;
            }
            if (Set.of("false", "no", "off", "0", "f", "n").contains(word) || !version.isHot()) {
                return false;
            }
        }
        findings.softly(() ->
                findings.add(
                        Rule.WRONG_SHAPE,
                        entry.value().range(),
                        path.to(key).toString(),
                        "`%s` is true or false; what stands here counts as %s."
                                .formatted(key, !Equality.isNothing(Nodes.value(entry.value())))));
        return !Equality.isNothing(Nodes.value(entry.value()));
    }

    private List<String> tags(Node.Mapping body, Path path) {
        Node.Entry entry = body.find("tags");
        if (entry == null || !version.since(TemplateVersion.HOT_2018_03_02)) {
            return List.of();
        }
        if (!(entry.value() instanceof Node.Sequence sequence)) {
            findings.add(
                    Rule.WRONG_SHAPE,
                    entry.value().range(),
                    path.to("tags").toString(),
                    "tags is a list of texts.");
            return List.of();
        }
        return sequence.items().stream().map(item -> PythonText.str(Nodes.value(item))).toList();
    }

    private List<ParameterConstraint> constraints(
            Node.Mapping body, ParameterType type, Path path) {
        return version.isHot()
                ? hotConstraints(body, type, path)
                : cfnConstraints(body, type, path);
    }

    private List<ParameterConstraint> hotConstraints(
            Node.Mapping body, ParameterType type, Path path) {
        Node.Entry entry = body.find("constraints");
        if (entry == null || entry.value().isNull()) {
            return List.of();
        }
        Path at = path.to("constraints");
        if (!(entry.value() instanceof Node.Sequence sequence)) {
            wrong(
                    entry.value().range(),
                    at,
                    "constraints is a list: begin each constraint with a dash.");
            return List.of();
        }
        var constraints = new ArrayList<ParameterConstraint>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Node item = sequence.items().get(i);
            if (item instanceof Node.Mapping mapping) {
                hotConstraint(mapping, type, at.at(i), constraints);
            } else {
                wrong(item.range(), at.at(i), "A constraint is a map, such as {length: {min: 1}}.");
            }
        }
        return constraints;
    }

    private void hotConstraint(
            Node.Mapping mapping,
            ParameterType type,
            Path path,
            List<ParameterConstraint> constraints) {
        String description = text(mapping, "description", "");
        int found = 0;
        for (Node.Entry entry : mapping.entries()) {
            if (entry.key().equals("description")) {
                continue;
            }
            boolean known =
                    CONSTRAINTS.contains(entry.key())
                            && (!entry.key().equals("modulo")
                                    || version.since(TemplateVersion.HOT_2017_02_24));
            if (!known) {
                wrong(
                        entry.keyRange(),
                        path,
                        "`%s` is no constraint. There are length, range, modulo, allowed_values, allowed_pattern and custom_constraint."
                                .formatted(entry.key()));
                found++;
                continue;
            }
            if (++found > 1) {
                wrong(
                        entry.keyRange(),
                        path,
                        "Each entry of constraints holds one constraint. Begin another one with a"
                                + " dash.");
                continue;
            }
            constraint(
                    entry.key(),
                    entry.value(),
                    type,
                    description.isEmpty() ? null : description,
                    path,
                    constraints);
        }
        if (found == 0) {
            wrong(mapping.range(), path, "This entry holds no constraint, only a description.");
        }
    }

    private void constraint(
            String kind,
            Node value,
            ParameterType type,
            @Nullable String description,
            Path path,
            List<ParameterConstraint> constraints) {
        if (!fits(kind, type)) {
            wrong(
                    value.range(),
                    path,
                    "The constraint %s does not work for the type %s."
                            .formatted(kind, type.name(version.isHot())));
            return;
        }
        switch (kind) {
            case "length" -> {
                if (only(value, path, kind, Set.of("min", "max")) && bounded(value, path, kind)) {
                    var min = whole(value, "min", path);
                    var max = whole(value, "max", path);
                    constraints.add(
                            new ParameterConstraint.Length(min, max, description, value.range()));
                }
            }
            case "range" -> {
                if (only(value, path, kind, Set.of("min", "max")) && bounded(value, path, kind)) {
                    var min = number(value, "min", path);
                    var max = number(value, "max", path);
                    constraints.add(
                            new ParameterConstraint.Range(min, max, description, value.range()));
                }
            }
            case "modulo" -> modulo(value, description, path, constraints);
            case "allowed_values" -> {
                if (value instanceof Node.Sequence sequence) {
                    var values = sequence.items().stream().map(Nodes::value).toList();
                    constraints.add(
                            new ParameterConstraint.AllowedValues(
                                    values, description, value.range()));
                } else {
                    wrong(value.range(), path, "The allowed values are a list.");
                }
            }
            case "allowed_pattern" -> pattern(value, description, path, constraints);
            case "custom_constraint" -> {
                if (value instanceof Node.Scalar scalar
                        && scalar.value() instanceof Value.Text name) {
                    known(name.value(), value.range(), path);
                    constraints.add(
                            new ParameterConstraint.Custom(
                                    name.value(), description, value.range()));
                } else {
                    findings.softly(() ->
                            wrong(
                                    value.range(),
                                    path,
                                    "A custom constraint is a name, such as nova.flavor."));
                }
            }
            default -> throw new IllegalStateException("Not a constraint: " + kind);
        }
    }

    private static boolean fits(String kind, ParameterType type) {
        return switch (kind) {
            case "length" ->
                    type == ParameterType.STRING
                            || type == ParameterType.LIST
                            || type == ParameterType.JSON;
            case "range", "modulo" -> type == ParameterType.NUMBER;
            case "allowed_pattern" -> type == ParameterType.STRING;
            default -> type != ParameterType.JSON;
        };
    }

    private boolean only(Node value, Path path, String kind, Set<String> keys) {
        if (!(value instanceof Node.Mapping mapping)) {
            wrong(
                    value.range(),
                    path,
                    "%s needs a map with %s."
                            .formatted(
                                    kind, String.join(" and ", keys.stream().sorted().toList())));
            return false;
        }
        boolean right = true;
        for (Node.Entry entry : mapping.entries()) {
            if (!keys.contains(entry.key())) {
                wrong(
                        entry.keyRange(),
                        path,
                        "`%s` is not a key of %s.".formatted(entry.key(), kind));
                right = false;
            }
        }
        return right;
    }

    private boolean bounded(Node value, Path path, String kind) {
        boolean bounded =
                value instanceof Node.Mapping mapping
                        && mapping.entries().stream().anyMatch(bound -> !bound.value().isNull());
        if (!bounded) {
            wrong(value.range(), path, "%s needs at least one bound.".formatted(kind));
        }
        return bounded;
    }

    private @Nullable BigDecimal number(Node value, String key, Path path) {
        Node.Entry entry = value instanceof Node.Mapping mapping ? mapping.find(key) : null;
        return entry == null || entry.value().isNull() ? null : numberOf(entry.value(), path);
    }

    private @Nullable BigDecimal numberOf(Node node, Path path) {
        Value value = Nodes.value(node);
        BigDecimal number =
                switch (value) {
                    case Value.Num num -> num.value();
                    case Value.Text text -> PythonNumbers.number(text.value());
                    case Value.Null _,
                            Value.Bool _,
                            Value.Items _,
                            Value.Entries _,
                            Value.Unknown _ ->
                            null;
                };
        if (number == null) {
            wrong(
                    node.range(),
                    path,
                    "A number is needed here, not %s.".formatted(Nodes.kind(node)));
        }
        return number;
    }

    private @Nullable Integer whole(Node value, String key, Path path) {
        BigDecimal number = number(value, key, path);
        if (number != null && number.scale() > 0) {
            wrong(value.range(), path, "A length is a whole number.");
            return null;
        }
        return number == null ? null : number.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
    }

    private void known(String custom, TextRange range, Path path) {
        if (CustomConstraints.isKnown(custom)) {
            return;
        }
        var meant = CustomConstraints.meant(custom);
        findings.add(
                Rule.CUSTOM_CONSTRAINT,
                range,
                path.toString(),
                "There is no custom constraint `%s`.".formatted(custom)
                        + meant.map(" Did you mean `%s`?"::formatted).orElse(""),
                meant.map(name -> new Fix[] {new Fix("Write " + name, range, name)})
                        .orElse(new Fix[0]));
    }

    private void modulo(
            Node value,
            @Nullable String description,
            Path path,
            List<ParameterConstraint> constraints) {
        if (!only(value, path, "modulo", Set.of("step", "offset"))) {
            return;
        }
        var step = number(value, "step", path);
        var offset = number(value, "offset", path);
        if (step == null || offset == null) {
            wrong(value.range(), path, "modulo needs both step and offset.");
        } else if (step.signum() == 0) {
            wrong(value.range(), path, "The step of modulo cannot be zero.");
        } else if (offset.abs().compareTo(step.abs()) >= 0 || offset.signum() * step.signum() < 0) {
            wrong(
                    value.range(),
                    path,
                    "The offset of modulo is smaller than its step and has the same sign.");
        } else {
            constraints.add(
                    new ParameterConstraint.Modulo(step, offset, description, value.range()));
        }
    }

    private void pattern(
            Node value,
            @Nullable String description,
            Path path,
            List<ParameterConstraint> constraints) {
        if (!(value instanceof Node.Scalar scalar)
                || !(scalar.value() instanceof Value.Text text)) {
            wrong(value.range(), path, "A pattern is a text. Put it in quotes.");
            return;
        }
        try {
            PythonPattern.of(text.value());
        } catch (IllegalArgumentException e) {
            findings.add(
                    Rule.PATTERN_FORM,
                    value.range(),
                    path.toString(),
                    "The pattern cannot be understood: %s.".formatted(e.getMessage()));
        }
        constraints.add(
                new ParameterConstraint.AllowedPattern(text.value(), description, value.range()));
    }

    private List<ParameterConstraint> cfnConstraints(
            Node.Mapping body, ParameterType type, Path path) {
        String words = text(body, "ConstraintDescription", "");
        String description = words.isEmpty() ? null : words;
        var constraints = new ArrayList<ParameterConstraint>();
        bounds(body, "MinLength", "MaxLength", "length", type, description, path, constraints);
        bounds(body, "MinValue", "MaxValue", "range", type, description, path, constraints);
        Node.Entry values = body.find("AllowedValues");
        if (values != null) {
            constraint("allowed_values", values.value(), type, description, path, constraints);
        }
        Node.Entry pattern = body.find("AllowedPattern");
        if (pattern != null) {
            constraint("allowed_pattern", pattern.value(), type, description, path, constraints);
        }
        return constraints;
    }

    private void bounds(
            Node.Mapping body,
            String minKey,
            String maxKey,
            String kind,
            ParameterType type,
            @Nullable String description,
            Path path,
            List<ParameterConstraint> constraints) {
        Node.Entry min = body.find(minKey);
        Node.Entry max = body.find(maxKey);
        if (min == null && max == null) {
            return;
        }
        var entries = new ArrayList<Node.Entry>();
        if (min != null) {
            entries.add(new Node.Entry("min", min.keyRange(), min.value()));
        }
        if (max != null) {
            entries.add(new Node.Entry("max", max.keyRange(), max.value()));
        }
        var range = entries.getFirst().keyRange();
        constraint(kind, new Node.Mapping(entries, range), type, description, path, constraints);
    }

    private void wrong(TextRange range, Path path, String detail) {
        findings.add(Rule.CONSTRAINT_FORM, range, path.toString(), detail);
    }
}
