package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one stack, each converted to its type, with the pseudo parameters. What nobody
 * gave and what has no default is missing here.
 *
 * @param hidden the names of those that nobody should see
 */
public record ParameterValues(Map<String, Value> values, Set<String> hidden) {

    public static final ParameterValues NONE = new ParameterValues(Map.of(), Set.of());

    public ParameterValues {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        hidden = Set.copyOf(hidden);
    }

    /** What it stands for goes away. */
    static final String NO_VALUE = "AWS::NoValue";

    /** Values, and what there is to say about those that do not fit. */
    public record Given(ParameterValues values, Diagnostics diagnostics) {}

    /**
     * Values for a template: those of the environment's parameters, else of its parameter_defaults,
     * else the template's own defaults.
     *
     * @param complete whether a parameter without any value is a mistake, as it is at launch
     */
    public static Given of(
            Template template,
            Environment environment,
            StackIdentity stack,
            Constraints constraints,
            boolean complete) {
        var findings = new Findings();
        var values = new LinkedHashMap<String, Value>(pseudo(template.version(), stack));
        var hidden = new LinkedHashSet<String>();
        unknown(environment, template, _ -> TextRange.START, findings);
        for (ParameterDefinition definition : template.parameters().values()) {
            if (definition.hidden() || environment.encrypted().contains(definition.name())) {
                hidden.add(definition.name());
            }
            Value given = given(definition, environment);
            if (given == null) {
                if (complete) {
                    findings.add(
                            Rule.PARAMETER_MISSING,
                            definition.range(),
                            "parameters." + definition.name(),
                            "The parameter `%s` has no default and was not given. Enter a value."
                                    .formatted(definition.name()));
                }
                continue;
            }
            boolean judged =
                    given == definition.defaultValue() && !(complete && asksTheCloud(definition));
            TextRange place = judged ? null : definition.range();
            convert(definition, given, place, constraints, findings, values);
        }
        return new Given(new ParameterValues(values, hidden), findings.toDiagnostics());
    }

    /** A default is held against what the cloud has when it is used, and no earlier. */
    private static boolean asksTheCloud(ParameterDefinition definition) {
        return definition.constraints().stream()
                .anyMatch(ParameterConstraint.Custom.class::isInstance);
    }

    /** The parameters of an environment that the template does not have. */
    static void unknown(
            Environment environment,
            Template template,
            Function<String, TextRange> place,
            Findings findings) {
        for (String name : environment.parameters().keySet()) {
            if (template.parameters().containsKey(name)) {
                continue;
            }
            var guess = Guess.nearest(name, template.parameters().keySet());
            TextRange range = place.apply(name);
            boolean placed = !range.equals(TextRange.START);
            findings.add(
                    Rule.PARAMETER_UNKNOWN,
                    range,
                    "parameters." + name,
                    "The template has no parameter `%s`.".formatted(name)
                            + guess.map(" Did you mean `%s`?"::formatted).orElse(""),
                    guess.filter(_ -> placed)
                            .map(right -> new Fix[] {new Fix("Write " + right, range, right)})
                            .orElse(new Fix[0]));
        }
    }

    /** The values of an environment that do not fit, at their places in its text. */
    static void unfit(
            Environment environment,
            Template template,
            Map<String, TextRange> places,
            Constraints constraints,
            Findings findings) {
        for (ParameterDefinition definition : template.parameters().values()) {
            Value given = given(definition, environment);
            TextRange place = places.get(definition.name());
            if (given != null && given != definition.defaultValue() && place != null) {
                convert(definition, given, place, constraints, findings, new LinkedHashMap<>());
            }
        }
    }

    /**
     * @param place where to tell what is wrong; null for a value that was judged before, such as
     *     the template's own default
     */
    private static void convert(
            ParameterDefinition definition,
            Value given,
            @Nullable TextRange place,
            Constraints constraints,
            Findings findings,
            Map<String, Value> values) {
        String name = definition.name();
        if (given.hasUnknown()) {
            values.put(name, given);
            return;
        }
        switch (ParameterFit.convert(definition, given)) {
            case ParameterFit.Fits fits -> {
                values.put(name, fits.value());
                if (place == null) {
                    return;
                }
                ParameterFit.problem(definition, fits.value(), constraints, true)
                        .ifPresent(problem ->
                                findings.add(
                                        problem.rule(),
                                        place,
                                        "parameters." + name,
                                        problem.sentence()));
            }
            case ParameterFit.Differs differs -> {
                if (place != null) {
                    findings.add(
                            Rule.PARAMETER_VALUE, place, "parameters." + name, differs.sentence());
                }
            }
        }
    }

    private static @Nullable Value given(ParameterDefinition definition, Environment environment) {
        Value given = environment.parameters().get(definition.name());
        if (given == null || given instanceof Value.Null) {
            given = environment.parameterDefaults().get(definition.name());
        }
        return given == null || given instanceof Value.Null ? definition.defaultValue() : given;
    }

    static boolean isPseudo(String name, Template template) {
        if (name.equals(NO_VALUE)) {
            return !template.version().isHot()
                    && template.extensions().contains(Extension.NO_VALUE);
        }
        return template.version().isHot()
                ? Set.of("OS::stack_id", "OS::stack_name", "OS::project_id", "OS::region")
                        .contains(name)
                : Set.of("AWS::StackId", "AWS::StackName", "AWS::Region").contains(name);
    }

    private static Map<String, Value> pseudo(TemplateVersion version, StackIdentity stack) {
        var values = new LinkedHashMap<String, Value>();
        if (version.isHot()) {
            put(values, "OS::stack_name", stack.name());
            put(values, "OS::stack_id", stack.id());
            put(values, "OS::project_id", stack.project());
        } else {
            put(values, "AWS::StackName", stack.name());
            put(values, "AWS::Region", "ap-southeast-1");
            if (stack.id() != null) {
                String arn = "arn:openstack:heat::%s:stacks/%s/%s";
                put(
                        values,
                        "AWS::StackId",
                        arn.formatted(stack.project(), stack.name(), stack.id()));
            }
        }
        return values;
    }

    private static void put(Map<String, Value> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, Value.of(value));
        }
    }

    /** The value, or null when there is none. */
    public @Nullable Value find(String name) {
        return values.get(name);
    }
}
