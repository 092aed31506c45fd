package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import org.jspecify.annotations.Nullable;

/** A function of the template language. */
interface Function {

    /**
     * What is wrong with the argument as it is written, or null; what only shows once the argument
     * is worked out comes later.
     */
    default @Nullable String mistake(Expression argument) {
        return null;
    }

    /**
     * What is wrong with the argument as it is written, but is told by Heat only when it works the
     * function out: an error before a launch, and none of the template as such.
     */
    default @Nullable String laterMistake(Expression argument) {
        return null;
    }

    /** The result; what cannot be known yet is {@link Value.Unknown}. */
    Value evaluate(Expression.Call call, Evaluation evaluation);
}
