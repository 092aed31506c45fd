package dev.stackwright.template;

import dev.stackwright.catalog.Ability;
import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.graph.Graph;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells everything that is wrong with a template, in one pass, and makes it a {@link
 * CheckedTemplate} when nothing is.
 */
public final class TemplateCheck {

    /** Types that Heat brings as template files, which nobody uses any more. */
    private static final Set<String> BUNDLED =
            Set.of("AWS::RDS::DBInstance", "AWS::CloudWatch::Alarm");

    private final Template template;
    private final Map<String, String> files;
    private final Catalog catalog;
    private final Constraints constraints;
    private final Environment environment;
    private final CheckOptions options;
    private final Limits limits;
    private final Findings findings = new Findings();
    private final ParameterValues values;
    private final Evaluation evaluation;
    private final Nesting nested;
    private final NestedCheck inside;
    private final Facade facade;
    private final Map<String, ResourceKind> kinds = new LinkedHashMap<>();
    private final Map<String, DeletionPolicy> deletionPolicies = new LinkedHashMap<>();
    private final Set<String> usedParameters = new HashSet<>();
    private final AskedAttributes asked;

    private TemplateCheck(
            Template template,
            Environment environment,
            Map<String, String> files,
            Catalog catalog,
            Constraints constraints,
            StackIdentity stack,
            Facade facade,
            CheckOptions options,
            Limits limits,
            Nesting nested) {
        this.template = template;
        this.facade = facade;
        this.files = files;
        this.catalog = catalog;
        this.constraints = new AskedOnce(constraints);
        this.environment = environment;
        this.options = options;
        this.limits = limits;
        this.asked = new AskedAttributes(options.decided() && !options.complete());
        this.nested = nested;
        var given =
                ParameterValues.of(
                        template, environment, stack, this.constraints, options.complete());
        var said = template.reading().and(given.diagnostics());
        findings.addAll(options.values() ? said : LaterMistakes.asWarnings(said, template));
        this.values = given.values();
        this.evaluation =
                new Evaluation(template, values, files, Lookup.NOTHING_YET, facade, findings);
        this.inside =
                new NestedCheck(
                        environment, files, catalog, options, limits, nested, evaluation, findings);
    }

    /** Checks a template that somebody is still writing: parameters may be missing. */
    public static Checked check(
            Template template,
            Environment environment,
            Map<String, String> files,
            Catalog catalog,
            Constraints constraints) {
        return check(
                template,
                environment,
                files,
                catalog,
                constraints,
                StackIdentity.UNKNOWN,
                CheckOptions.DRAFT,
                Limits.DEFAULT);
    }

    public static Checked check(
            Template template,
            Environment environment,
            Map<String, String> files,
            Catalog catalog,
            Constraints constraints,
            StackIdentity stack,
            CheckOptions options,
            Limits limits) {
        return check(
                template,
                environment,
                files,
                catalog,
                constraints,
                stack,
                Facade.UNKNOWN,
                options,
                limits);
    }

    /**
     * @param facade what is known about the resource that the template stands for, if it is nested
     */
    public static Checked check(
            Template template,
            Environment environment,
            Map<String, String> files,
            Catalog catalog,
            Constraints constraints,
            StackIdentity stack,
            Facade facade,
            CheckOptions options,
            Limits limits) {
        return check(
                template,
                environment,
                files,
                catalog,
                constraints,
                stack,
                facade,
                options,
                limits,
                new Nesting(files, limits));
    }

    static Checked check(
            Template template,
            Environment environment,
            Map<String, String> files,
            Catalog catalog,
            Constraints constraints,
            StackIdentity stack,
            Facade facade,
            CheckOptions options,
            Limits limits,
            Nesting nested) {
        try {
            return new TemplateCheck(
                            template,
                            environment,
                            files,
                            catalog,
                            constraints,
                            stack,
                            facade,
                            options,
                            limits,
                            nested)
                    .checked();
        } catch (StackOverflowError e) {
            var findings = new Findings();
            findings.add(
                    Rule.TOO_DEEP,
                    TextRange.START,
                    "",
                    "The template is nested too deeply to be checked.");
            return new Checked(template.reading().and(findings.toDiagnostics()), Optional.empty());
        }
    }

    private Checked checked() {
        var check =
                new ExpressionCheck(
                        template,
                        evaluation,
                        template.resources().keySet(),
                        kinds,
                        findings,
                        usedParameters,
                        options,
                        asked);
        conditions(check);
        template.resources()
                .values()
                .forEach(definition -> kinds.put(definition.name(), kind(definition)));
        var active = active(check);
        var dependencies = resources(active);
        outputs(active.keySet());
        asked.tell(findings);
        unusedParameters();
        tooMany(active.size());
        if (findings.hasErrors()) {
            cycles(Graph.of(dependencies));
            return new Checked(findings.toDiagnostics(), Optional.empty());
        }
        if (template.extensions().contains(Extension.KNOWN_NETWORKS)) {
            new ImplicitOrder(active, kinds, evaluation).addTo(dependencies);
        } else {
            new OrderAsHeat(template, values, files, facade, active, kinds).addTo(dependencies);
        }
        Graph<String> graph = Graph.of(dependencies);
        cycles(graph);
        Diagnostics all = findings.toDiagnostics();
        if (all.hasErrors()) {
            return new Checked(all, Optional.empty());
        }
        var outputs = new LinkedHashMap<>(template.outputs());
        outputs.values().removeIf(output -> !holds(output.condition()));
        return new Checked(
                all,
                Optional.of(
                        new CheckedTemplate(
                                template,
                                values,
                                environment,
                                files,
                                catalog,
                                limits,
                                facade,
                                active,
                                outputs,
                                kinds,
                                deletionPolicies,
                                active.size() + inside.resources(),
                                graph)));
    }

    private void tooMany(int own) {
        long all = own + inside.resources();
        if (own <= limits.resources() && all > limits.resources()) {
            findings.add(
                    Rule.TOO_MANY_RESOURCES,
                    TextRange.START,
                    "resources",
                    "With those of its nested templates and groups the stack has %,d resources; the limit is %,d."
                            .formatted(all, limits.resources()));
        }
    }

    // Conditions

    private void conditions(ExpressionCheck check) {
        Path section = Path.ROOT.to(template.version().isHot() ? "conditions" : "Conditions");
        var uses = new LinkedHashMap<String, Set<String>>();
        var wrong = new LinkedHashSet<String>();
        template.conditions()
                .forEach((name, definition) -> {
                    long before = findings.errors();
                    Path path = section.to(name);
                    boolean bareName =
                            definition instanceof Expression.Literal literal
                                    && !(literal.value() instanceof Value.Bool);
                    if (bareName) {
                        findings.add(
                                Rule.CONDITION_FORM,
                                definition.range(),
                                path.toString(),
                                "The condition `%s` must be true, false, or a condition function."
                                        .formatted(name));
                    } else {
                        check.condition(definition, path);
                    }
                    uses.put(name, namesIn(definition));
                    if (findings.errors() > before) {
                        wrong.add(name);
                    }
                });
        for (List<String> circle : Graph.of(uses).cycles()) {
            Expression first = template.conditions().get(circle.getFirst());
            findings.add(
                    Rule.CONDITION_CYCLE,
                    first == null ? TextRange.START : first.range(),
                    section.to(circle.getFirst()).toString(),
                    "The conditions %s refer to each other in a circle."
                            .formatted(String.join(" → ", circle)));
            wrong.addAll(circle);
        }
        wrong.forEach(name -> evaluation.quietly(() -> truthOf(name, section)));
        template.conditions().keySet().forEach(name -> truthOf(name, section));
    }

    private Value truthOf(String name, Path section) {
        Expression definition = template.conditions().get(name);
        TextRange range = definition == null ? TextRange.START : definition.range();
        return evaluation.at(section.to(name)).truth(new Expression.Literal(Value.of(name), range));
    }

    /** The names of other conditions inside a condition. */
    private Set<String> namesIn(Expression definition) {
        var names = new LinkedHashSet<String>();
        collectNames(definition, names);
        names.retainAll(template.conditions().keySet());
        return names;
    }

    private static void collectNames(Expression condition, Set<String> names) {
        switch (condition) {
            case Expression.Literal literal -> {
                if (literal.value() instanceof Value.Text text) {
                    names.add(text.value());
                }
            }
            case Expression.ListOf list -> list.items().forEach(item -> collectNames(item, names));
            case Expression.MapOf _ -> {}
            case Expression.Call call -> {
                boolean logic =
                        Set.of("not", "and", "or", "Fn::Not", "Fn::And", "Fn::Or")
                                .contains(call.name());
                if (logic) {
                    collectNames(call.argument(), names);
                }
            }
        }
    }

    private boolean holds(@Nullable Expression condition) {
        return condition == null
                || !(evaluation.quietly(() -> evaluation.truth(condition))
                        instanceof Value.Bool bool)
                || bool.value();
    }

    private Map<String, ResourceDefinition> active(ExpressionCheck check) {
        var active = new LinkedHashMap<String, ResourceDefinition>();
        template.resources()
                .forEach((name, definition) -> {
                    Expression condition = definition.condition();
                    if (condition != null) {
                        Path path =
                                pathOf(definition)
                                        .to(template.version().isHot() ? "condition" : "Condition");
                        checkCondition(check, condition, path);
                    }
                    if (holds(condition)) {
                        active.put(name, definition);
                    }
                });
        return active;
    }

    private void checkCondition(ExpressionCheck check, Expression condition, Path path) {
        check.decided(condition, path);
    }

    // Resources

    private Path pathOf(ResourceDefinition definition) {
        return Path.ROOT
                .to(template.version().isHot() ? "resources" : "Resources")
                .to(definition.name());
    }

    private ResourceKind kind(ResourceDefinition definition) {
        if (definition.type().isEmpty()) {
            return new ResourceKind.Stranger("");
        }
        Optional<String> meant =
                environment.registry().resolve(definition.name(), definition.type());
        if (meant.isPresent()) {
            String type = meant.get();
            if (ResourceRegistry.isTemplate(type)) {
                return nested.find(type)
                        .<ResourceKind>map(found -> new ResourceKind.Nested(type, found))
                        .orElse(new ResourceKind.Stranger(type));
            }
            var known = catalog.find(type);
            if (known.isPresent()) {
                return new ResourceKind.Native(known.get());
            }
        }
        return new ResourceKind.Stranger(definition.type());
    }

    private Map<String, Set<String>> resources(Map<String, ResourceDefinition> active) {
        var check =
                new ExpressionCheck(
                        template,
                        evaluation,
                        active.keySet(),
                        kinds,
                        findings,
                        usedParameters,
                        options,
                        asked);
        var dependencies = new LinkedHashMap<String, Set<String>>();
        template.resources()
                .forEach((name, definition) -> {
                    if (active.containsKey(name)) {
                        dependencies.put(name, resource(definition, check, active.keySet()));
                    } else {
                        findings.softly(() -> resource(definition, check, active.keySet()));
                    }
                });
        return dependencies;
    }

    private Set<String> resource(
            ResourceDefinition definition, ExpressionCheck check, Set<String> active) {
        Path path = pathOf(definition);
        boolean hot = template.version().isHot();
        var needs = new LinkedHashSet<String>();
        dependsOn(definition, active, path, needs);
        Path properties = path.to(hot ? "properties" : "Properties");
        var referenced = check.needs(definition.properties(), properties);
        if (definition.externalId() == null) {
            needs.addAll(referenced);
        } else {
            external(definition, check, path);
        }
        needs.addAll(check.needs(definition.metadata(), path.to(hot ? "metadata" : "Metadata")));
        ResourceKind kind =
                kinds.getOrDefault(definition.name(), new ResourceKind.Stranger(definition.type()));
        deletionPolicy(
                definition, kind, check, path.to(hot ? "deletion_policy" : "DeletionPolicy"));
        updatePolicy(definition, kind, check, path.to(hot ? "update_policy" : "UpdatePolicy"));
        type(definition, kind, path, properties);
        if (options.values()) {
            evaluation.at(path.to(hot ? "metadata" : "Metadata")).value(definition.metadata());
        }
        return needs;
    }

    private void dependsOn(
            ResourceDefinition definition, Set<String> active, Path path, Set<String> needs) {
        for (ResourceDefinition.Reference reference : definition.dependsOn()) {
            if (active.contains(reference.name())) {
                needs.add(reference.name());
            } else if (!template.resources().containsKey(reference.name())) {
                var guess = Guess.nearest(reference.name(), template.resources().keySet());
                var fixes =
                        guess.map(found ->
                                        new Fix[] {
                                            new Fix("Write " + found, reference.range(), found)
                                        })
                                .orElse(new Fix[0]);
                findings.add(
                        Rule.UNKNOWN_RESOURCE,
                        reference.range(),
                        path.to("depends_on").toString(),
                        "The template has no resource `%s`.".formatted(reference.name())
                                + guess.map(" Did you mean `%s`?"::formatted).orElse(""),
                        fixes);
            }
        }
    }

    private void external(ResourceDefinition definition, ExpressionCheck check, Path path) {
        if (definition.externalId() != null) {
            check.needs(definition.externalId(), path.to("external_id"));
            boolean isText =
                    definition.externalId() instanceof Expression.Call
                            || (definition.externalId() instanceof Expression.Literal literal
                                    && literal.value() instanceof Value.Text);
            if (!isText) {
                findings.add(
                        Rule.WRONG_SHAPE,
                        definition.externalId().range(),
                        path.to("external_id").toString(),
                        "An external_id is a text: the id of what is there already.");
            }
        }
        if (!definition.dependsOn().isEmpty()) {
            findings.add(
                    Rule.EXTERNAL_DEPENDS_ON,
                    definition.dependsOn().getFirst().range(),
                    path.to("depends_on").toString(),
                    "`%s` exists already (it has an external_id), so it cannot wait for another resource. Remove depends_on."
                            .formatted(definition.name()));
        }
    }

    private void deletionPolicy(
            ResourceDefinition definition, ResourceKind kind, ExpressionCheck check, Path path) {
        Expression expression = definition.deletionPolicy();
        if (expression == null) {
            return;
        }
        check.needs(expression, path);
        Value value = evaluation.at(path).value(expression);
        if (value instanceof Value.Unknown) {
            check.missing(value, expression.range(), path);
            return;
        }
        boolean lowerCase = template.version().since(TemplateVersion.HOT_2016_10_14);
        DeletionPolicy policy =
                value instanceof Value.Text text ? policy(text.value(), lowerCase) : null;
        if (policy == null) {
            findings.add(
                    Rule.DELETION_POLICY,
                    expression.range(),
                    path.toString(),
                    "`%s` is not a deletion policy. There are Delete, Retain and Snapshot."
                            .formatted(PythonText.shown(value)));
            return;
        }
        boolean cannot =
                policy == DeletionPolicy.SNAPSHOT
                        && !(kind instanceof ResourceKind.Stranger)
                        && !(kind instanceof ResourceKind.Native type
                                && type.type().can(Ability.SNAPSHOT));
        if (cannot) {
            findings.add(
                    Rule.DELETION_POLICY,
                    expression.range(),
                    path.toString(),
                    "%s cannot be kept as a snapshot; only volumes and servers can. Use Retain or Delete."
                            .formatted(kind.name()));
        }
        deletionPolicies.put(definition.name(), policy);
    }

    private static @Nullable DeletionPolicy policy(String word, boolean lowerCase) {
        for (DeletionPolicy policy : DeletionPolicy.values()) {
            String lower = policy.name().toLowerCase(java.util.Locale.ROOT);
            String capital = policy.name().charAt(0) + lower.substring(1);
            if (word.equals(capital) || (lowerCase && word.equals(lower))) {
                return policy;
            }
        }
        return null;
    }

    private void updatePolicy(
            ResourceDefinition definition, ResourceKind kind, ExpressionCheck check, Path path) {
        Expression expression = definition.updatePolicy();
        if (expression == null) {
            return;
        }
        check.needs(expression, path);
        if (!(expression instanceof Expression.MapOf map)
                || !(kind instanceof ResourceKind.Native type)) {
            return;
        }
        var properties = new PropertyCheck(definition, evaluation, constraints, findings, true);
        for (Expression.Member member : map.members()) {
            var schema = type.type().updatePolicy().get(member.key());
            if (schema == null) {
                findings.add(
                        Rule.UPDATE_POLICY,
                        member.keyRange(),
                        path.to(member.key()).toString(),
                        "`%s` is not an update policy of %s.".formatted(member.key(), kind.name()));
            } else {
                properties.one(type.type(), schema, member, path.to(member.key()));
            }
        }
    }

    private void type(
            ResourceDefinition definition, ResourceKind kind, Path path, Path properties) {
        var check =
                new PropertyCheck(definition, evaluation, constraints, findings, options.values());
        switch (kind) {
            case ResourceKind.Native known -> {
                var type = known.type();
                if (type.retired()) {
                    findings.add(
                            Rule.RETIRED_TYPE,
                            definition.typeRange(),
                            path.to("type").toString(),
                            "The service behind %s does not exist any more.".formatted(type.name())
                                    + successor(type),
                            successorFix(definition, type));
                } else if (type.support().isDiscouraged()) {
                    findings.add(
                            Rule.DISCOURAGED,
                            definition.typeRange(),
                            path.to("type").toString(),
                            "%s is on its way out.".formatted(type.name()) + successor(type),
                            successorFix(definition, type));
                }
                check.builtIn(type, properties);
                if (options.values() && Members.isGroup(type.name())) {
                    inside.group(definition, type.name(), path);
                }
            }
            case ResourceKind.Nested template -> {
                check.nested(template, properties);
                if (options.values()) {
                    inside.file(definition, template, path);
                }
            }
            case ResourceKind.Stranger stranger -> stranger(definition, stranger, path);
        }
    }

    private static String successor(ResourceType type) {
        return type.successor() == null ? "" : " Use %s instead.".formatted(type.successor());
    }

    /** Only a type that takes the same properties can be put in its place by one click. */
    private Fix[] successorFix(ResourceDefinition definition, ResourceType type) {
        String successor = type.successor();
        boolean same =
                successor != null
                        && catalog.find(successor)
                                .filter(next ->
                                        next.properties()
                                                .keySet()
                                                .containsAll(type.properties().keySet()))
                                .isPresent();
        return same && successor != null
                ? new Fix[] {new Fix("Write " + successor, definition.typeRange(), successor)}
                : new Fix[0];
    }

    private void stranger(
            ResourceDefinition definition, ResourceKind.Stranger stranger, Path path) {
        if (definition.type().isEmpty()) {
            return;
        }
        if (BUNDLED.contains(definition.type())) {
            findings.add(
                    Rule.RETIRED_TYPE,
                    definition.typeRange(),
                    path.to("type").toString(),
                    "%s was a template that came with Heat; it cannot be created here."
                            .formatted(definition.type()));
            return;
        }
        if (ResourceRegistry.isTemplate(stranger.name())) {
            String why = nested.whyNot(stranger.name());
            findings.add(
                    files.containsKey(stranger.name()) ? Rule.NESTED_TEMPLATE : Rule.NESTED_MISSING,
                    definition.typeRange(),
                    path.to("type").toString(),
                    why);
            return;
        }
        var guess = catalog.nearest(definition.type());
        var fixes =
                guess.map(found ->
                                new Fix[] {
                                    new Fix("Write " + found, definition.typeRange(), found)
                                })
                        .orElse(new Fix[0]);
        findings.add(
                Rule.UNKNOWN_TYPE,
                definition.typeRange(),
                path.to("type").toString(),
                "`%s` is not a resource type.".formatted(definition.type())
                        + guess.map(" Did you mean `%s`?"::formatted)
                                .orElse(
                                        " Name it in the environment's resource_registry, or use a"
                                                + " built-in type."),
                fixes);
    }

    private void cycles(Graph<String> graph) {
        for (List<String> circle : graph.cycles()) {
            ResourceDefinition first = template.resources().get(circle.getFirst());
            findings.add(
                    Rule.CIRCULAR,
                    first == null ? TextRange.START : first.range(),
                    "resources." + circle.getFirst(),
                    "These resources need each other in a circle: %s → %s. Take out one of the references."
                            .formatted(String.join(" → ", circle), circle.getFirst()));
        }
    }

    // Outputs and parameters

    private void outputs(Set<String> active) {
        var check =
                new ExpressionCheck(
                        template,
                        evaluation,
                        active,
                        kinds,
                        findings,
                        usedParameters,
                        options,
                        asked);
        Path section = Path.ROOT.to(template.version().isHot() ? "outputs" : "Outputs");
        for (OutputDefinition output : template.outputs().values()) {
            Path path = section.to(output.name());
            Expression condition = output.condition();
            if (condition != null) {
                checkCondition(check, condition, path.to("condition"));
            }
            Path at = path.to(template.version().isHot() ? "value" : "Value");
            Runnable look =
                    () -> {
                        check.outside(output.value(), at);
                        if (options.values()) {
                            evaluation.at(at).value(output.value());
                        }
                    };
            if (holds(condition)) {
                look.run();
            } else {
                findings.softly(look);
            }
        }
    }

    private void unusedParameters() {
        for (ParameterDefinition parameter : template.parameters().values()) {
            if (!usedParameters.contains(parameter.name())) {
                findings.add(
                        Rule.PARAMETER_UNUSED,
                        parameter.range(),
                        "parameters." + parameter.name(),
                        "Nothing asks for the parameter `%s`.".formatted(parameter.name()));
            }
        }
    }
}
