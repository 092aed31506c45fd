package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import dev.stackwright.template.yaql.Yaql;
import dev.stackwright.template.yaql.YaqlProblem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code yaql: {expression, data}}. */
record YaqlFunction() implements Function {

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
        if (expression instanceof Expression.Call) {
            return null;
        }
        return expression instanceof Expression.Literal literal
                        && literal.value() instanceof Value.Text text
                ? mistakeIn(text.value())
                : "The expression of yaql must be a text.";
    }

    private static @Nullable String mistakeIn(String expression) {
        try {
            Yaql.read(expression);
            return null;
        } catch (YaqlProblem problem) {
            return problem.sentence();
        }
    }

    /** What a written expression asks for that is not there. */
    static Optional<YaqlProblem> unsupported(Expression argument) {
        return argument instanceof Expression.MapOf map
                        && map.find("expression").isPresent()
                        && map.find("expression").get().value()
                                instanceof Expression.Literal literal
                        && literal.value() instanceof Value.Text(String text)
                ? Yaql.read(text).unsupported()
                : Optional.empty();
    }

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        var map = (Expression.MapOf) call.argument();
        Value expression = evaluation.value(map.find("expression").orElseThrow().value());
        Value data =
                map.find("data")
                        .map(member -> evaluation.value(member.value()))
                        .orElse(new Value.Entries(Map.of()));
        var unknown = Evaluation.unknownIn(expression, data);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        if (!(expression instanceof Value.Text text)) {
            return evaluation.failed(
                    Rule.FUNCTION_ARGUMENT,
                    call.nameRange(),
                    "The expression of yaql must be a text.");
        }
        try {
            return Yaql.read(text.value()).evaluate(data);
        } catch (YaqlProblem problem) {
            return problem.isUnsupported()
                    ? evaluation.failed(
                            Rule.FUNCTION_UNSUPPORTED, call.nameRange(), problem.sentence())
                    : evaluation.failed(call, problem.sentence());
        }
    }
}
