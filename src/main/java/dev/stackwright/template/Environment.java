package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes to a template from outside: values of parameters, and what resource types mean here.
 *
 * @param parameterDefaults what holds for parameters that {@code parameters} does not mention, in
 *     nested templates as well
 */
public record Environment(
        Map<String, Value> parameters,
        Map<String, Value> parameterDefaults,
        ResourceRegistry registry) {

    public static final Environment EMPTY =
            new Environment(Map.of(), Map.of(), ResourceRegistry.EMPTY);

    public Environment {
        parameters = ordered(parameters);
        parameterDefaults = ordered(parameterDefaults);
    }

    private static Map<String, Value> ordered(Map<String, Value> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** What reading an environment gave; with mistakes, it holds what could be read. */
    public record Read(Environment environment, Diagnostics diagnostics) {}

    /** Reads the text of an environment file; an empty text is an empty environment. */
    public static Read read(String text) {
        return EnvironmentReader.read(text, Limits.DEFAULT);
    }

    /** Just these values of parameters. */
    public static Environment of(Map<String, Value> parameters) {
        return new Environment(parameters, Map.of(), ResourceRegistry.EMPTY);
    }

    /** The same with these values on top. */
    public Environment withParameters(Map<String, Value> more) {
        var merged = new LinkedHashMap<>(parameters);
        merged.putAll(more);
        return new Environment(merged, parameterDefaults, registry);
    }

    /** This one with another on top, key by key. */
    public Environment and(Environment later) {
        var defaults = new LinkedHashMap<>(parameterDefaults);
        defaults.putAll(later.parameterDefaults);
        return new Environment(
                withParameters(later.parameters).parameters,
                defaults,
                registry.and(later.registry));
    }

    /** What a template gets that a resource of this one uses as its type. */
    Environment forNested() {
        return new Environment(Map.of(), parameterDefaults, registry);
    }

    /** Several files in order, the later ones on top. */
    public static Environment merge(List<Environment> environments) {
        return environments.stream().reduce(EMPTY, Environment::and);
    }
}
