package dev.stackwright.template;

import dev.stackwright.kernel.Value;

/** {@code Fn::ImportValue: name}: an output that another stack exports under that name. */
record ImportValue() implements Function {

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        Value name = evaluation.value(call.argument());
        return switch (name) {
            case Value.Unknown unknown -> unknown;
            case Value.Text(String text) -> evaluation.lookup().exported(text);
            case Value.Null _, Value.Bool _, Value.Num _, Value.Items _, Value.Entries _ ->
                    evaluation.failed(
                            Rule.FUNCTION_ARGUMENT,
                            call.nameRange(),
                            "Fn::ImportValue needs the name of an export, not %s."
                                    .formatted(Nodes.kind(name)));
        };
    }
}
