package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.plan.InnerPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What a resource tells that has a stack behind it. Pure. */
final class InnerAttributes {

    private InnerAttributes() {}

    /**
     * A resource inside.
     *
     * @param attributes by name, or unknown as a whole
     */
    record Inner(Value reference, Value attributes) {

        private Value attribute(String name) {
            return attributes instanceof Value.Entries(var all)
                    ? all.getOrDefault(name, Value.NULL)
                    : attributes;
        }

        private Set<String> names() {
            return attributes instanceof Value.Entries(var all) ? all.keySet() : Set.of();
        }
    }

    /** Of a template that is used as a type: its outputs, and what is inside. */
    static Map<String, Value> ofTemplate(Map<String, Value> outputs, Map<String, Inner> inside) {
        var told = inside(inside);
        told.putAll(outputs);
        return told;
    }

    /** Of a whole stack as one resource. */
    static Map<String, Value> ofStack(String name, Map<String, Value> outputs) {
        var told = new LinkedHashMap<String, Value>();
        told.put("stack_name", Value.of(name));
        told.put("outputs", new Value.Entries(outputs));
        // Amazon's way to ask for one of them.
        outputs.forEach((output, value) -> told.put("Outputs." + output, value));
        return told;
    }

    /**
     * Of a group.
     *
     * @param members in their order
     * @param removed the names that are not used any more
     */
    static Map<String, Value> ofGroup(
            String type, Map<String, Inner> members, Collection<String> removed) {
        var told = inside(members);
        var lists = new LinkedHashMap<String, Value>();
        var maps = new LinkedHashMap<String, Value>();
        for (var name : names(members)) {
            var list = new ArrayList<Value>();
            var map = new LinkedHashMap<String, Value>();
            members.forEach((member, inner) -> {
                list.add(inner.attribute(name));
                map.put(member, inner.attribute(name));
            });
            lists.put(name, new Value.Items(list));
            maps.put(name, new Value.Entries(map));
        }
        var references = new LinkedHashMap<String, Value>();
        members.forEach((name, inner) -> references.put(name, inner.reference()));
        if (type.equals("OS::Heat::AutoScalingGroup")) {
            told.put("outputs", new Value.Entries(maps));
            told.put("outputs_list", new Value.Entries(lists));
            told.put("current_size", Value.of(members.size()));
        } else {
            told.putAll(lists);
            told.put("attributes", new Value.Entries(maps));
            told.put(
                    "removed_rsrc_list",
                    new Value.Items(removed.stream().<Value>map(Value::of).toList()));
        }
        if (ServerGroups.is(type)) {
            told.put("InstanceList", addresses(members.values()));
        }
        told.put("refs", new Value.Items(new ArrayList<>(references.values())));
        told.put("refs_map", new Value.Entries(references));
        return told;
    }

    /** The first address of each member, with commas between. */
    private static Value addresses(Collection<Inner> members) {
        var addresses = new ArrayList<String>();
        for (var member : members) {
            switch (member.attribute("first_address")) {
                case Value.Text(var address) -> addresses.add(address);
                case Value.Unknown unknown -> {
                    return unknown;
                }
                default -> {}
            }
        }
        return Value.of(String.join(",", addresses));
    }

    private static Set<String> names(Map<String, Inner> members) {
        var names = new LinkedHashSet<String>();
        members.values().forEach(inner -> names.addAll(inner.names()));
        return names;
    }

    private static Map<String, Value> inside(Map<String, Inner> inside) {
        var told = new LinkedHashMap<String, Value>();
        inside.forEach((name, inner) -> {
            var path = InnerPath.to(name);
            told.put(path, inner.reference());
            inner.names()
                    .forEach(attribute ->
                            told.put(path + "." + attribute, inner.attribute(attribute)));
        });
        return told;
    }
}
