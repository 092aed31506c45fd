package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that decide. */
final class ConditionFunctions {

    private ConditionFunctions() {}

    /**
     * {@code if: [condition, then, else]}.
     *
     * @param mayLackElse whether the else may be left out, so that what stands around it goes away
     */
    record If(boolean mayLackElse) implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            int size = argument instanceof Expression.ListOf list ? list.items().size() : 0;
            if (size == 3 || (size == 2 && mayLackElse)) {
                return null;
            }
            return mayLackElse
                    ? "Write it as [condition, value if true, value if false]; the last may be left"
                            + " out."
                    : "Write it as [condition, value if true, value if false].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var branches = ((Expression.ListOf) call.argument()).items();
            Value truth = evaluation.truth(branches.getFirst());
            if (!(truth instanceof Value.Bool bool)) {
                return truth;
            }
            if (bool.value()) {
                return evaluation.maybe(branches.get(1));
            }
            return branches.size() == 3 ? evaluation.maybe(branches.get(2)) : Evaluation.ABSENT;
        }
    }

    /** Two values, compared. */
    record Equals() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right = argument instanceof Expression.ListOf list && list.items().size() == 2;
            return right ? null : "Write it as [value, value].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var items = ((Expression.ListOf) call.argument()).items();
            Value first = evaluation.conditionValue(items.get(0));
            Value second = evaluation.conditionValue(items.get(1));
            var unknown = Evaluation.unknownIn(first, second);
            return unknown.isPresent() ? unknown.get() : Value.of(Equality.equal(first, second));
        }
    }

    /**
     * The opposite.
     *
     * @param inList whether the condition stands in a list of one
     */
    record Not(boolean inList) implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            if (!inList) {
                return null;
            }
            boolean right = argument instanceof Expression.ListOf list && list.items().size() == 1;
            return right ? null : "Write it as a list of one condition.";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Expression condition =
                    inList && call.argument() instanceof Expression.ListOf list
                            ? list.items().getFirst()
                            : call.argument();
            Value truth = evaluation.truth(condition);
            return truth instanceof Value.Bool bool ? Value.of(!bool.value()) : truth;
        }
    }

    /** All of several conditions. */
    record All() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            return atLeastTwo(argument);
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            return first(call, evaluation, false);
        }
    }

    /** One of several conditions. */
    record Any() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            return atLeastTwo(argument);
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            return first(call, evaluation, true);
        }
    }

    private static @Nullable String atLeastTwo(Expression argument) {
        boolean right = argument instanceof Expression.ListOf list && list.items().size() >= 2;
        return right ? null : "Write it as a list of at least two conditions.";
    }

    /** Whether one of the conditions has the decisive value; unknown ones decide nothing. */
    private static Value first(Expression.Call call, Evaluation evaluation, boolean decisive) {
        List<Expression> conditions = ((Expression.ListOf) call.argument()).items();
        Value unknown = Value.of(!decisive);
        for (Expression condition : conditions) {
            Value truth = evaluation.truth(condition);
            if (truth instanceof Value.Bool bool && bool.value() == decisive) {
                return truth;
            }
            if (!(truth instanceof Value.Bool)) {
                unknown = truth;
            }
        }
        return unknown;
    }
}
