package dev.stackwright.template.yaql;

import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;

/** A YAQL expression, read. */
sealed interface Term {

    record Constant(Value value) implements Term {}

    /** {@code $} is the empty name, {@code $1} is 1. */
    record Variable(String name) implements Term {}

    record ListOf(List<Term> items) implements Term {}

    record MapOf(List<Map.Entry<Term, Term>> entries) implements Term {}

    record Member(Term target, String name, boolean nullSafe) implements Term {}

    record At(Term target, List<Term> indexes) implements Term {}

    /** A call; a method's target is its first argument. */
    record Call(String name, List<Term> arguments, Map<String, Term> named, boolean nullSafe)
            implements Term {}

    record Unary(String operator, Term operand) implements Term {}

    record Binary(String operator, Term left, Term right) implements Term {}
}
