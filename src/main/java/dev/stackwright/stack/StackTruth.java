package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.plan.InnerPath;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.Lookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the resources of a stack tell about themselves, as they stand in the database. */
final class StackTruth implements Lookup {

    private final StackStore store;
    private final Truths truths;
    private final UUID stack;
    private final Map<String, Applied> read = new HashMap<>();

    StackTruth(StackStore store, Truths truths, UUID stack) {
        this.store = store;
        this.truths = truths;
        this.stack = stack;
    }

    @Override
    public Value reference(String resource) {
        var reference = applied(resource).reference();
        return reference instanceof Value.Null ? new Value.Unknown(resource) : reference;
    }

    @Override
    public Value attribute(String resource, List<Value> asked) {
        var path = InnerPath.of(asked);
        var applied = applied(resource);
        if (applied.reference() instanceof Value.Null) {
            return new Value.Unknown(resource);
        }
        Value here = new Value.Entries(applied.attributes());
        for (var step : path) {
            here = inside(here, step);
        }
        return here;
    }

    private Applied applied(String resource) {
        return read.computeIfAbsent(
                resource,
                name ->
                        store.current(stack, name)
                                .map(row -> {
                                    var applied = Applied.read(row.applied());
                                    return truths.isInside(row)
                                            ? applied.telling(truths.attributes(row))
                                            : applied;
                                })
                                .orElse(Applied.NOTHING));
    }

    private static Value inside(Value value, Value step) {
        if (value instanceof Value.Entries(var entries)) {
            return entries.getOrDefault(word(step), Value.NULL);
        }
        if (value instanceof Value.Items(var items) && word(step).matches("\\d{1,6}")) {
            int index = Integer.parseInt(word(step));
            return index < items.size() ? items.get(index) : Value.NULL;
        }
        return Value.NULL;
    }

    private static String word(Value step) {
        return switch (step) {
            case Value.Text(var text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Null _, Value.Bool _, Value.Items _, Value.Entries _, Value.Unknown _ -> "";
        };
    }
}
