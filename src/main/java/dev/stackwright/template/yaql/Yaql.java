package dev.stackwright.template.yaql;

import dev.stackwright.kernel.Value;
import java.util.Optional;

/** A YAQL expression that could be read. */
public final class Yaql {

    private final Term term;

    private Yaql(Term term) {
        this.term = term;
    }

    /**
     * Reads an expression.
     *
     * @throws YaqlProblem when it cannot be understood
     */
    public static Yaql read(String expression) {
        return new Yaql(Reader.read(expression));
    }

    /** What there is to say about a function that is not there, before it is given any data. */
    public Optional<YaqlProblem> unsupported() {
        return FunctionNames.strangerIn(term).map(YaqlProblem::unsupported);
    }

    /**
     * Its value, with the data under {@code $.data}.
     *
     * @throws YaqlProblem when it has none
     */
    public Value evaluate(Value data) {
        boolean barePairs =
                term instanceof Term.Call call
                        && call.name().equals("items")
                        && call.named().isEmpty();
        if (barePairs) {
            throw YaqlProblem.of(
                    "items() gives pairs, which are no result by themselves. Add a step such as"
                            + " toList().");
        }
        return new Evaluator().evaluate(term, data);
    }
}
