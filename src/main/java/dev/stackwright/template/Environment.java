package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What comes to a template from outside: values of parameters, and what resource types mean here.
 *
 * @param parameterDefaults what holds for parameters that {@code parameters} does not mention, in
 *     nested templates as well
 * @param eventSinks where else events go
 * @param encrypted the names of parameters that are kept as secrets although they are not hidden
 */
public record Environment(
        Map<String, Value> parameters,
        Map<String, Value> parameterDefaults,
        ResourceRegistry registry,
        List<EventSink> eventSinks,
        Set<String> encrypted) {

    public static final Environment EMPTY = of(Map.of());

    public Environment {
        parameters = ordered(parameters);
        parameterDefaults = ordered(parameterDefaults);
        eventSinks = List.copyOf(eventSinks);
        encrypted = Collections.unmodifiableSet(new LinkedHashSet<>(encrypted));
    }

    private static Map<String, Value> ordered(Map<String, Value> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** What reading an environment gave; with mistakes, it holds what could be read. */
    public record Read(Environment environment, Diagnostics diagnostics) {}

    /**
     * Reads the text of an environment; an empty text is an empty environment. Several files are
     * the documents of one text, with lines of three dashes between them; the later ones lie on
     * top, each parameter by the strategy that they ask for.
     */
    public static Read read(String text) {
        return read(text, null, Limits.DEFAULT);
    }

    public static Read read(String text, Limits limits) {
        return read(text, null, limits);
    }

    /**
     * @param template whose parameters it is for, if that is known: its types tell which texts are
     *     lists or JSON when several files are put together
     */
    public static Read read(String text, @Nullable Template template, Limits limits) {
        return EnvironmentMerge.read(EnvironmentDocuments.of(text), template, limits);
    }

    /**
     * Everything that there is to say about the text of an environment for a template, where it
     * stands in that text: what is wrong with the files themselves, the parameters in them that the
     * template does not have, and the values that do not fit.
     */
    public static Diagnostics check(
            String text, Template template, Constraints constraints, Limits limits) {
        return EnvironmentMerge.check(EnvironmentDocuments.of(text), template, constraints, limits);
    }

    /**
     * Reads several files, the later ones on top, each parameter by the strategy that the files ask
     * for.
     *
     * @param template whose parameters they are for, if that is known: its types tell which texts
     *     are lists or JSON
     * @return what they are together, and for each file what there is to say about it
     */
    public static Several readAll(List<String> texts, @Nullable Template template, Limits limits) {
        return EnvironmentMerge.of(texts, template, limits);
    }

    /** Several files as one, and what there is to say about each of them. */
    public record Several(Environment environment, List<Diagnostics> diagnostics) {

        public Several {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** Just these values of parameters. */
    public static Environment of(Map<String, Value> parameters) {
        return new Environment(parameters, Map.of(), ResourceRegistry.EMPTY, List.of(), Set.of());
    }

    /** The same with these values on top. */
    public Environment withParameters(Map<String, Value> more) {
        var merged = new LinkedHashMap<>(parameters);
        merged.putAll(more);
        return new Environment(merged, parameterDefaults, registry, eventSinks, encrypted);
    }

    /** This one with another on top, key by key. */
    public Environment and(Environment later) {
        var defaults = new LinkedHashMap<>(parameterDefaults);
        defaults.putAll(later.parameterDefaults);
        var sinks = new ArrayList<>(eventSinks);
        sinks.addAll(later.eventSinks);
        var names = new LinkedHashSet<>(encrypted);
        names.addAll(later.encrypted);
        return new Environment(
                withParameters(later.parameters).parameters,
                defaults,
                registry.and(later.registry),
                sinks,
                names);
    }

    /**
     * What the template gets that stands behind a resource: the same types and defaults, and no
     * parameters, for those are the resource's properties.
     */
    public Environment inside(String resource, String type) {
        return new Environment(
                Map.of(),
                parameterDefaults,
                registry.inside(resource, type),
                eventSinks,
                encrypted);
    }

    /** Several files in order, the later ones on top. */
    public static Environment merge(List<Environment> environments) {
        return environments.stream().reduce(EMPTY, Environment::and);
    }

    /** As a text that {@link #read(String)} understands. */
    public String text() {
        return EnvironmentText.of(this);
    }
}
