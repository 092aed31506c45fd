package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import org.jspecify.annotations.Nullable;

/** {@code yaql: {expression, data}}. Its shape is checked; evaluating it is still to come. */
record Yaql() implements Function {

    @Override
    public @Nullable String mistake(Expression argument) {
        if (!(argument instanceof Expression.MapOf map) || map.find("expression").isEmpty()) {
            return "Write it with two keys: expression (a YAQL text) and data.";
        }
        for (Expression.Member member : map.members()) {
            if (!member.key().equals("expression") && !member.key().equals("data")) {
                return "`%s` is neither expression nor data.".formatted(member.key());
            }
        }
        Expression expression = map.find("expression").get().value();
        boolean text =
                expression instanceof Expression.Call
                        || (expression instanceof Expression.Literal literal
                                && literal.value() instanceof Value.Text);
        return text ? null : "The expression of yaql must be a text.";
    }

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        return evaluation.failed(
                Rule.FUNCTION_UNSUPPORTED,
                call.nameRange(),
                "yaql is not supported yet. Often str_replace, list_join, filter or a path in"
                        + " get_param do the same.");
    }
}
