package dev.stackwright.stack.resource;

import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.PropertyType;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the objects of one type from a list of their service and holds each against what was
 * applied, property by property as the type's schema has them. What a template leaves open is not
 * compared, but for switches, which have a default; what the service does not give back is untold.
 */
final class LiveView {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    static final JsonNode UNTOLD = NODES.missingNode();

    private final Listing listing;
    private final Map<String, String> renamed;
    private final Map<String, String> kinds;
    private final Set<String> left;
    private final Set<String> own;
    private final Set<String> ordered;
    private final Map<String, Telling> tellings;
    private final Finding finding;
    private final boolean derived;

    /** How an object tells a property that is not simply a field of it. */
    interface Telling {
        /** Missing when it does not tell. */
        JsonNode of(JsonNode live, JsonNode given, Sight sight);
    }

    /** How an object is found in its list. */
    interface Finding {
        Optional<JsonNode> in(List<JsonNode> listed, String id, Sight sight);
    }

    private LiveView(
            Listing listing,
            Map<String, String> renamed,
            Map<String, String> kinds,
            Set<String> left,
            Set<String> own,
            Set<String> ordered,
            Map<String, Telling> tellings,
            Finding finding,
            boolean derived) {
        this.listing = listing;
        this.renamed = renamed;
        this.kinds = kinds;
        this.left = left;
        this.own = own;
        this.ordered = ordered;
        this.tellings = tellings;
        this.finding = finding;
        this.derived = derived;
    }

    static LiveView of(Listing listing) {
        return new LiveView(
                listing,
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of("value_specs", LiveView::further),
                (listed, id, _) ->
                        listed.stream()
                                .filter(one -> one.path("id").asString("").equals(id))
                                .findFirst(),
                false);
    }

    /** The fields of the object that a template names as the service does. */
    private static JsonNode further(JsonNode live, JsonNode given, Sight sight) {
        var named = RestHandler.object();
        for (var field : given.propertyNames()) {
            if (!live.has(field)) {
                return UNTOLD;
            }
            named.set(field, live.path(field));
        }
        return named;
    }

    /** Of a type that is plain create, show, update and delete. */
    static LiveView of(RestType data) {
        var plain = of(new Listing(data.service(), data.listed(), data.many(), data.query(), ""));
        return new LiveView(
                plain.listing,
                data.renamed(),
                data.resolved(),
                data.left(),
                plain.own,
                plain.ordered,
                plain.tellings,
                plain.finding,
                false);
    }

    LiveView kinds(Map<String, String> these) {
        return new LiveView(
                listing, renamed, these, left, own, ordered, tellings, finding, derived);
    }

    LiveView renamed(Map<String, String> these) {
        return new LiveView(listing, these, kinds, left, own, ordered, tellings, finding, derived);
    }

    /** Properties that are no business of the service. */
    LiveView own(String... properties) {
        var all = new LinkedHashSet<>(own);
        all.addAll(List.of(properties));
        return new LiveView(
                listing, renamed, kinds, left, all, ordered, tellings, finding, derived);
    }

    /** Properties that it does not give back, though it may have a field of that name. */
    LiveView untold(String... properties) {
        var all = new LinkedHashSet<>(left);
        all.addAll(List.of(properties));
        return new LiveView(listing, renamed, kinds, all, own, ordered, tellings, finding, derived);
    }

    /** Lists whose order counts. */
    LiveView ordered(String... properties) {
        return new LiveView(
                listing, renamed, kinds, left, own, Set.of(properties), tellings, finding, derived);
    }

    LiveView telling(String property, Telling telling) {
        var all = new LinkedHashMap<>(tellings);
        all.put(property, telling);
        return new LiveView(listing, renamed, kinds, left, own, ordered, all, finding, derived);
    }

    /** Where the id is not that of an object of its own. */
    LiveView found(Finding how) {
        return new LiveView(listing, renamed, kinds, left, own, ordered, tellings, how, true);
    }

    /** One look at one resource. */
    record Sight(ResourceType type, Map<String, Value> applied, Lists lists) {

        JsonNode given(String property) {
            return Properties.json(type, property, new Value.Entries(applied));
        }

        /** The id of what a template calls by its name; empty when nobody knows it. */
        Optional<String> id(String kind, String nameOrId) {
            return LiveNames.id(lists, kind, nameOrId);
        }
    }

    Listing listing() {
        return listing;
    }

    Seen look(ResourceType type, Map<String, Value> applied, String id, Lists lists) {
        var sight = new Sight(type, applied, lists);
        var listed = lists.of(listing);
        if (listed.isEmpty()) {
            return Seen.UNSEEN;
        }
        var live = finding.in(listed.get(), id, sight);
        if (live.isEmpty()) {
            boolean gone = derived ? lists.areFresh() : lists.isGone(listing, id);
            return gone ? Seen.GONE : Seen.UNSEEN;
        }
        return compared(sight, live.get());
    }

    private Seen compared(Sight sight, JsonNode live) {
        var different = new LinkedHashMap<String, Value>();
        var untold = new LinkedHashSet<String>();
        var lasting = new LinkedHashSet<String>();
        sight.type()
                .properties()
                .forEach((name, schema) -> {
                    var given = sight.applied().get(name);
                    boolean isGiven = given != null && !(given instanceof Value.Null);
                    if (own.contains(name) || (!isGiven && !isSwitch(schema))) {
                        return;
                    }
                    if (schema.secret() || (given != null && given.hasUnknown())) {
                        untold.add(name);
                        return;
                    }
                    var wanted = sight.given(name);
                    var now = told(name, live, wanted, sight);
                    if (now.isMissingNode()) {
                        if (isGiven) {
                            untold.add(name);
                        }
                        return;
                    }
                    try {
                        var sameness = new Sameness(sight, kinds.get(name), ordered.contains(name));
                        if (!sameness.same(wanted, now) || hasMore(schema, wanted, now)) {
                            different.put(
                                    name, Properties.value(sameness.inWords(schema, wanted, now)));
                            if (lasts(sight.type(), name, wanted, now)) {
                                lasting.add(name);
                            }
                        }
                    } catch (Unnamed e) {
                        untold.add(name);
                    }
                });
        return new Seen(false, new Value.Entries(different), untold, lasting, Map.of());
    }

    /** A map without fields of its own has no others than the template gives. */
    private static boolean hasMore(PropertySchema schema, JsonNode wanted, JsonNode now) {
        return wanted.isObject() && schema.fields().isEmpty() && now.size() > wanted.size();
    }

    private static boolean isSwitch(PropertySchema schema) {
        return schema.type() == PropertyType.BOOLEAN
                && schema.updateAllowed()
                && schema.defaultValue() instanceof Value.Bool;
    }

    private JsonNode told(String name, JsonNode live, JsonNode wanted, Sight sight) {
        var telling = tellings.get(name);
        if (telling != null) {
            return telling.of(live, wanted, sight);
        }
        if (left.contains(name)) {
            return UNTOLD;
        }
        return live.path(renamed.getOrDefault(name, name));
    }

    /** A volume only grows. */
    private static boolean lasts(ResourceType type, String name, JsonNode wanted, JsonNode now) {
        return type.name().equals("OS::Cinder::Volume")
                && name.equals("size")
                && now.asInt(0) > wanted.asInt(0);
    }

    /** Something is called by a name that nobody knows. */
    private static final class Unnamed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unnamed() {
            super(null, null, false, false);
        }
    }

    /** Whether a value of a template and one of a service are the same. */
    private record Sameness(Sight sight, @Nullable String kind, boolean ordered) {

        boolean same(JsonNode given, JsonNode live) {
            return same(given, live, kind);
        }

        private boolean same(JsonNode given, JsonNode live, @Nullable String kind) {
            if (isNothing(given)) {
                return isNothing(live);
            }
            if (given.isArray()) {
                return live.isArray()
                        ? given.size() == live.size() && sameItems(given, live, kind)
                        : given.isEmpty() && isNothing(live);
            }
            if (given.isObject()) {
                return live.isObject()
                        ? sameFields(given, live)
                        : given.isEmpty() && isNothing(live);
            }
            return sameWord(given, live, kind);
        }

        private boolean sameItems(JsonNode given, JsonNode live, @Nullable String kind) {
            if (ordered) {
                for (int at = 0; at < given.size(); at++) {
                    if (!same(given.get(at), live.get(at), kind)) {
                        return false;
                    }
                }
                return true;
            }
            var left = new ArrayList<JsonNode>();
            live.forEach(left::add);
            for (var one : given) {
                var match = left.stream().filter(other -> same(one, other, kind)).findFirst();
                if (match.isEmpty()) {
                    return false;
                }
                left.remove(match.get());
            }
            return true;
        }

        /** What is given counts; a service fills in the rest. */
        private boolean sameFields(JsonNode given, JsonNode live) {
            return given.properties().stream()
                    .filter(field -> !isNothing(field.getValue()))
                    .allMatch(field ->
                            live.has(field.getKey())
                                    ? same(field.getValue(), live.path(field.getKey()), null)
                                    : live.has(field.getKey() + "_id")
                                            && same(
                                                    field.getValue(),
                                                    live.path(field.getKey() + "_id"),
                                                    field.getKey()));
        }

        private boolean sameWord(JsonNode given, JsonNode live, @Nullable String kind) {
            if (live.isContainer()) {
                return false;
            }
            if (given.isBoolean()) {
                return given.asString().equalsIgnoreCase(live.asString(""));
            }
            if (given.isNumber() && live.isNumber()) {
                return given.decimalValue().compareTo(live.decimalValue()) == 0;
            }
            var word = given.asString().strip();
            var other = live.asString("").strip();
            if (word.equals(other)) {
                return true;
            }
            if (kind == null) {
                return false;
            }
            return sight.id(kind, word).orElseThrow(Unnamed::new).equals(other);
        }

        private static boolean yes(JsonNode live) {
            return live.isBoolean() ? live.asBoolean() : live.asString("").equalsIgnoreCase("true");
        }

        /** The live value as the template would say it. */
        JsonNode inWords(PropertySchema schema, JsonNode given, JsonNode live) {
            if (live.isArray() && schema.item() != null && !schema.item().fields().isEmpty()) {
                var fields = fields(schema.item(), given);
                var items = NODES.arrayNode();
                live.forEach(item -> items.add(known(given, item, fields)));
                return items;
            }
            if (live.isObject() && !schema.fields().isEmpty()) {
                return words(live, fields(schema, NODES.arrayNode().add(given)));
            }
            return schema.type() == PropertyType.BOOLEAN && !isNothing(live)
                    ? NODES.booleanNode(yes(live))
                    : live;
        }

        /** What the template says of it, if it does; else what the service tells. */
        private JsonNode known(JsonNode given, JsonNode item, Set<String> fields) {
            for (var one : given) {
                if (same(one, item, kind)) {
                    return one;
                }
            }
            return words(item, fields);
        }

        /** The fields that the template gives, or all when it gives none. */
        private static Set<String> fields(PropertySchema schema, JsonNode given) {
            var fields = new LinkedHashSet<String>();
            for (var item : given) {
                item.properties().stream()
                        .filter(field -> !isNothing(field.getValue()))
                        .forEach(field -> fields.add(field.getKey()));
            }
            return fields.isEmpty() ? schema.fields().keySet() : fields;
        }

        private static ObjectNode words(JsonNode live, Set<String> fields) {
            var words = RestHandler.object();
            for (var field : fields) {
                var value = live.has(field) ? live.path(field) : live.path(field + "_id");
                if (!isNothing(value)) {
                    words.set(field, value);
                }
            }
            return words;
        }

        private static boolean isNothing(JsonNode value) {
            return value.isNull()
                    || value.isMissingNode()
                    || (value.isString() && value.asString().isEmpty());
        }
    }
}
