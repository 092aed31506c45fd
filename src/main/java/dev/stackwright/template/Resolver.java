package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Works out what the expressions of a checked template are worth. What only the cloud can tell
 * stays {@link Value.Unknown} and names what will tell it; a function that cannot work gives an
 * unknown as well and says why in {@link #problems()}.
 */
public final class Resolver {

    private final CheckedTemplate template;
    private final Evaluation evaluation;
    private final Findings findings;

    private Resolver(CheckedTemplate template, Evaluation evaluation, Findings findings) {
        this.template = template;
        this.evaluation = evaluation;
        this.findings = findings;
    }

    public static Resolver of(CheckedTemplate template, Lookup lookup) {
        return of(template, template.values(), lookup);
    }

    public static Resolver of(CheckedTemplate template, ParameterValues values, Lookup lookup) {
        var findings = new Findings();
        var evaluation =
                new Evaluation(
                        template.source(),
                        values,
                        template.files(),
                        lookup,
                        template.facade(),
                        findings);
        return new Resolver(template, evaluation, findings);
    }

    /** The value of one expression, alone. */
    public static Value resolve(
            CheckedTemplate template,
            Expression expression,
            ParameterValues values,
            Lookup lookup) {
        return of(template, values, lookup).resolve(expression);
    }

    public Value resolve(Expression expression) {
        return evaluation.value(expression);
    }

    /**
     * The properties of a resource as its template gives them, without the defaults of its type.
     */
    public Value.Entries properties(String resource) {
        ResourceDefinition definition = template.resources().get(resource);
        if (definition == null) {
            throw new IllegalArgumentException("The template has no resource " + resource);
        }
        return evaluation.at(Path.ROOT.to("resources").to(resource)).value(definition.properties())
                        instanceof Value.Entries entries
                ? entries
                : new Value.Entries(Map.of());
    }

    /** What the template behind a resource may ask about it. */
    public Facade facadeOf(String resource) {
        ResourceDefinition definition = template.resources().get(resource);
        if (definition == null) {
            throw new IllegalArgumentException("The template has no resource " + resource);
        }
        Expression updatePolicy = definition.updatePolicy();
        return new Facade(
                resolve(definition.metadata()),
                Value.of(template.deletionPolicyOf(resource).word()),
                updatePolicy == null ? new Value.Entries(Map.of()) : resolve(updatePolicy));
    }

    /**
     * What the outputs tell: the attributes of the resource that the template stands for. One that
     * is called {@code OS::stack_id} is what get_resource answers for it.
     */
    public Map<String, Value> outputs() {
        var outputs = new LinkedHashMap<String, Value>();
        template.outputs()
                .forEach((name, output) ->
                        outputs.put(
                                name,
                                evaluation
                                        .at(Path.ROOT.to("outputs").to(name))
                                        .value(output.value())));
        return outputs;
    }

    /** What could not be worked out since this resolver was made. */
    public Diagnostics problems() {
        return findings.toDiagnostics();
    }
}
