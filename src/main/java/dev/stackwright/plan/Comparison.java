package dev.stackwright.plan;

import dev.stackwright.catalog.AttributeSchema;
import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import dev.stackwright.template.Expression;
import dev.stackwright.template.ResourceDefinition;
import dev.stackwright.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the properties of one resource, and finds out where each difference comes from. */
final class Comparison {

    private final Catalog catalog;
    private final @Nullable DeployedStack before;
    private final Wanted after;
    private final @Nullable Template textBefore;
    private final Secrets secrets;
    private final Known known;
    private final Map<Expression, Uses> uses = new HashMap<>();
    private final Set<String> changedParameters;

    Comparison(
            Catalog catalog,
            @Nullable DeployedStack before,
            @Nullable Template textBefore,
            Wanted after,
            Secrets secrets,
            Known known) {
        this.catalog = catalog;
        this.before = before;
        this.textBefore = textBefore;
        this.after = after;
        this.secrets = secrets;
        this.known = known;
        this.changedParameters = changedParameters(before, after);
    }

    private static Set<String> changedParameters(@Nullable DeployedStack before, Wanted after) {
        var changed = new LinkedHashSet<String>();
        if (before != null) {
            after.parameters()
                    .forEach((name, value) -> {
                        if (!value.equals(before.parameters().get(name))) {
                            changed.add(name);
                        }
                    });
        }
        return changed;
    }

    /**
     * Every difference between what stands and what is wanted.
     *
     * @param applied what was applied last; where something else stands now, somebody changed it
     */
    List<PropertyChange> changes(
            Wanted.Resource resource,
            @Nullable ResourceType type,
            Map<String, Value> applied,
            Map<String, Value> olds,
            Map<String, Value> news) {
        var names = new LinkedHashSet<>(news.keySet());
        names.addAll(olds.keySet());
        var changes = new ArrayList<PropertyChange>();
        for (var name : names) {
            var schema = type == null ? null : type.properties().get(name);
            var sameText = sayTheSame(resource, name);
            var differences =
                    ValueDiff.between(
                            name,
                            schema,
                            olds.get(name),
                            news.get(name),
                            source -> sameText && known.isSettled(source));
            var forces = Replacement.isForcedBy(name, type, news);
            var drifted =
                    !Objects.equals(applied.get(name), olds.get(name))
                            && Objects.equals(applied.get(name), news.get(name));
            for (var difference : differences) {
                var change = change(resource, difference, schema, forces, sameText);
                changes.add(drifted ? change.because(Reason.DRIFT) : change);
            }
        }
        return changes;
    }

    /** Every value that a new resource is given. */
    List<PropertyChange> given(
            Wanted.Resource resource, @Nullable ResourceType type, Map<String, Value> news) {
        var changes = new ArrayList<PropertyChange>();
        news.forEach((name, value) -> {
            var schema = type == null ? null : type.properties().get(name);
            if (value instanceof Value.Null) {
                return;
            }
            for (var difference : ValueDiff.flat(name, schema, value, true)) {
                changes.add(change(resource, difference, schema, false, false));
            }
        });
        return changes;
    }

    private PropertyChange change(
            Wanted.Resource resource,
            ValueDiff.Difference difference,
            @Nullable PropertySchema topSchema,
            boolean forces,
            boolean sameText) {
        var used = uses(at(resource.properties(), difference.steps()));
        var secret =
                isSecret(topSchema)
                        || isSecret(difference.schema())
                        || used.parameters().stream().anyMatch(after.hidden()::contains)
                        || used.attributes().stream().anyMatch(this::isSecret)
                        || secrets.in(difference.before())
                        || secrets.in(difference.after())
                        || secrets.in(difference.path());
        return new PropertyChange(
                secret && secrets.in(difference.path())
                        ? String.valueOf(difference.steps().getFirst())
                        : difference.path(),
                difference.before(),
                difference.after(),
                forces,
                secret,
                cause(used, difference, sameText));
    }

    private Reason cause(Uses used, ValueDiff.Difference difference, boolean sameText) {
        for (var resource : used.resources()) {
            if (known.becomesAnother(resource)) {
                return Reason.follows(resource);
            }
        }
        for (var parameter : used.parameters()) {
            if (changedParameters.contains(parameter)) {
                return Reason.parameter(parameter);
            }
        }
        if (sameText && difference.before() != null) {
            for (var resource : used.resources()) {
                if (known.isTouched(resource)) {
                    return Reason.follows(resource);
                }
            }
            if (used.files() && textBefore != null) {
                return Reason.ENVIRONMENT;
            }
        }
        return Reason.TEMPLATE;
    }

    private boolean isSecret(@Nullable PropertySchema schema) {
        return schema != null && schema.secret();
    }

    private boolean isSecret(Uses.Attribute attribute) {
        return type(attribute.resource())
                .map(t -> t.attributes().get(attribute.name()))
                .map(AttributeSchema::secret)
                .orElse(false);
    }

    private Optional<ResourceType> type(String resource) {
        var wanted = after.resources().get(resource);
        return wanted == null ? Optional.empty() : catalog.find(wanted.type());
    }

    private Uses uses(Expression expression) {
        return uses.computeIfAbsent(expression, Uses::of);
    }

    /** Whether the template said about this property what it says now; true when nobody knows. */
    private boolean sayTheSame(Wanted.Resource resource, String property) {
        var old = definitionBefore(resource.name());
        if (textBefore == null || before == null) {
            return true;
        }
        return old != null
                && SameText.of(
                        at(old.properties(), List.of(property)),
                        at(resource.properties(), List.of(property)));
    }

    private @Nullable ResourceDefinition definitionBefore(String name) {
        return textBefore == null ? null : textBefore.resources().get(name);
    }

    /** The innermost expression on the way to a place: where a function begins, it ends. */
    private static Expression at(Expression expression, List<Object> steps) {
        var here = expression;
        for (var step : steps) {
            Expression next =
                    switch (here) {
                        case Expression.MapOf map when step instanceof String key ->
                                map.find(key).map(Expression.Member::value).orElse(null);
                        case Expression.ListOf list when step instanceof Integer index ->
                                index < list.items().size() ? list.items().get(index) : null;
                        case Expression.MapOf _,
                                Expression.ListOf _,
                                Expression.Literal _,
                                Expression.Call _ ->
                                null;
                    };
            if (next == null) {
                return here instanceof Expression.MapOf && here == expression
                        ? Expression.nothing(expression.range())
                        : here;
            }
            here = next;
        }
        return here;
    }
}
