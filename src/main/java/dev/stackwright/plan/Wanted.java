package dev.stackwright.plan;

import dev.stackwright.graph.Graph;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.Expression;
import dev.stackwright.template.Lookup;
import dev.stackwright.template.ResourceRegistry;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is to become, as the planner asks for it.
 *
 * @param graph what each resource waits for
 * @param resolver what an expression is worth
 * @param parameters their values, the hidden ones too
 * @param immutable the names of those that keep the value which the stack was made with
 * @param registry what the environment says about single resources
 */
record Wanted(
        String stack,
        Map<String, Resource> resources,
        Graph<String> graph,
        BiFunction<Expression, Lookup, Value> resolver,
        Map<String, Value> parameters,
        Set<String> hidden,
        Set<String> immutable,
        ResourceRegistry registry) {

    /**
     * One resource.
     *
     * @param type after the environment's registry
     * @param typeInText as the template writes it
     */
    record Resource(
            String name,
            String type,
            String typeInText,
            Expression properties,
            Expression metadata,
            DeletionPolicy deletionPolicy,
            @Nullable Expression externalId,
            TextRange range) {}
}
