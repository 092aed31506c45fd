package dev.stackwright.template;

import dev.stackwright.kernel.Value;

/** A function that older versions had; using it is a mistake, whatever its arguments. */
record Removed(String instead) implements Function {

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        return evaluation.failed(
                Rule.FUNCTION_REMOVED,
                call.nameRange(),
                "%s is not part of this version of HOT. Use %s.".formatted(call.name(), instead));
    }
}
