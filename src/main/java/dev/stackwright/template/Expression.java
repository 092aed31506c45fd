package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Optional;

/** A value as a template writes it: literal data with function calls inside. */
public sealed interface Expression {

    TextRange range();

    /** A text, number, flag or null. */
    record Literal(Value value, TextRange range) implements Expression {}

    /** A list of expressions. */
    record ListOf(List<Expression> items, TextRange range) implements Expression {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    /** A map of expressions. */
    record MapOf(List<Member> members, TextRange range) implements Expression {
        public MapOf {
            members = List.copyOf(members);
        }

        public Optional<Member> find(String key) {
            return members.stream().filter(member -> member.key().equals(key)).findFirst();
        }
    }

    /** One key of a map with its value. */
    record Member(String key, TextRange keyRange, Expression value) {}

    /**
     * A call of a function of the template's version, such as {@code get_param}.
     *
     * @param nameRange where the function's name stands
     */
    record Call(String name, TextRange nameRange, Expression argument, TextRange range)
            implements Expression {}

    /** Nothing written at all: an empty map. */
    static MapOf nothing(TextRange range) {
        return new MapOf(List.of(), range);
    }
}
