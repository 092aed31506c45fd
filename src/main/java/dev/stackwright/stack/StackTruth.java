package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.plan.InnerPath;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.Lookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the resources of a stack tell about themselves, as they stand in the database. */
final class StackTruth implements Lookup {

    private final StackStore store;
    private final Truths truths;
    private final UUID stack;
    private final boolean lasting;
    private final Map<String, Applied> read = new HashMap<>();

    /**
     * @param lasting whether what is being replaced speaks until its successor can
     */
    StackTruth(StackStore store, Truths truths, UUID stack, boolean lasting) {
        this.lasting = lasting;
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
                        row(name)
                                .map(row -> {
                                    var applied = Applied.read(row.applied());
                                    return truths.isInside(row)
                                            ? applied.telling(truths.attributes(row))
                                            : applied;
                                })
                                .orElse(Applied.NOTHING));
    }

    private Optional<ResourceRow> row(String name) {
        var current = store.current(stack, name);
        if (!lasting || current.filter(row -> row.applied() != null).isPresent()) {
            return current;
        }
        return store.resources(stack).stream()
                .filter(row -> row.view().name().equals(name) && row.applied() != null)
                .filter(row -> row.standing() == ResourceRow.Standing.OLD)
                .reduce((_, last) -> last)
                .or(() -> current);
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
