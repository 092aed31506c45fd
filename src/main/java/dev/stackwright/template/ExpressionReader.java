package dev.stackwright.template;

import java.util.ArrayList;
import java.util.Set;

/** Turns nodes into expressions: a map with one key that is a function's name becomes a call. */
final class ExpressionReader {

    private final FunctionTable values;
    private final FunctionTable conditions;

    ExpressionReader(TemplateVersion version, Set<Extension> extensions) {
        this.values = FunctionTable.of(version, extensions);
        this.conditions = FunctionTable.forConditions(version);
    }

    Expression read(Node node) {
        return read(node, false);
    }

    Expression condition(Node node) {
        return read(node, true);
    }

    private Expression read(Node node, boolean inCondition) {
        return switch (node) {
            case Node.Scalar scalar -> new Expression.Literal(scalar.value(), scalar.range());
            case Node.Sequence sequence -> {
                var items = new ArrayList<Expression>(sequence.items().size());
                sequence.items().forEach(item -> items.add(read(item, inCondition)));
                yield new Expression.ListOf(items, sequence.range());
            }
            case Node.Mapping mapping -> map(mapping, inCondition);
        };
    }

    private Expression map(Node.Mapping mapping, boolean inCondition) {
        if (mapping.entries().size() == 1) {
            Node.Entry only = mapping.entries().getFirst();
            // In a condition the names of all other functions are calls as well: forbidden ones.
            boolean call =
                    values.find(only.key()) != null
                            || (inCondition && conditions.find(only.key()) != null);
            if (call) {
                return new Expression.Call(
                        only.key(), only.keyRange(), argument(only, inCondition), mapping.range());
            }
        }
        var members = new ArrayList<Expression.Member>(mapping.entries().size());
        for (Node.Entry entry : mapping.entries()) {
            members.add(
                    new Expression.Member(
                            entry.key(), entry.keyRange(), read(entry.value(), inCondition)));
        }
        return new Expression.MapOf(members, mapping.range());
    }

    /** The first argument of an if is a condition, whatever stands around it. */
    private Expression argument(Node.Entry call, boolean inCondition) {
        boolean isIf = call.key().equals("if") || call.key().equals("Fn::If");
        if (isIf && call.value() instanceof Node.Sequence sequence && !sequence.items().isEmpty()) {
            var items = new ArrayList<Expression>(sequence.items().size());
            items.add(condition(sequence.items().getFirst()));
            sequence.items().stream().skip(1).forEach(item -> items.add(read(item, inCondition)));
            return new Expression.ListOf(items, sequence.range());
        }
        return read(call.value(), inCondition);
    }
}
