package dev.stackwright.template;

import dev.stackwright.catalog.Ability;
import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at expressions as they are written: do the functions have arguments of the right shape, and
 * do the names lead anywhere? Collects on the way what is used. The branches of an if that are not
 * taken are looked at as well, but only give warnings and no dependencies.
 */
final class ExpressionCheck {

    private static final int DEEPEST = 1_000;

    private final Template template;
    private final Evaluation evaluation;
    private final Set<String> active;
    private final Map<String, ResourceKind> kinds;
    private final Findings findings;
    private final Set<String> usedParameters;
    private final CheckOptions options;
    private final AskedAttributes asked;
    private int conditionDepth;
    private boolean outside;
    private final FunctionTable functions;
    private final FunctionTable conditionFunctions;

    ExpressionCheck(
            Template template,
            Evaluation evaluation,
            Set<String> active,
            Map<String, ResourceKind> kinds,
            Findings findings,
            Set<String> usedParameters,
            CheckOptions options,
            AskedAttributes asked) {
        this.template = template;
        this.evaluation = evaluation;
        this.active = active;
        this.kinds = kinds;
        this.findings = findings;
        this.usedParameters = usedParameters;
        this.options = options;
        this.asked = asked;
        this.functions = FunctionTable.of(template.version(), template.extensions());
        this.conditionFunctions = FunctionTable.forConditions(template.version());
    }

    /** Checks an expression; the names of the resources that it needs come out. */
    Set<String> needs(Expression expression, Path path) {
        var needs = new LinkedHashSet<String>();
        walk(expression, path, needs, 0);
        return needs;
    }

    /**
     * Checks what is read when everything is made: there, Heat looks for a resource that is asked
     * for by its name only when the value is wanted.
     */
    void outside(Expression expression, Path path) {
        outside = true;
        walk(expression, path, new LinkedHashSet<>(), 0);
        outside = false;
    }

    private void walk(Expression expression, Path path, Set<String> needs, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (expression) {
            case Expression.Literal _ -> {}
            case Expression.ListOf list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    walk(list.items().get(i), path.at(i), needs, depth + 1);
                }
            }
            case Expression.MapOf map -> {
                otherVersion(map, path);
                for (Expression.Member member : map.members()) {
                    walk(member.value(), path.to(member.key()), needs, depth + 1);
                }
            }
            case Expression.Call call -> call(call, path.to(call.name()), needs, depth);
        }
    }

    private void otherVersion(Expression.MapOf map, Path path) {
        if (map.members().size() != 1 || !template.version().isHot()) {
            return;
        }
        Expression.Member only = map.members().getFirst();
        if (FunctionTable.existsSomewhere(only.key())) {
            findings.add(
                    Rule.FUNCTION_TOO_EARLY,
                    only.keyRange(),
                    path.to(only.key()).toString(),
                    "`%s` is not a function in version %s, so it is read as plain data. Raise the version to use it."
                            .formatted(only.key(), template.version().date()));
        }
    }

    private void call(Expression.Call call, Path path, Set<String> needs, int depth) {
        Function function = functions.find(call.name());
        if (function instanceof Removed removed) {
            findings.add(
                    Rule.FUNCTION_REMOVED,
                    call.nameRange(),
                    path.toString(),
                    "%s is not part of this version of HOT. Use %s."
                            .formatted(call.name(), removed.instead()));
            return;
        }
        String mistake = function == null ? null : function.mistake(call.argument());
        if (mistake != null) {
            findings.add(
                    Rule.FUNCTION_ARGUMENT,
                    call.nameRange(),
                    path.toString(),
                    call.name() + ": " + mistake);
            return;
        }
        String later = function == null ? null : function.laterMistake(call.argument());
        if (later != null) {
            asValue(() ->
                    findings.add(
                            Rule.FUNCTION_ARGUMENT,
                            call.nameRange(),
                            path.toString(),
                            call.name() + ": " + later));
        }
        switch (function) {
            case ConditionFunctions.If _ -> branches(call, path, needs, depth);
            case References.GetParam _ -> {
                parameter(call, path);
                walk(call.argument(), path, needs, depth + 1);
            }
            case References.GetResource _ -> {
                walk(call.argument(), path, needs, depth + 1);
                wanted(() -> resource(call.argument(), path, needs));
            }
            case CfnFunctions.Ref _ -> wanted(() -> ref(call, path, needs));
            case Sub _ -> substitution(call, path, needs, depth);
            case YaqlFunction _ -> {
                YaqlFunction.unsupported(call.argument())
                        .ifPresent(problem ->
                                asValue(() ->
                                        findings.add(
                                                Rule.FUNCTION_UNSUPPORTED,
                                                call.nameRange(),
                                                path.toString(),
                                                problem.sentence())));
                walk(call.argument(), path, needs, depth + 1);
            }
            case References.GetAttr _ -> attribute(call, path, needs, depth);
            case CfnFunctions.GetAtt _ -> attribute(call, path, needs, depth);
            case null, default -> walk(call.argument(), path, needs, depth + 1);
        }
    }

    /** What Heat misses at once among the resources, and in the outputs when they are read. */
    private void wanted(Runnable look) {
        if (outside) {
            asValue(look);
        } else {
            look.run();
        }
    }

    private void branches(Expression.Call call, Path path, Set<String> needs, int depth) {
        var items = ((Expression.ListOf) call.argument()).items();
        Value truth = decided(items.getFirst(), path.at(0));
        for (int i = 1; i < items.size(); i++) {
            int branch = i;
            boolean taken = !(truth instanceof Value.Bool bool) || bool.value() == (i == 1);
            if (taken) {
                walk(items.get(i), path.at(i), needs, depth + 1);
            } else {
                findings.softly(() ->
                        walk(items.get(branch), path.at(branch), new LinkedHashSet<>(), depth + 1));
            }
        }
    }

    /**
     * Checks a condition and says what it is worth; an open one is a mistake where everything has
     * to be decided. What is wrong as it is written is not told again when it is worked out.
     */
    Value decided(Expression condition, Path path) {
        long before = findings.errors();
        condition(condition, path);
        Value truth =
                findings.errors() > before
                        ? evaluation.quietly(() -> evaluation.truth(condition))
                        : evaluation.at(path).truth(condition);
        if (options.decided()
                && truth instanceof Value.Unknown open
                && truth != Evaluation.FAILED) {
            findings.add(
                    Rule.CONDITION_OPEN,
                    condition.range(),
                    path.toString(),
                    "The condition depends on the parameter `%s`, which has no value. Give it one."
                            .formatted(open.source()));
        }
        return truth;
    }

    private void parameter(Expression.Call call, Path path) {
        Expression name =
                call.argument() instanceof Expression.ListOf list && !list.items().isEmpty()
                        ? list.items().getFirst()
                        : call.argument();
        if (name instanceof Expression.Literal literal
                && literal.value() instanceof Value.Text text) {
            parameter(text.value(), literal.range(), path);
        }
    }

    private void parameter(String name, TextRange range, Path path) {
        usedParameters.add(name);
        boolean known =
                template.parameters().containsKey(name) || ParameterValues.isPseudo(name, template);
        if (!known) {
            asValue(() ->
                    unknown(
                            Rule.UNKNOWN_PARAMETER,
                            name,
                            range,
                            path,
                            template.parameters().keySet(),
                            "The template has no parameter `%s`.".formatted(name)));
        }
    }

    /** Conditions are always worked out. */
    private void inCondition(Runnable look) {
        conditionDepth++;
        look.run();
        conditionDepth--;
    }

    /** What counts only when values are worked out, and is a warning otherwise. */
    private void asValue(Runnable finding) {
        if (options.values() || conditionDepth > 0) {
            finding.run();
        } else {
            findings.softly(finding);
        }
    }

    private void resource(Expression nameExpression, Path path, Set<String> needs) {
        Value value =
                nameExpression instanceof Expression.Literal literal
                        ? literal.value()
                        : evaluation.quietly(() -> evaluation.value(nameExpression));
        if (!(value instanceof Value.Text name)) {
            missing(value, nameExpression.range(), path);
            if (!(value instanceof Value.Unknown)) {
                findings.add(
                        Rule.FUNCTION_ARGUMENT,
                        nameExpression.range(),
                        path.toString(),
                        "The name of a resource is needed here, not %s."
                                .formatted(Nodes.kind(value)));
            }
            return;
        }
        if (active.contains(name.value())) {
            needs.add(name.value());
        } else {
            unknownResource(name.value(), nameExpression.range(), path);
        }
    }

    /** What has to be known to know what the template means, and is not without a parameter. */
    void missing(Value value, TextRange range, Path path) {
        if (options.decided()
                && value instanceof Value.Unknown(var source)
                && isMissing(source)
                && !findings.isSoft()) {
            findings.add(
                    Rule.PARAMETER_MISSING,
                    range,
                    path.toString(),
                    "The parameter `%s` has no value, and what this means depends on it. Enter a value."
                            .formatted(source));
        }
    }

    private void unknownResource(String name, TextRange range, Path path) {
        if (template.resources().containsKey(name)) {
            if (findings.isSoft()) {
                return;
            }
            findings.add(
                    Rule.UNKNOWN_RESOURCE,
                    range,
                    path.toString(),
                    "The resource `%s` does not exist with these parameters, because its condition is false. Put this into an `if` with the same condition."
                            .formatted(name));
            return;
        }
        unknown(
                Rule.UNKNOWN_RESOURCE,
                name,
                range,
                path,
                template.resources().keySet(),
                "The template has no resource `%s`.".formatted(name));
    }

    private void ref(Expression.Call call, Path path, Set<String> needs) {
        if (!(call.argument() instanceof Expression.Literal literal)
                || !(literal.value() instanceof Value.Text text)) {
            Runnable tell =
                    () ->
                            findings.add(
                                    Rule.FUNCTION_ARGUMENT,
                                    call.argument().range(),
                                    path.toString(),
                                    "Ref needs the name of a parameter or resource.");
            if (call.argument() instanceof Expression.Literal) {
                asValue(tell);
            } else {
                tell.run();
            }
            return;
        }
        reference(text.value(), literal.range(), path, needs);
    }

    private void reference(String name, TextRange range, Path path, Set<String> needs) {
        if (active.contains(name)) {
            needs.add(name);
        } else if (template.parameters().containsKey(name)
                || ParameterValues.isPseudo(name, template)) {
            usedParameters.add(name);
        } else if (template.resources().containsKey(name)) {
            unknownResource(name, range, path);
        } else {
            var names = new HashSet<>(template.resources().keySet());
            names.addAll(template.parameters().keySet());
            asValue(() ->
                    unknown(
                            Rule.UNKNOWN_RESOURCE,
                            name,
                            range,
                            path,
                            names,
                            "The template has neither a resource nor a parameter `%s`."
                                    .formatted(name)));
        }
    }

    private void substitution(Expression.Call call, Path path, Set<String> needs, int depth) {
        walk(call.argument(), path, needs, depth + 1);
        var given = Sub.given(call.argument()).stream().map(Expression.Member::key).toList();
        TextRange range = Sub.text(call.argument()).range();
        for (Sub.Part part : Sub.parts(call.argument())) {
            if (!part.name() || given.contains(part.text())) {
                continue;
            }
            String name = part.text();
            int dot = name.indexOf('.');
            if (dot > 0) {
                String resource = name.substring(0, dot);
                resource(new Expression.Literal(Value.of(resource), range), path, needs);
                knownAttribute(resource, name.substring(dot + 1), range, path);
            } else {
                reference(name, range, path, needs);
            }
        }
    }

    private void attribute(Expression.Call call, Path path, Set<String> needs, int depth) {
        walk(call.argument(), path, needs, depth + 1);
        if (!(call.argument() instanceof Expression.ListOf list) || list.items().isEmpty()) {
            return;
        }
        resource(list.items().getFirst(), path, needs);
        if (asked.wanted() && !findings.isSoft()) {
            asked(list, call.nameRange(), path);
        }
        if (list.items().size() < 2
                || !(quietly(list.items().getFirst()) instanceof Value.Text(var resource))) {
            return;
        }
        Expression attribute = list.items().get(1);
        switch (quietly(attribute)) {
            case Value.Text(var name) -> knownAttribute(resource, name, attribute.range(), path);
            case Value.Unknown _, Value.Null _ -> {}
            case Value.Bool _, Value.Num _, Value.Items _, Value.Entries _ ->
                    findings.add(
                            Rule.FUNCTION_ARGUMENT,
                            attribute.range(),
                            path.toString(),
                            "The name of an attribute is a text.");
        }
    }

    private Value quietly(Expression expression) {
        return expression instanceof Expression.Literal literal
                ? literal.value()
                : evaluation.quietly(() -> evaluation.value(expression));
    }

    /** From 2014-10-16 on, Heat reads the path into an attribute before it looks at anything. */
    private void asked(Expression.ListOf list, TextRange range, Path path) {
        Value name = evaluation.quietly(() -> evaluation.value(list.items().getFirst()));
        if (!(name instanceof Value.Text(String resource)) || list.items().size() < 2) {
            return;
        }
        boolean whole = template.version().since(TemplateVersion.HOT_2014_10_16);
        var missing =
                list.items().subList(1, whole ? list.items().size() : 2).stream()
                        .map(step -> evaluation.quietly(() -> evaluation.value(step)))
                        .flatMap(step -> Unknowns.in(step).stream())
                        .map(Value.Unknown::source)
                        .filter(this::isMissing)
                        .findFirst();
        Value attribute = evaluation.quietly(() -> evaluation.value(list.items().get(1)));
        String asks = attribute instanceof Value.Text(String text) ? text : "";
        missing.ifPresentOrElse(
                parameter -> asked.openly(resource, asks, parameter, range, path),
                () -> asked.plainly(resource, asks));
    }

    private boolean isMissing(String name) {
        return template.parameters().containsKey(name)
                && evaluation.parameters().find(name) == null;
    }

    private void knownAttribute(String resource, String attribute, TextRange range, Path path) {
        ResourceKind kind = kinds.get(resource);
        if (kind == null || !active.contains(resource) || attribute.equals("show")) {
            return;
        }
        Collection<String> known =
                switch (kind) {
                    case ResourceKind.Native type ->
                            type.type().can(Ability.DYNAMIC_ATTRIBUTES) || type.type().retired()
                                    ? List.of(attribute)
                                    : type.type().attributes().keySet();
                    case ResourceKind.Nested nested ->
                            attribute.equals("OS::stack_id") || attribute.startsWith("resource.")
                                    ? List.of(attribute)
                                    : nested.outputs();
                    case ResourceKind.Stranger _ -> List.of(attribute);
                };
        if (!known.contains(attribute)) {
            unknown(
                    Rule.UNKNOWN_ATTRIBUTE,
                    attribute,
                    range,
                    path,
                    known,
                    "`%s` is not an attribute of %s.".formatted(attribute, kind.name()));
        }
    }

    private void unknown(
            Rule rule,
            String name,
            TextRange range,
            Path path,
            Collection<String> names,
            String detail) {
        var guess = Guess.nearest(name, names);
        var fixes =
                guess.map(found -> new Fix[] {new Fix("Write " + found, range, found)})
                        .orElse(new Fix[0]);
        findings.add(
                rule,
                range,
                path.toString(),
                detail + guess.map(" Did you mean `%s`?"::formatted).orElse(""),
                fixes);
    }

    /** Checks a condition as it is written. */
    void condition(Expression expression, Path path) {
        switch (expression) {
            case Expression.Literal literal -> {
                if (literal.value() instanceof Value.Text name
                        && !template.conditions().containsKey(name.value())) {
                    unknown(
                            Rule.UNKNOWN_CONDITION,
                            name.value(),
                            literal.range(),
                            path,
                            template.conditions().keySet(),
                            "The template has no condition `%s`.".formatted(name.value()));
                } else if (!(literal.value() instanceof Value.Text)
                        && !(literal.value() instanceof Value.Bool)) {
                    noCondition(literal.range(), path, Nodes.kind(literal.value()));
                }
            }
            case Expression.ListOf list -> noCondition(list.range(), path, "a list");
            case Expression.MapOf map -> noCondition(map.range(), path, "a map");
            case Expression.Call call -> conditionCall(call, path.to(call.name()));
        }
    }

    private void noCondition(TextRange range, Path path, String kind) {
        findings.add(
                Rule.CONDITION_FORM,
                range,
                path.toString(),
                "A condition is needed here: its name, true or false, or a function such as %s; not %s."
                        .formatted(template.version().isHot() ? "equals" : "Fn::Equals", kind));
    }

    private void conditionCall(Expression.Call call, Path path) {
        Function function = conditionFunctions.find(call.name());
        if (function == null) {
            findings.add(
                    Rule.FUNCTION_NOT_HERE,
                    call.nameRange(),
                    path.toString(),
                    "%s cannot be used inside a condition. Conditions can look at parameters only."
                            .formatted(call.name()));
            return;
        }
        String mistake = function.mistake(call.argument());
        if (mistake != null) {
            findings.add(
                    Rule.FUNCTION_ARGUMENT,
                    call.nameRange(),
                    path.toString(),
                    call.name() + ": " + mistake);
            return;
        }
        switch (function) {
            case ConditionFunctions.Not not ->
                    condition(
                            not.inList() && call.argument() instanceof Expression.ListOf list
                                    ? list.items().getFirst()
                                    : call.argument(),
                            path);
            case ConditionFunctions.All _ ->
                    ((Expression.ListOf) call.argument()).items().forEach(c -> condition(c, path));
            case ConditionFunctions.Any _ ->
                    ((Expression.ListOf) call.argument()).items().forEach(c -> condition(c, path));
            case References.GetParam _ -> {
                inCondition(() -> parameter(call, path));
                conditionValue(call.argument(), path);
            }
            case CfnFunctions.ParameterRef _ -> {
                if (call.argument() instanceof Expression.Literal literal
                        && literal.value() instanceof Value.Text name) {
                    inCondition(() -> parameter(name.value(), literal.range(), path));
                }
            }
            default -> conditionValue(call.argument(), path);
        }
    }

    /** What is compared inside a condition. */
    private void conditionValue(Expression expression, Path path) {
        switch (expression) {
            case Expression.Literal _ -> {}
            case Expression.ListOf list -> list.items().forEach(item -> conditionValue(item, path));
            case Expression.MapOf map ->
                    map.members().forEach(member -> conditionValue(member.value(), path));
            case Expression.Call call -> conditionCall(call, path.to(call.name()));
        }
    }
}
