package dev.stackwright.plan;

import dev.stackwright.template.Expression;

/** Whether two expressions say the same, wherever they stand in their texts. */
final class SameText {

    private SameText() {}

    static boolean of(Expression one, Expression other) {
        return switch (one) {
            case Expression.Literal(var value, _) ->
                    other instanceof Expression.Literal(var otherValue, _)
                            && value.equals(otherValue);
            case Expression.ListOf(var items, _) ->
                    other instanceof Expression.ListOf(var otherItems, _)
                            && items.size() == otherItems.size()
                            && pairwise(items, otherItems);
            case Expression.MapOf map ->
                    other instanceof Expression.MapOf otherMap && of(map, otherMap);
            case Expression.Call(var name, _, var argument, _) ->
                    other instanceof Expression.Call(var otherName, _, var otherArgument, _)
                            && name.equals(otherName)
                            && of(argument, otherArgument);
        };
    }

    private static boolean of(Expression.MapOf one, Expression.MapOf other) {
        if (one.members().size() != other.members().size()) {
            return false;
        }
        var byKey = new java.util.HashMap<String, Expression>();
        other.members().forEach(member -> byKey.put(member.key(), member.value()));
        return one.members().stream()
                .allMatch(member -> {
                    var value = byKey.get(member.key());
                    return value != null && of(member.value(), value);
                });
    }

    private static boolean pairwise(
            java.util.List<Expression> ones, java.util.List<Expression> others) {
        for (var i = 0; i < ones.size(); i++) {
            if (!of(ones.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
