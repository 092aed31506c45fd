package dev.stackwright.template;

import dev.stackwright.catalog.Ability;
import dev.stackwright.catalog.ImplicitDependency;
import dev.stackwright.catalog.Translation;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The orders that a template does not spell out, as Heat makes them before anything exists, for
 * those who want exactly these. What is not made yet has no id, and two things without an id are
 * the same: a port waits for the subnets of all networks that are still to be made, and a server
 * without a plain network waits for every subnet. It takes the rules of the catalog, but looks at
 * every pair, so it grows with the square of the stack.
 */
final class OrderAsHeat {

    private static final String PORT = "OS::Neutron::Port";

    private final Map<String, ResourceDefinition> resources;
    private final Map<String, ResourceKind> kinds;
    private final Evaluation evaluation;

    OrderAsHeat(
            Template template,
            ParameterValues given,
            Map<String, String> files,
            Facade facade,
            Map<String, ResourceDefinition> resources,
            Map<String, ResourceKind> kinds) {
        this.resources = resources;
        this.kinds = kinds;
        var values = new LinkedHashMap<>(given.values());
        template.parameters().keySet().forEach(name -> values.putIfAbsent(name, Evaluation.FAILED));
        this.evaluation =
                new Evaluation(
                        template,
                        new ParameterValues(values, given.hidden()),
                        files,
                        Lookup.NOTHING_YET,
                        facade,
                        new Findings());
    }

    void addTo(Map<String, Set<String>> dependencies) {
        for (String name : resources.keySet()) {
            if (kinds.get(name) instanceof ResourceKind.Native kind) {
                Set<String> needs = dependencies.getOrDefault(name, Set.of());
                for (ImplicitDependency rule : kind.type().implicitDependencies()) {
                    for (String other : resources.keySet()) {
                        boolean fits = !other.equals(name) && typeOf(other).equals(rule.type());
                        if (fits && waits(name, rule, other, needs)) {
                            needs.add(other);
                        }
                    }
                }
            }
        }
    }

    private boolean waits(String name, ImplicitDependency rule, String other, Set<String> needs) {
        if (rule.own().isEmpty()) {
            return true;
        }
        if (rule.own().endsWith(" > fixed_ips[].subnet")) {
            boolean first = !typeOf(name).equals("OS::Neutron::FloatingIP");
            return needs.stream()
                    .filter(need -> typeOf(need).equals(PORT))
                    .anyMatch(port -> reachedBy(port, value(other, "subnet"), first));
        }
        if (rule.own().contains(" > ")) {
            return false;
        }
        int list = rule.own().indexOf("[].");
        if (list >= 0) {
            return oneOf(
                    property(name, rule.own().substring(0, list)),
                    rule.own().substring(0, list),
                    rule.own().substring(list + 3),
                    name,
                    value(other, rule.other()));
        }
        var own = value(name, rule.own());
        if (rule.type().equals("OS::Neutron::RouterGateway")
                && typeOf(name).equals("OS::Neutron::FloatingIP")
                && own.filter(Value.Null.class::isInstance).isPresent()) {
            return false; // the one place where two networks without an id are not the same
        }
        return own.isPresent() && own.equals(value(other, rule.other()));
    }

    /** Whether a list names a thing, where everything without an id may be it. */
    private boolean oneOf(
            Optional<Value> list, String path, String field, String name, Optional<Value> thing) {
        if (!(list.orElse(Value.NULL) instanceof Value.Items(var items))
                || items.isEmpty()
                || thing.isEmpty()) {
            return false;
        }
        return thing.get() instanceof Value.Null
                || items.stream()
                        .map(item -> field(name, item, path, field))
                        .anyMatch(item -> item instanceof Value.Null || item.equals(thing.get()));
    }

    /** Whether the subnet of a router interface is one of a port's. */
    private boolean reachedBy(String port, Optional<Value> subnet, boolean firstAlone) {
        var fixed = property(port, "fixed_ips");
        if (subnet.isEmpty() || fixed.isEmpty()) {
            return false;
        }
        if (!(fixed.get() instanceof Value.Items(var items)) || items.isEmpty()) {
            return !firstAlone && subnet.get() instanceof Value.Null;
        }
        return items.stream()
                .limit(firstAlone ? 1 : items.size())
                .anyMatch(item -> field(port, item, "fixed_ips", "subnet").equals(subnet.get()));
    }

    private String typeOf(String resource) {
        ResourceKind kind = kinds.get(resource);
        return kind == null ? "" : kind.name();
    }

    /** What Heat sees at a path such as {@code network}; nothing when it cannot be read at all. */
    private Optional<Value> value(String resource, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return property(resource, path);
        }
        String map = path.substring(0, dot);
        return property(resource, map)
                .filter(Value.Entries.class::isInstance)
                .map(entries -> field(resource, entries, map, path.substring(dot + 1)));
    }

    private Optional<Value> property(String resource, String name) {
        ResourceDefinition definition = resources.get(resource);
        if (definition == null || !(definition.properties() instanceof Expression.MapOf map)) {
            return Optional.of(Value.NULL);
        }
        Value found = Value.NULL;
        boolean missing = isRequired(resource, name);
        for (String key : names(resource, name)) {
            Optional<Expression.Member> member = map.find(key);
            missing &= member.isEmpty();
            if (member.isPresent() && found instanceof Value.Null) {
                Value value = evaluation.quietly(() -> evaluation.value(member.get().value()));
                if (failed(value)) {
                    return Optional.empty();
                }
                found = known(value);
            }
        }
        return missing ? Optional.empty() : Optional.of(found);
    }

    /** Without it, nothing of the resource can be read. */
    private boolean isRequired(String resource, String name) {
        if (!(kinds.get(resource) instanceof ResourceKind.Native kind)) {
            return false;
        }
        var schema = kind.type().properties().get(name);
        return schema != null && schema.required();
    }

    private Value field(String resource, Value map, String parent, String name) {
        if (!(map instanceof Value.Entries(var entries))) {
            return Value.NULL;
        }
        return names(resource, parent + "." + name).stream()
                .map(key -> entries.getOrDefault(key, Value.NULL))
                .filter(value -> !(value instanceof Value.Null))
                .findFirst()
                .orElse(Value.NULL);
    }

    /** What a property is called, now and before. */
    private List<String> names(String resource, String path) {
        var names = new ArrayList<String>();
        names.add(last(path));
        if (kinds.get(resource) instanceof ResourceKind.Native kind) {
            for (Translation translation : kind.type().translations()) {
                if (translation instanceof Translation.Rename rename
                        && rename.path().equals(path)) {
                    names.add(last(rename.from()));
                }
            }
        }
        return names;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static boolean failed(Value value) {
        return switch (value) {
            case Value.Unknown unknown -> unknown.equals(Evaluation.FAILED);
            case Value.Items items -> items.values().stream().anyMatch(OrderAsHeat::failed);
            case Value.Entries entries ->
                    entries.values().values().stream().anyMatch(OrderAsHeat::failed);
            case Value.Null _, Value.Bool _, Value.Num _, Value.Text _ -> false;
        };
    }

    /** Without what is not made yet: it has no id, though some go by their names already. */
    private Value known(Value value) {
        return switch (value) {
            case Value.Unknown unknown ->
                    kinds.get(unknown.source()) instanceof ResourceKind.Native kind
                                    && !kind.type().can(Ability.OWN_REFERENCE)
                            ? Value.of(unknown.source())
                            : Value.NULL;
            case Value.Items items ->
                    new Value.Items(items.values().stream().map(this::known).toList());
            case Value.Entries entries -> {
                var known = new LinkedHashMap<String, Value>();
                entries.values().forEach((key, inside) -> known.put(key, known(inside)));
                yield new Value.Entries(known);
            }
            case Value.Null _, Value.Bool _, Value.Num _, Value.Text _ -> value;
        };
    }
}
