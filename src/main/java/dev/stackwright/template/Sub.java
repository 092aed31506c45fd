package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code Fn::Sub: text} or {@code Fn::Sub: [text, {name: value}]}: each {@code ${name}} becomes the
 * value given for it, else what Ref says, and {@code ${resource.attribute}} what Fn::GetAtt says.
 * {@code ${!name}} is the plain text {@code ${name}}.
 */
record Sub() implements Function {

    private static final String HOW =
            "Write it as a text with ${Name}, or as [text, {Name: value}].";

    /** A part of the text: as it stands, or a name to be filled in. */
    record Part(String text, boolean name) {}

    @Override
    public @Nullable String mistake(Expression argument) {
        boolean list =
                argument instanceof Expression.ListOf items
                        && items.items().size() == 2
                        && items.items().get(0) instanceof Expression.Literal first
                        && first.value() instanceof Value.Text
                        && items.items().get(1) instanceof Expression.MapOf;
        boolean text =
                argument instanceof Expression.Literal literal
                        && literal.value() instanceof Value.Text;
        return list || text ? null : HOW;
    }

    static Expression.Literal text(Expression argument) {
        return (Expression.Literal)
                (argument instanceof Expression.ListOf list ? list.items().getFirst() : argument);
    }

    static List<Expression.Member> given(Expression argument) {
        return argument instanceof Expression.ListOf list
                        && list.items().get(1) instanceof Expression.MapOf map
                ? map.members()
                : List.of();
    }

    static List<Part> parts(Expression argument) {
        String text = ((Value.Text) text(argument).value()).value();
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            parts.add(new Part(text.substring(at, open), false));
            String name = text.substring(open + 2, close).strip();
            parts.add(
                    name.startsWith("!")
                            ? new Part("${" + name.substring(1) + "}", false)
                            : new Part(name, true));
            at = close + 1;
        }
        parts.add(new Part(text.substring(at), false));
        return parts;
    }

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        var values = new LinkedHashMap<String, Value>();
        for (Expression.Member member : given(call.argument())) {
            values.put(member.key(), evaluation.value(member.value()));
        }
        var text = new StringBuilder();
        for (Part part : parts(call.argument())) {
            if (!part.name()) {
                text.append(part.text());
                continue;
            }
            Value value = named(part.text(), values, call, evaluation);
            switch (value) {
                case Value.Unknown unknown -> {
                    return unknown;
                }
                case Value.Null _ -> {}
                case Value.Text _, Value.Num _, Value.Bool _ -> text.append(PythonText.str(value));
                case Value.Items(var items) when !value.hasUnknown() ->
                        text.append(String.join(",", items.stream().map(PythonText::str).toList()));
                case Value.Items _, Value.Entries _ -> {
                    return value.hasUnknown()
                            ? Unknowns.in(value).orElseThrow()
                            : evaluation.failed(
                                    call,
                                    "`%s` is %s, which does not fit into a text."
                                            .formatted(part.text(), Nodes.kind(value)));
                }
            }
        }
        return evaluation.text(call, text);
    }

    private static Value named(
            String name, Map<String, Value> values, Expression.Call call, Evaluation evaluation) {
        Value own = values.get(name);
        if (own != null) {
            return own;
        }
        int dot = name.indexOf('.');
        String resource = dot < 0 ? name : name.substring(0, dot);
        if (!evaluation.template().resources().containsKey(resource)) {
            return References.GetParam.parameter(name, call, evaluation);
        }
        return dot < 0
                ? evaluation.lookup().reference(resource)
                : evaluation
                        .lookup()
                        .attribute(resource, List.of(Value.of(name.substring(dot + 1))));
    }
}
