package dev.stackwright.web.resources;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.web.frame.Cell.Bit;
import dev.stackwright.web.frame.Visit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the things are called that a page points at, looked up kind by kind. What the viewer may not
 * see keeps its id and leads nowhere.
 */
final class Names {

    private static final int SHORT = 8;

    private final Visit visit;
    private final Map<ObjectRef, String> known = new HashMap<>();

    private Names(Visit visit) {
        this.visit = visit;
    }

    static Names of(Inventory inventory, Visit visit, Collection<ObjectRef> refs) {
        var names = new Names(visit);
        var ofKind = new EnumMap<Kind, Set<String>>(Kind.class);
        refs.forEach(ref ->
                ofKind.computeIfAbsent(ref.kind(), _ -> new LinkedHashSet<>()).add(ref.id()));
        ofKind.forEach((kind, ids) -> names.look(inventory, kind, List.copyOf(ids)));
        return names;
    }

    private void look(Inventory inventory, Kind kind, List<String> ids) {
        if (kind == Kind.SERVER) {
            inventory
                    .servers(visit.viewer(), ids)
                    .forEach(server ->
                            known.put(
                                    new ObjectRef(kind, server.id()),
                                    server.name().isBlank() ? brief(server.id()) : server.name()));
            return;
        }
        inventory
                .findAll(visit.viewer(), kind, ids)
                .forEach(object -> known.put(object.ref(), of(object)));
    }

    Bit bit(ObjectRef ref) {
        var name = known.get(ref);
        return name == null
                ? Bit.mono(ref.id())
                : Bit.of(name).leadingTo(ResourceLinks.href(visit, ref));
    }

    /** The name; of what has none, what tells it from others. */
    static String of(CloudObject object) {
        if (!object.name().isBlank()) {
            return object.name();
        }
        var address =
                object.kind() == Kind.PORT
                        ? object.facts().path("fixed_ips").path(0).path("ip_address").asString("")
                        : object.kind() == Kind.SUBNET ? object.text("cidr") : "";
        return address.isEmpty() ? brief(object.id()) : address;
    }

    private static String brief(String id) {
        return id.length() > SHORT + 1 ? id.substring(0, SHORT) + "…" : id;
    }
}
