package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that make, join and search lists. */
final class ListFunctions {

    private ListFunctions() {}

    /**
     * {@code list_join: [delimiter, list…]}.
     *
     * @param many whether several lists, and lists and maps as items, are allowed
     */
    record Join(boolean many) implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right =
                    argument instanceof Expression.ListOf list
                            && (many ? list.items().size() >= 2 : list.items().size() == 2);
            if (right) {
                return null;
            }
            return many
                    ? "Write it as a delimiter and one or more lists: [\", \", [a, b]]."
                    : "Write it as a delimiter and one list: [\", \", [a, b]].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var arguments =
                    ((Expression.ListOf) call.argument())
                            .items().stream().map(evaluation::value).toList();
            if (arguments.getFirst() instanceof Value.Unknown unknown) {
                return unknown;
            }
            if (!(arguments.getFirst() instanceof Value.Text delimiter)) {
                return evaluation.failed(
                        call, "The delimiter of %s must be a text.".formatted(call.name()));
            }
            var items = new ArrayList<String>();
            for (Value list : arguments.subList(1, arguments.size())) {
                if (list instanceof Value.Null || (many && Equality.isNothing(list))) {
                    continue;
                }
                if (list instanceof Value.Unknown unknown) {
                    return unknown;
                }
                if (!(list instanceof Value.Items values)) {
                    return evaluation.failed(
                            call,
                            call.name()
                                    + " joins lists, not `%s`.".formatted(PythonText.shown(list)));
                }
                for (Value item : values.values()) {
                    var unknown = Evaluation.unknownIn(item);
                    if (unknown.isPresent()) {
                        return unknown.get();
                    }
                    switch (item) {
                        case Value.Null _ -> items.add("");
                        case Value.Text text -> items.add(text.value());
                        case Value.Items nested when many -> items.add(PythonText.json(nested));
                        case Value.Entries nested when many -> items.add(PythonText.json(nested));
                        case Value.Bool _,
                                Value.Num _,
                                Value.Items _,
                                Value.Entries _,
                                Value.Unknown _ -> {
                            return evaluation.failed(
                                    call,
                                    "The item `%s` is not a text. Put it in quotes, or use str_replace."
                                            .formatted(PythonText.shown(item)));
                        }
                    }
                }
            }
            long size =
                    items.stream().mapToLong(String::length).sum()
                            + (long) delimiter.value().length() * items.size();
            return evaluation.afford(size)
                    ? Value.of(String.join(delimiter.value(), items))
                    : evaluation.tooLarge(call);
        }
    }

    /** {@code filter: [values, list]}: the list without these values. */
    record Filter() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            return argument instanceof Expression.ListOf list && list.items().size() == 2
                    ? null
                    : "Write it as two lists: [values to leave out, list].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var arguments = ((Expression.ListOf) call.argument()).items();
            Value values = evaluation.value(arguments.get(0));
            Value list = evaluation.value(arguments.get(1));
            if (Equality.isNothing(list)) {
                return list;
            }
            if (list instanceof Value.Unknown || values instanceof Value.Unknown) {
                return list instanceof Value.Unknown ? list : values;
            }
            if (Equality.isNothing(values) && list instanceof Value.Items) {
                return list;
            }
            if (!(values instanceof Value.Items out) || !(list instanceof Value.Items in)) {
                return evaluation.failed(
                        call, "filter takes two lists: the values to leave out, and the list.");
            }
            var unknown = Evaluation.unknownIn(out, in);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            if (!evaluation.afford((long) in.values().size() * out.values().size() / 64)) {
                return evaluation.tooLarge(call);
            }
            return new Value.Items(
                    in.values().stream()
                            .filter(item -> !Equality.contains(out.values(), item))
                            .toList());
        }
    }

    /** {@code contains: [value, sequence]}. */
    record Contains() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            return argument instanceof Expression.ListOf list && list.items().size() == 2
                    ? null
                    : "Write it as [value, list to look in].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var arguments = ((Expression.ListOf) call.argument()).items();
            Value value = evaluation.value(arguments.get(0));
            Value sequence = evaluation.value(arguments.get(1));
            var unknown = Evaluation.unknownIn(value, sequence);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            if (sequence instanceof Value.Items items) {
                return Value.of(Equality.contains(items.values(), value));
            }
            if (sequence instanceof Value.Text text && value instanceof Value.Text part) {
                return Value.of(text.value().contains(part.value()));
            }
            return evaluation.failed(call, "contains looks in a list, or for a text in a text.");
        }
    }

    /** {@code list_concat} and {@code list_concat_unique}. */
    record Concat(boolean unique) implements Function {
        @Override
        public @Nullable String laterMistake(Expression argument) {
            return argument instanceof Expression.ListOf || argument instanceof Expression.Call
                    ? null
                    : "Write it as a list of lists.";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value argument = evaluation.value(call.argument());
            if (argument instanceof Value.Unknown unknown) {
                return unknown;
            }
            if (!(argument instanceof Value.Items lists)) {
                return evaluation.failed(call, call.name() + " takes a list of lists.");
            }
            var all = new ArrayList<Value>();
            for (Value list : lists.values()) {
                switch (list) {
                    case Value.Null _ -> {}
                    case Value.Items items -> all.addAll(items.values());
                    case Value.Unknown unknown -> {
                        return unknown;
                    }
                    case Value.Bool _, Value.Num _, Value.Text _, Value.Entries _ -> {
                        return evaluation.failed(
                                call,
                                "%s joins lists; `%s` is none."
                                        .formatted(call.name(), PythonText.shown(list)));
                    }
                }
            }
            if (!evaluation.afford(all.size())) {
                return evaluation.tooLarge(call);
            }
            return unique ? once(all) : new Value.Items(all);
        }

        private static Value once(List<Value> all) {
            var unknown = all.stream().flatMap(item -> Unknowns.in(item).stream()).findFirst();
            return unknown.isPresent()
                    ? unknown.get()
                    : new Value.Items(new ArrayList<>(Equality.distinct(all)));
        }
    }
}
