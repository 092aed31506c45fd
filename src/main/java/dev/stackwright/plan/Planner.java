package dev.stackwright.plan;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.graph.Graph;
import dev.stackwright.kernel.Value;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Expression;
import dev.stackwright.template.Lookup;
import dev.stackwright.template.ParameterDefinition;
import dev.stackwright.template.ParameterValues;
import dev.stackwright.template.Resolver;
import dev.stackwright.template.ResourceRegistry;
import dev.stackwright.template.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans. Time and space are linear in the resources, their properties and their dependencies.
 */
public final class Planner {

    private final Catalog catalog;
    private final Sizes sizes;
    private final Nested nested;

    public Planner(Catalog catalog, Sizes sizes) {
        this(catalog, sizes, Nested.NONE);
    }

    /**
     * @param nested what becomes of the stacks behind the resources of the one that is planned for
     */
    public Planner(Catalog catalog, Sizes sizes, Nested nested) {
        this.catalog = catalog;
        this.sizes = sizes;
        this.nested = nested;
    }

    /** A plan, and what the resources tell once it is carried out, as far as that can be known. */
    public record Outlook(Plan plan, Lookup after) {}

    /** The same as {@link #create} or, where there is a stack already, {@link #update}. */
    public Outlook outlook(
            String stack,
            @Nullable DeployedStack before,
            @Nullable Template textBefore,
            CheckedTemplate template,
            ParameterValues values,
            Map<String, Seen> live) {
        var planning =
                new Planning(
                        catalog,
                        sizes,
                        before,
                        textBefore,
                        wanted(stack, template, values),
                        live,
                        nested);
        var plan = planning.plan(before == null ? PlanKind.CREATE_STACK : PlanKind.UPDATE_STACK);
        return new Outlook(plan, planning.after());
    }

    /** What it takes to make a new stack. */
    public Plan create(String stack, CheckedTemplate template, ParameterValues values) {
        return outlook(stack, null, null, template, values, Map.of()).plan();
    }

    /**
     * What it takes to make a stack what a template says.
     *
     * @param textBefore the template that the stack was last applied with, or null when it is lost;
     *     by it a change of the text can be told from a change of a value
     */
    public Plan update(
            DeployedStack before,
            @Nullable Template textBefore,
            CheckedTemplate template,
            ParameterValues values) {
        return update(before, textBefore, template, values, Map.of());
    }

    /**
     * The same, held against what the cloud has now.
     *
     * @param live how the live objects look, by logical name, as far as that is known; what
     *     somebody changed there is brought back unless it is to be kept, and the plan says so
     */
    public Plan update(
            DeployedStack before,
            @Nullable Template textBefore,
            CheckedTemplate template,
            ParameterValues values,
            Map<String, Seen> live) {
        var wanted = wanted(before.name(), template, values);
        return new Planning(catalog, sizes, before, textBefore, wanted, live, nested)
                .plan(PlanKind.UPDATE_STACK);
    }

    /** What it takes to delete a stack and everything in it. */
    public Plan delete(DeployedStack before) {
        var nothing =
                new Wanted(
                        before.name(),
                        Map.of(),
                        Graph.empty(),
                        (_, _) -> Value.NULL,
                        Map.of(),
                        Set.of(),
                        Set.of(),
                        ResourceRegistry.EMPTY);
        return new Planning(catalog, sizes, before, null, nothing, Map.of(), nested)
                .plan(PlanKind.DELETE_STACK);
    }

    private static Wanted wanted(String stack, CheckedTemplate template, ParameterValues values) {
        var resources = new LinkedHashMap<String, Wanted.Resource>();
        template.resources()
                .forEach((name, definition) ->
                        resources.put(
                                name,
                                new Wanted.Resource(
                                        name,
                                        template.typeOf(name),
                                        definition.type(),
                                        definition.properties(),
                                        definition.metadata(),
                                        template.deletionPolicyOf(name),
                                        definition.externalId(),
                                        definition.range())));
        var immutable =
                template.parameters().values().stream()
                        .filter(ParameterDefinition::immutable)
                        .map(ParameterDefinition::name)
                        .collect(Collectors.toSet());
        return new Wanted(
                stack,
                resources,
                template.graph(),
                resolver(template, values),
                values.values(),
                values.hidden(),
                immutable,
                template.environment().registry());
    }

    /** One resolver for all that is asked with the same lookup. */
    private static BiFunction<Expression, Lookup, Value> resolver(
            CheckedTemplate template, ParameterValues values) {
        return new BiFunction<>() {
            private @Nullable Lookup lookup;
            private @Nullable Resolver resolver;

            @Override
            public Value apply(Expression expression, Lookup asked) {
                var current = resolver;
                if (current == null || lookup != asked) {
                    current = Resolver.of(template, values, asked);
                    resolver = current;
                    lookup = asked;
                }
                return current.resolve(expression);
            }
        };
    }
}
