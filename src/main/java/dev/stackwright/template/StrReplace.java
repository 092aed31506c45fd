package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code str_replace: {template, params}}: puts values in the place of their names, the longest
 * name first, without looking again at what was put in.
 *
 * @param containers whether lists and maps may be put in, as JSON
 * @param strict whether every name must occur
 * @param veryStrict whether, besides, no value may be empty
 */
record StrReplace(boolean containers, boolean strict, boolean veryStrict) implements Function {

    private static final String USAGE =
            "Write it with two keys: template (a text) and params (a map of names to values).";

    @Override
    public @Nullable String mistake(Expression argument) {
        if (!(argument instanceof Expression.MapOf map)) {
            return USAGE;
        }
        var params = map.find("params");
        if (params.isEmpty() || map.find("template").isEmpty()) {
            return USAGE;
        }
        boolean usable =
                params.get().value() instanceof Expression.MapOf
                        || params.get().value() instanceof Expression.Call;
        return usable ? null : "params must be a map of names to values.";
    }

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        var map = (Expression.MapOf) call.argument();
        Value template = evaluation.value(map.find("template").orElseThrow().value());
        Value params = evaluation.value(map.find("params").orElseThrow().value());
        return replace(call, evaluation, template, params);
    }

    Value replace(Expression.Call call, Evaluation evaluation, Value template, Value params) {
        if (template instanceof Value.Unknown || params instanceof Value.Unknown) {
            return template instanceof Value.Unknown ? template : params;
        }
        if (!(template instanceof Value.Text text)) {
            return evaluation.failed(
                    call, "The template of %s must be a text.".formatted(call.name()));
        }
        if (!(params instanceof Value.Entries entries)) {
            return evaluation.failed(
                    call, "The params of %s must be a map.".formatted(call.name()));
        }
        var pieces = new Pieces(text.value(), names(entries.values()));
        if (strict && !pieces.unused().isEmpty()) {
            return evaluation.failed(
                    call,
                    "These params do not occur in the template: %s. Remove them, or use str_replace."
                            .formatted(String.join(", ", pieces.unused())));
        }
        var texts = new LinkedHashMap<String, String>();
        for (var param : entries.values().entrySet()) {
            Value value = param.getValue();
            if (param.getKey().isEmpty()) {
                return evaluation.failed(call, "A name to be replaced cannot be empty.");
            }
            if (pieces.unused().contains(param.getKey()) && Unknowns.in(value).isPresent()) {
                continue;
            }
            var unknown = Evaluation.unknownIn(value);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            if (veryStrict && isEmpty(value)) {
                return evaluation.failed(
                        call,
                        "The value of `%s` is empty, which %s does not allow."
                                .formatted(param.getKey(), call.name()));
            }
            if (!containers && (value instanceof Value.Items || value instanceof Value.Entries)) {
                return evaluation.failed(
                        call,
                        "The value of `%s` is a list or map. This version of %s takes texts and numbers only; from 2015-10-15 on it writes JSON."
                                .formatted(param.getKey(), call.name()));
            }
            texts.put(param.getKey(), value instanceof Value.Null ? "" : PythonText.str(value));
        }
        long size = pieces.length(texts);
        return evaluation.afford(size) ? Value.of(pieces.join(texts)) : evaluation.tooLarge(call);
    }

    private static boolean isEmpty(Value value) {
        return switch (value) {
            case Value.Null _ -> true;
            case Value.Text text -> text.value().isEmpty();
            case Value.Items items -> items.values().isEmpty();
            case Value.Entries entries -> entries.values().isEmpty();
            case Value.Bool bool -> !bool.value();
            case Value.Num _, Value.Unknown _ -> false;
        };
    }

    private static List<String> names(Map<String, Value> params) {
        return new TreeMap<>(params)
                .keySet().stream()
                        .filter(name -> !name.isEmpty())
                        .sorted(
                                Comparator.comparingInt((String name) ->
                                                name.codePointCount(0, name.length()))
                                        .reversed())
                        .toList();
    }

    /** The template cut up: texts that stay and names that are replaced. */
    private static final class Pieces {
        private record Piece(String text, boolean isName) {}

        private List<Piece> pieces;
        private final List<String> unused = new ArrayList<>();

        Pieces(String template, List<String> names) {
            pieces = List.of(new Piece(template, false));
            for (String name : names) {
                boolean found = false;
                var finer = new ArrayList<Piece>(pieces.size());
                for (Piece piece : pieces) {
                    if (piece.isName() || !piece.text().contains(name)) {
                        finer.add(piece);
                        continue;
                    }
                    found = true;
                    split(piece.text(), name, finer);
                }
                pieces = finer;
                if (!found) {
                    unused.add(name);
                }
            }
        }

        private static void split(String text, String name, List<Piece> into) {
            int from = 0;
            for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, from)) {
                if (at > from) {
                    into.add(new Piece(text.substring(from, at), false));
                }
                into.add(new Piece(name, true));
                from = at + name.length();
            }
            if (from < text.length()) {
                into.add(new Piece(text.substring(from), false));
            }
        }

        List<String> unused() {
            return unused;
        }

        long length(Map<String, String> values) {
            long length = 0;
            for (Piece piece : pieces) {
                length +=
                        piece.isName()
                                ? values.getOrDefault(piece.text(), "").length()
                                : piece.text().length();
            }
            return length;
        }

        String join(Map<String, String> values) {
            var text = new StringBuilder();
            for (Piece piece : pieces) {
                text.append(piece.isName() ? values.getOrDefault(piece.text(), "") : piece.text());
            }
            return text.toString();
        }
    }
}
