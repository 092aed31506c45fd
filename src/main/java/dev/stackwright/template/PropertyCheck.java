package dev.stackwright.template;

import dev.stackwright.catalog.Ability;
import dev.stackwright.catalog.OnChange;
import dev.stackwright.catalog.PropertyConstraint;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.PropertyType;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.catalog.Support;
import dev.stackwright.catalog.Translation;
import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the properties of one resource against its type. */
final class PropertyCheck {

    private final ResourceDefinition definition;
    private final Evaluation evaluation;
    private final Constraints constraints;
    private final Findings findings;
    private final boolean withValues;

    PropertyCheck(
            ResourceDefinition definition,
            Evaluation evaluation,
            Constraints constraints,
            Findings findings,
            boolean withValues) {
        this.definition = definition;
        this.evaluation = evaluation;
        this.constraints = constraints;
        this.findings = findings;
        this.withValues = withValues;
    }

    void nested(ResourceKind.Nested kind, Path path) {
        if (!(definition.properties() instanceof Expression.MapOf map)) {
            return;
        }
        var parameters = kind.template().parameters();
        for (Expression.Member member : map.members()) {
            if (!parameters.containsKey(member.key())) {
                unknown(member.key(), member.keyRange(), path, parameters.keySet(), kind.name());
            } else if (withValues) {
                parameter(parameters.get(member.key()), member, path.to(member.key()));
            }
        }
        if (!withValues) {
            return;
        }
        parameters.values().stream()
                .filter(parameter -> parameter.required() && map.find(parameter.name()).isEmpty())
                .forEach(parameter -> missing(parameter.name(), kind.name(), path));
    }

    /** A property that is a parameter of the template behind the resource. */
    private void parameter(ParameterDefinition definition, Expression.Member member, Path path) {
        Value value = evaluation.at(path).value(member.value());
        if (value instanceof Value.Null || value.hasUnknown()) {
            return;
        }
        switch (ParameterFit.convert(definition, value)) {
            case ParameterFit.Differs differs ->
                    findings.add(
                            Rule.PROPERTY_TYPE,
                            member.value().range(),
                            path.toString(),
                            differs.sentence());
            case ParameterFit.Fits fits ->
                    ParameterFit.problem(definition, fits.value(), constraints, true)
                            .ifPresent(problem ->
                                    findings.add(
                                            problem.rule() == Rule.PARAMETER_VALUE
                                                    ? Rule.PROPERTY_VALUE
                                                    : problem.rule(),
                                            member.value().range(),
                                            path.toString(),
                                            problem.sentence()));
        }
    }

    void builtIn(ResourceType type, Path path) {
        if (definition.properties() instanceof Expression.MapOf map) {
            members(type, map, path);
        } else if (withValues) {
            var holder =
                    new PropertySchema(
                            "properties",
                            PropertyType.MAP,
                            false,
                            null,
                            OnChange.UPDATE,
                            false,
                            false,
                            null,
                            java.util.List.of(),
                            Support.ALWAYS,
                            null,
                            type.properties());
            Value value = evaluation.at(path).value(definition.properties());
            new Values(type).value(holder, value, definition.properties().range(), path, "");
        }
    }

    /** One map that the type knows beside its properties, such as an update policy. */
    void one(ResourceType type, PropertySchema schema, Expression.Member member, Path path) {
        new Values(type).written(schema, member, path, member.key());
    }

    private void members(ResourceType type, Expression.MapOf map, Path path) {
        for (Expression.Member member : map.members()) {
            PropertySchema schema = type.properties().get(member.key());
            if (schema == null) {
                if (!type.retired() && !takesAnything(type)) {
                    unknown(
                            member.key(),
                            member.keyRange(),
                            path,
                            type.properties().keySet(),
                            type.name());
                }
                continue;
            }
            if (schema.ignored()) {
                findings.add(
                        Rule.PROPERTY_IGNORED,
                        member.keyRange(),
                        path.to(member.key()).toString(),
                        "`%s` of %s does nothing. Remove it.".formatted(member.key(), type.name()));
            }
            if (withValues) {
                new Values(type).written(schema, member, path.to(member.key()), member.key());
            }
        }
        if (withValues) {
            conflicts(type, map, "", path);
            for (PropertySchema schema : type.properties().values()) {
                boolean absent =
                        schema.required()
                                && schema.defaultValue() == null
                                && !given(map, schema.name());
                if (absent
                        && oldNameGiven(type, map, schema.name(), "") == null
                        && !wasMeant(map, schema.name(), type.properties().keySet())) {
                    missing(schema.name(), type.name(), path);
                }
            }
        }
    }

    /** OS::Heat::None stands for whatever it replaces. */
    private static boolean takesAnything(ResourceType type) {
        return type.properties().isEmpty() && type.can(Ability.DYNAMIC_ATTRIBUTES);
    }

    private static boolean given(Expression.MapOf map, String name) {
        return map.find(name)
                .filter(member ->
                        !(member.value() instanceof Expression.Literal literal
                                && literal.value() instanceof Value.Null))
                .isPresent();
    }

    /** The old name under which a property was given, if it was. */
    private static @Nullable String oldNameGiven(
            ResourceType type, Expression.MapOf map, String name, String dottedParent) {
        String dotted = dottedParent.isEmpty() ? name : dottedParent + "." + name;
        for (Translation translation : type.translations()) {
            if (translation instanceof Translation.Rename rename && rename.path().equals(dotted)) {
                String old = rename.from().substring(rename.from().lastIndexOf('.') + 1);
                if (given(map, old)) {
                    return old;
                }
            }
        }
        return null;
    }

    /** A property and its old name in the same map. */
    private void conflicts(
            ResourceType type, Expression.MapOf map, String dottedParent, Path path) {
        String before = dottedParent.isEmpty() ? "" : dottedParent + ".";
        for (Translation translation : type.translations()) {
            if (!(translation instanceof Translation.Rename rename)
                    || rename.through() != null
                    || !rename.path().startsWith(before)) {
                continue;
            }
            String name = rename.path().substring(before.length());
            String old =
                    rename.sibling() || before.isEmpty()
                            ? rename.from()
                            : rename.from()
                                    .substring(Math.min(before.length(), rename.from().length()));
            var both = map.find(old);
            if (name.contains(".") || old.contains(".") || both.isEmpty()) {
                continue;
            }
            if (says(map, name, path) && says(map, old, path)) {
                findings.add(
                        Rule.PROPERTY_CONFLICT,
                        both.get().keyRange(),
                        path.to(old).toString(),
                        "`%s` is an old name of `%s`, and both are given. Remove `%s`."
                                .formatted(old, name, old));
            }
        }
    }

    /** Whether a property has a value that counts: not null, empty, zero or false. */
    private boolean says(Expression.MapOf map, String name, Path path) {
        var member = map.find(name);
        if (member.isEmpty()) {
            return false;
        }
        if (member.get().value() instanceof Expression.Call call
                && (call.name().equals("get_resource") || call.name().equals("Ref"))) {
            return true;
        }
        Value value = evaluation.at(path.to(name)).maybe(member.get().value());
        return !(value instanceof Value.Unknown) && !Equality.isNothing(value);
    }

    private void missing(String name, String typeName, Path path) {
        if (definition.externalId() != null) {
            return; // it is there already
        }
        findings.add(
                Rule.PROPERTY_MISSING,
                definition.range(),
                path.toString(),
                "%3$s cannot be made without `%2$s`. Add it to the properties of `%1$s`."
                        .formatted(definition.name(), name, typeName));
    }

    /** What is missing may only be misspelt, which is told already. */
    private boolean wasMeant(Expression.MapOf map, String name, Collection<String> known) {
        return map.members().stream()
                .filter(member -> !known.contains(member.key()))
                .anyMatch(member ->
                        Guess.nearest(member.key(), known).filter(name::equals).isPresent());
    }

    private void unknown(
            String name, TextRange range, Path path, Collection<String> known, String typeName) {
        var guess = Guess.nearest(name, known);
        var fixes =
                guess.map(found -> new Fix[] {new Fix("Write " + found, range, found)})
                        .orElse(new Fix[0]);
        findings.add(
                Rule.UNKNOWN_PROPERTY,
                range,
                path.to(name).toString(),
                "`%s` is not a property of %s.".formatted(name, typeName)
                        + guess.map(" Did you mean `%s`?"::formatted).orElse(""),
                fixes);
    }

    /** The values of the properties of one type. */
    private final class Values {
        private final ResourceType type;

        Values(ResourceType type) {
            this.type = type;
        }

        /**
         * A property where it is written, so that lists and maps can be followed to the right line.
         */
        void written(PropertySchema schema, Expression.Member member, Path path, String dotted) {
            if (schema.support().isDiscouraged()) {
                discouraged(schema, member, path, dotted);
            }
            expression(schema, member.value(), path, dotted);
        }

        private void discouraged(
                PropertySchema schema, Expression.Member member, Path path, String dotted) {
            String successor =
                    type.translations().stream()
                            .filter(Translation.Rename.class::isInstance)
                            .map(Translation.Rename.class::cast)
                            .filter(rename ->
                                    rename.from().equals(dotted)
                                            || (rename.sibling()
                                                    && dotted.endsWith("." + rename.from())))
                            .map(rename ->
                                    rename.path().substring(rename.path().lastIndexOf('.') + 1))
                            .findFirst()
                            .orElse(null);
            String detail =
                    "`%s` of %s is on its way out.".formatted(schema.name(), type.name())
                            + (successor == null ? "" : " Use `%s` instead.".formatted(successor));
            var fixes =
                    successor == null
                            ? new Fix[0]
                            : new Fix[] {
                                new Fix("Write " + successor, member.keyRange(), successor)
                            };
            findings.add(Rule.DISCOURAGED, member.keyRange(), path.toString(), detail, fixes);
        }

        private void expression(
                PropertySchema schema, Expression expression, Path path, String dotted) {
            switch (expression) {
                case Expression.ListOf list
                        when schema.type() == PropertyType.LIST && schema.item() != null -> {
                    for (int i = 0; i < list.items().size(); i++) {
                        expression(schema.item(), list.items().get(i), path.at(i), dotted);
                    }
                    constraints(
                            schema,
                            new Value.Items(
                                    java.util.Collections.nCopies(list.items().size(), Value.NULL)),
                            list.range(),
                            path,
                            true);
                }
                case Expression.MapOf map
                        when schema.type() == PropertyType.MAP && !schema.fields().isEmpty() ->
                        fields(schema, map, path, dotted);
                case Expression.Literal _,
                        Expression.ListOf _,
                        Expression.MapOf _,
                        Expression.Call _ -> {
                    Value value = evaluation.at(path).maybe(expression);
                    if (value != Evaluation.ABSENT) {
                        value(schema, value, expression.range(), path, dotted);
                    }
                }
            }
        }

        private void fields(PropertySchema schema, Expression.MapOf map, Path path, String dotted) {
            for (Expression.Member member : map.members()) {
                PropertySchema field = schema.fields().get(member.key());
                if (field == null) {
                    unknown(
                            member.key(),
                            member.keyRange(),
                            path,
                            schema.fields().keySet(),
                            "`%s` of %s".formatted(dotted, type.name()));
                } else {
                    written(field, member, path.to(member.key()), dotted + "." + member.key());
                }
            }
            conflicts(type, map, dotted, path);
            for (PropertySchema field : schema.fields().values()) {
                boolean absent =
                        field.required()
                                && field.defaultValue() == null
                                && !given(map, field.name());
                if (absent
                        && oldNameGiven(type, map, field.name(), dotted) == null
                        && !wasMeant(map, field.name(), schema.fields().keySet())) {
                    findings.add(
                            Rule.PROPERTY_MISSING,
                            map.range(),
                            path.toString(),
                            "`%s` is missing here; `%s` of %s needs it."
                                    .formatted(field.name(), dotted, type.name()));
                }
            }
        }

        /** A value that was worked out; everything inside it is told at one place. */
        void value(PropertySchema schema, Value value, TextRange range, Path path, String dotted) {
            if (value instanceof Value.Null || value instanceof Value.Unknown) {
                return;
            }
            Optional<Value> fitting = fitting(schema.type(), value);
            if (fitting.isEmpty()) {
                String shown = schema.secret() ? "This" : "`" + PythonText.shown(value) + "`";
                findings.add(
                        Rule.PROPERTY_TYPE,
                        range,
                        path.toString(),
                        "%s is %s, but `%s` needs %s."
                                .formatted(
                                        shown,
                                        Nodes.kind(value),
                                        schema.name(),
                                        needed(schema.type())));
                return;
            }
            constraints(schema, fitting.get(), range, path, false);
            switch (fitting.get()) {
                case Value.Items items when schema.item() != null ->
                        items.values()
                                .forEach(item -> value(schema.item(), item, range, path, dotted));
                case Value.Entries entries when !schema.fields().isEmpty() ->
                        entries(schema, entries.values(), range, path, dotted);
                case Value.Null _,
                        Value.Bool _,
                        Value.Num _,
                        Value.Text _,
                        Value.Items _,
                        Value.Entries _,
                        Value.Unknown _ -> {}
            }
        }

        private void entries(
                PropertySchema schema,
                Map<String, Value> entries,
                TextRange range,
                Path path,
                String dotted) {
            entries.forEach((key, value) -> {
                PropertySchema field = schema.fields().get(key);
                if (field == null) {
                    findings.add(
                            Rule.UNKNOWN_PROPERTY,
                            range,
                            path.to(key).toString(),
                            "The value made here has `%s`, which is not a property of %s."
                                    .formatted(key, type.name()));
                } else {
                    value(field, value, range, path.to(key), dotted + "." + key);
                }
            });
        }

        private void constraints(
                PropertySchema schema,
                Value value,
                TextRange range,
                Path path,
                boolean lengthOnly) {
            if (!lengthOnly && Unknowns.in(value).isPresent()) {
                return;
            }
            for (PropertyConstraint constraint : schema.constraints()) {
                if (lengthOnly && !(constraint instanceof PropertyConstraint.Length)) {
                    continue;
                }
                problem(constraint, value)
                        .ifPresent(problem ->
                                findings.add(
                                        Rule.PROPERTY_VALUE,
                                        range,
                                        path.toString(),
                                        (schema.secret()
                                                        ? "The value"
                                                        : "`" + PythonText.shown(value) + "`")
                                                + " does not fit `%s`. %s"
                                                        .formatted(schema.name(), problem)));
            }
        }
    }

    private static String needed(PropertyType type) {
        return switch (type) {
            case STRING -> "a text";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case MAP -> "a map";
            case LIST -> "a list";
            case ANY -> "a value";
        };
    }

    /** The value as its type wants it; empty when it cannot be. */
    private static Optional<Value> fitting(PropertyType type, Value value) {
        return Optional.ofNullable(
                switch (type) {
                    case ANY -> value;
                    case STRING ->
                            switch (value) {
                                case Value.Text _ -> value;
                                case Value.Bool _ -> Value.of(PythonText.str(value));
                                case Value.Num num ->
                                        PythonNumbers.isWhole(num)
                                                ? Value.of(PythonText.str(value))
                                                : null;
                                case Value.Null _,
                                        Value.Items _,
                                        Value.Entries _,
                                        Value.Unknown _ ->
                                        null;
                            };
                    case INTEGER ->
                            switch (value) {
                                case Value.Num num ->
                                        new Value.Num(new BigDecimal(num.value().toBigInteger()));
                                case Value.Text text -> {
                                    BigDecimal number = PythonNumbers.whole(text.value());
                                    yield number == null ? null : new Value.Num(number);
                                }
                                case Value.Bool bool -> Value.of(bool.value() ? 1 : 0);
                                case Value.Null _,
                                        Value.Items _,
                                        Value.Entries _,
                                        Value.Unknown _ ->
                                        null;
                            };
                    case NUMBER ->
                            switch (value) {
                                case Value.Num _ -> value;
                                case Value.Text text -> {
                                    BigDecimal number = PythonNumbers.number(text.value());
                                    yield number == null ? null : new Value.Num(number);
                                }
                                case Value.Bool bool -> Value.of(bool.value() ? 1 : 0);
                                case Value.Null _,
                                        Value.Items _,
                                        Value.Entries _,
                                        Value.Unknown _ ->
                                        null;
                            };
                    case BOOLEAN ->
                            switch (value) {
                                case Value.Bool _ -> value;
                                case Value.Text text ->
                                        switch (text.value().toLowerCase(Locale.ROOT)) {
                                            case "true" -> Value.of(true);
                                            case "false" -> Value.of(false);
                                            default -> null;
                                        };
                                case Value.Null _,
                                        Value.Num _,
                                        Value.Items _,
                                        Value.Entries _,
                                        Value.Unknown _ ->
                                        null;
                            };
                    case MAP ->
                            switch (value) {
                                case Value.Entries _ -> value;
                                case Value.Text text ->
                                        Json.parse(text.value()) instanceof Value.Entries entries
                                                ? entries
                                                : null;
                                case Value.Null _,
                                        Value.Bool _,
                                        Value.Num _,
                                        Value.Items _,
                                        Value.Unknown _ ->
                                        null;
                            };
                    case LIST ->
                            switch (value) {
                                case Value.Items _ -> value;
                                case Value.Text text ->
                                        Json.parse(text.value()) instanceof Value.Items items
                                                ? items
                                                : null;
                                case Value.Null _,
                                        Value.Bool _,
                                        Value.Num _,
                                        Value.Entries _,
                                        Value.Unknown _ ->
                                        null;
                            };
                });
    }

    private Optional<String> problem(PropertyConstraint constraint, Value value) {
        return switch (constraint) {
            case PropertyConstraint.Range range ->
                    value instanceof Value.Num num
                                    && ((range.min() != null
                                                    && num.value().compareTo(range.min()) < 0)
                                            || (range.max() != null
                                                    && num.value().compareTo(range.max()) > 0))
                            ? Optional.of(
                                    "It must be %s.".formatted(bounds(range.min(), range.max())))
                            : Optional.empty();
            case PropertyConstraint.Length length -> {
                int size =
                        switch (value) {
                            case Value.Text text ->
                                    text.value().codePointCount(0, text.value().length());
                            case Value.Items items -> items.values().size();
                            case Value.Entries entries -> entries.values().size();
                            case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ -> -1;
                        };
                boolean fits =
                        size < 0
                                || ((length.min() == null || size >= length.min())
                                        && (length.max() == null || size <= length.max()));
                yield fits
                        ? Optional.empty()
                        : Optional.of(
                                "Its length is %d; it must be %s."
                                        .formatted(size, bounds(length.min(), length.max())));
            }
            case PropertyConstraint.Modulo modulo ->
                    value instanceof Value.Num num
                                    && num.value()
                                                    .subtract(BigDecimal.valueOf(modulo.offset()))
                                                    .remainder(
                                                            BigDecimal.valueOf(
                                                                    Math.max(1, modulo.step())))
                                                    .signum()
                                            != 0
                            ? Optional.of(
                                    "It must be %d more than a multiple of %d."
                                            .formatted(modulo.offset(), modulo.step()))
                            : Optional.empty();
            case PropertyConstraint.OneOf oneOf -> {
                var values =
                        value instanceof Value.Items items
                                ? items.values()
                                : java.util.List.of(value);
                boolean fits =
                        values.stream()
                                .allMatch(one ->
                                        oneOf.values().stream()
                                                .anyMatch(allowed ->
                                                        Equality.equal(allowed, one)
                                                                || PythonText.str(allowed)
                                                                        .equals(
                                                                                PythonText.str(
                                                                                        one))));
                yield fits
                        ? Optional.empty()
                        : Optional.of(
                                "It must be one of: %s."
                                        .formatted(
                                                String.join(
                                                        ", ",
                                                        oneOf.values().stream()
                                                                .map(PythonText::shown)
                                                                .toList())));
            }
            case PropertyConstraint.Pattern pattern ->
                    matches(pattern.regex(), value)
                            ? Optional.empty()
                            : Optional.of(
                                    "It must match the pattern %s.".formatted(pattern.regex()));
            case PropertyConstraint.Find find ->
                    CustomConstraints.check(find.name(), value, constraints);
        };
    }

    private static boolean matches(String regex, Value value) {
        return !(value instanceof Value.Text text)
                || PythonPattern.of(regex).takesAll(text.value()) == PythonPattern.Answer.MATCHES;
    }

    private static String bounds(@Nullable Number min, @Nullable Number max) {
        if (min == null) {
            return "at most " + max;
        }
        return max == null ? "at least " + min : "between " + min + " and " + max;
    }
}
