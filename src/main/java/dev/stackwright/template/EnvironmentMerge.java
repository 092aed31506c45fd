package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts environment files one on top of the other, each parameter by its strategy. */
final class EnvironmentMerge {

    private final @Nullable Template template;
    private final Map<String, MergeStrategy> used = new HashMap<>();
    private final Map<String, TextRange> places = new HashMap<>();
    private Environment merged = Environment.EMPTY;

    private EnvironmentMerge(@Nullable Template template) {
        this.template = template;
    }

    /**
     * @param template tells the types of parameters, by which texts that hold lists or JSON are
     *     known; without it, values are put together as they are written
     */
    static Environment.Several of(List<String> texts, @Nullable Template template, Limits limits) {
        var merge = new EnvironmentMerge(template);
        var said = new ArrayList<Diagnostics>();
        for (String text : texts) {
            var file = EnvironmentReader.read(text, limits);
            var findings = new Findings();
            merge.add(file, findings);
            if (template != null) {
                ParameterValues.unknown(file.environment(), template, file::placeOf, findings);
            }
            said.add(file.diagnostics().and(findings.toDiagnostics()));
        }
        return new Environment.Several(merge.merged, said);
    }

    static Environment.Read read(
            List<String> documents, @Nullable Template template, Limits limits) {
        var merge = new EnvironmentMerge(template);
        Diagnostics said = Diagnostics.NONE;
        for (String text : documents) {
            var findings = new Findings();
            var file = EnvironmentReader.read(text, limits);
            merge.add(file, findings);
            said = said.and(file.diagnostics()).and(findings.toDiagnostics());
        }
        return new Environment.Read(merge.merged, said);
    }

    static Diagnostics check(
            List<String> documents, Template template, Constraints constraints, Limits limits) {
        var merge = new EnvironmentMerge(template);
        Diagnostics said = Diagnostics.NONE;
        for (String text : documents) {
            var findings = new Findings();
            var file = EnvironmentReader.read(text, limits);
            merge.add(file, findings);
            merge.places.putAll(file.places());
            ParameterValues.unknown(file.environment(), template, file::placeOf, findings);
            said = said.and(file.diagnostics()).and(findings.toDiagnostics());
        }
        var findings = new Findings();
        ParameterValues.unfit(merge.merged, template, merge.places, constraints, findings);
        return said.and(findings.toDiagnostics());
    }

    private void add(EnvironmentFile file, Findings findings) {
        var own = file.environment();
        var parameters = merged(merged.parameters(), own.parameters(), file, findings);
        var defaults = merged(merged.parameterDefaults(), own.parameterDefaults(), file, findings);
        var rest = merged.and(own);
        merged =
                new Environment(
                        parameters, defaults, rest.registry(), rest.eventSinks(), rest.encrypted());
    }

    private Map<String, Value> merged(
            Map<String, Value> before,
            Map<String, Value> later,
            EnvironmentFile file,
            Findings findings) {
        var all = new LinkedHashMap<>(before);
        later.forEach((name, value) -> {
            if (value instanceof Value.Null) {
                all.putIfAbsent(name, value);
                return;
            }
            Value old = before.get(name);
            MergeStrategy strategy = strategy(name, file, findings);
            if (old == null || old instanceof Value.Null || strategy == MergeStrategy.OVERWRITE) {
                all.put(name, value);
                return;
            }
            Value both = both(name, old, value, strategy == MergeStrategy.DEEP_MERGE);
            if (both == null) {
                findings.add(
                        Rule.MERGE_STRATEGY,
                        file.placeOf(name),
                        "parameters." + name,
                        "The values of `%s` are %s and %s, which cannot be merged. Use overwrite."
                                .formatted(name, Nodes.kind(old), Nodes.kind(value)));
            } else {
                all.put(name, both);
            }
        });
        return all;
    }

    /**
     * How a file wants a parameter put on top: in its own words, as files before it, or by default.
     */
    private MergeStrategy strategy(String name, EnvironmentFile file, Findings findings) {
        MergeStrategy before = used.get(name);
        MergeStrategy strategy = file.strategies().get(name);
        if (strategy == null) {
            strategy = before == null ? file.defaultStrategy() : before;
        }
        if (strategy == null) {
            strategy = MergeStrategy.OVERWRITE;
        }
        if (before == null) {
            used.put(name, strategy);
        } else if (before != strategy) {
            findings.add(
                    Rule.MERGE_STRATEGY,
                    file.placeOf(name),
                    "parameters." + name,
                    "`%s` asks for %s here, but the files before it for %s. Give it the same strategy in the first file that has it."
                            .formatted(name, strategy.word(), before.word()));
        }
        return strategy;
    }

    /** The two values as one, or null when they do not go together. */
    private @Nullable Value both(String name, Value old, Value value, boolean deep) {
        ParameterDefinition definition = template == null ? null : template.parameters().get(name);
        Value left = typed(definition, old);
        Value right = typed(definition, value);
        if (left instanceof Value.Entries(var a) && right instanceof Value.Entries(var b)) {
            return maps(a, b, deep);
        }
        if (left instanceof Value.Items(var a) && right instanceof Value.Items(var b)) {
            return joined(a, b);
        }
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return Value.of(a + b);
        }
        if (left instanceof Value.Num(var a) && right instanceof Value.Num(var b)) {
            return new Value.Num(a.add(b));
        }
        return null;
    }

    private static Value typed(@Nullable ParameterDefinition definition, Value value) {
        if (definition == null || definition.type() == ParameterType.BOOLEAN) {
            return value;
        }
        return ParameterFit.convert(definition, value) instanceof ParameterFit.Fits fits
                ? fits.value()
                : value;
    }

    private static Value maps(Map<String, Value> before, Map<String, Value> later, boolean deep) {
        var all = new LinkedHashMap<>(before);
        later.forEach((key, value) -> {
            if (!(value instanceof Value.Null)) {
                all.put(key, deep ? inside(before.get(key), value) : value);
            }
        });
        return new Value.Entries(all);
    }

    private static Value inside(@Nullable Value before, Value value) {
        if (before instanceof Value.Entries(var a) && value instanceof Value.Entries(var b)) {
            return maps(a, b, true);
        }
        if (before instanceof Value.Items(var a) && value instanceof Value.Items(var b)) {
            return joined(a, b);
        }
        if (before instanceof Value.Text(String a) && value instanceof Value.Text(String b)) {
            return Value.of(a + b);
        }
        return value;
    }

    private static Value joined(List<Value> before, List<Value> later) {
        var all = new ArrayList<>(before);
        all.addAll(later);
        return new Value.Items(all);
    }
}
