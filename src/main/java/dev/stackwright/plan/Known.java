package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import dev.stackwright.template.Lookup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about each resource while the plan is made, dependencies first: of what is kept,
 * all that it told; of what becomes another one, nothing.
 */
final class Known implements Lookup {

    /** An output of this name is what a reference to the resource is worth. */
    private static final String OWN_REFERENCE = "OS::stack_id";

    private final @Nullable DeployedStack before;
    private final Map<String, Action> decided = new HashMap<>();
    private final Map<String, Map<String, Value>> ownValues = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<String, Map<String, Value>> foreseen = new HashMap<>();

    Known(@Nullable DeployedStack before) {
        this.before = before;
    }

    /**
     * @param changed the top-level properties that get a new value in place: an attribute of the
     *     same name will tell it
     */
    void decide(String resource, Action action, Map<String, Value> changed) {
        decided.put(resource, action);
        ownValues.put(resource, changed);
    }

    /** What a resource with a stack behind it will tell once that is what it is to be. */
    void foresee(String resource, Map<String, Value> attributes) {
        foreseen.put(resource, attributes);
    }

    /** Whether references to it change, or it is there for the first time. */
    boolean becomesAnother(String resource) {
        var action = decided.get(resource);
        return action == Action.REPLACE || action == Action.CREATE || action == Action.ADOPT;
    }

    boolean isTouched(String resource) {
        var action = decided.get(resource);
        return action != null && action != Action.KEEP;
    }

    /**
     * Whether an unknown of this name is only not recorded, though what it names does not change.
     */
    boolean isSettled(String source) {
        return settled.contains(source);
    }

    @Override
    public Value reference(String resource) {
        var own = foreseen.getOrDefault(resource, Map.of()).get(OWN_REFERENCE);
        if (own != null) {
            return own;
        }
        var deployed = standing(resource);
        return deployed == null ? Lookup.NOTHING_YET.reference(resource) : deployed.reference();
    }

    @Override
    public Value attribute(String resource, List<Value> asked) {
        var path = InnerPath.of(asked);
        var name = path.isEmpty() || !(path.getFirst() instanceof Value.Text(var text)) ? "" : text;
        var own = ownValues.getOrDefault(resource, Map.of()).get(name);
        if (own != null) {
            return descend(own, path, 1);
        }
        var unknown = Lookup.NOTHING_YET.attribute(resource, path);
        var told = foreseen.get(resource);
        if (told != null) {
            return foreseen(told, name, path, unknown);
        }
        var deployed = standing(resource);
        if (deployed == null) {
            return unknown;
        }
        if (path.isEmpty()) {
            return new Value.Entries(deployed.attributes());
        }
        var recorded = deployed.attributes().get(name);
        if (recorded == null) {
            if (unknown instanceof Value.Unknown(var source)) {
                settled.add(source);
            }
            return unknown;
        }
        return descend(recorded, path, 1);
    }

    private static Value foreseen(
            Map<String, Value> told, String name, List<Value> path, Value unknown) {
        if (path.isEmpty()) {
            return new Value.Entries(told);
        }
        var value = told.get(name);
        if (value != null) {
            return descend(value, path, 1);
        }
        // A new member may tell what no other one does.
        return told.isEmpty() || told.values().stream().anyMatch(Value::hasUnknown)
                ? unknown
                : Value.NULL;
    }

    /** The deployed resource, unless another one takes its place. */
    private @Nullable DeployedResource standing(String resource) {
        if (before == null || becomesAnother(resource)) {
            return null;
        }
        return before.resources().get(resource);
    }

    private static Value descend(Value value, List<Value> path, int from) {
        var here = value;
        for (var step : path.subList(Math.min(from, path.size()), path.size())) {
            here = inside(here, step);
        }
        return here;
    }

    private static Value inside(Value value, Value step) {
        return switch (value) {
            case Value.Entries(var entries) when step instanceof Value.Text(var key) ->
                    entries.getOrDefault(key, Value.NULL);
            case Value.Items(var items) -> {
                var index = index(step);
                yield index >= 0 && index < items.size() ? items.get(index) : Value.NULL;
            }
            case Value.Unknown unknown -> unknown;
            case Value.Null _, Value.Bool _, Value.Num _, Value.Text _, Value.Entries _ ->
                    Value.NULL;
        };
    }

    private static int index(Value step) {
        return switch (step) {
            case Value.Num(var number) -> number.intValue();
            case Value.Text(var text) when text.matches("\\d{1,6}") -> Integer.parseInt(text);
            case Value.Null _,
                    Value.Bool _,
                    Value.Text _,
                    Value.Items _,
                    Value.Entries _,
                    Value.Unknown _ ->
                    -1;
        };
    }
}
