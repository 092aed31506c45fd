package dev.stackwright.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All resource types. The built-in one is read family by family, when the first type of a family is
 * asked for.
 */
public final class Catalog {

    private final List<String> families;
    private final Map<String, String> aliases;
    private final Map<String, Map<String, ResourceType>> read = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, ResourceType> all;

    private Catalog(List<String> families, Map<String, String> aliases) {
        this.families = families;
        this.aliases = aliases;
    }

    /** The types that come with Stackwright. */
    public static Catalog builtIn() {
        return BuiltIn.CATALOG;
    }

    /** A catalog of just these types. */
    public static Catalog of(Collection<ResourceType> types) {
        var catalog = new Catalog(List.of(), Map.of());
        catalog.all =
                types.stream()
                        .collect(
                                Collectors.toMap(
                                        ResourceType::name, t -> t, (a, _) -> a, TreeMap::new));
        return catalog;
    }

    /** This catalog with more types; those that it has stay what they are. */
    public Catalog with(Collection<ResourceType> more) {
        if (more.isEmpty()) {
            return this;
        }
        var catalog = new Catalog(families, aliases);
        var types = new TreeMap<String, ResourceType>();
        more.forEach(type -> types.put(type.name(), type));
        types.putAll(byName());
        catalog.all = types;
        return catalog;
    }

    /** The type of this name, or of the name that an old name stands for. */
    public Optional<ResourceType> find(String typeName) {
        var name = currentName(typeName);
        if (all != null) {
            return Optional.ofNullable(types(all).get(name));
        }
        var family = familyOf(name);
        return families.contains(family)
                ? Optional.ofNullable(family(family).get(name))
                : Optional.empty();
    }

    /** Every type, by name. */
    public Collection<ResourceType> types() {
        return Collections.unmodifiableCollection(byName().values());
    }

    /** The type whose name is most like this one, if any is like it at all. */
    public Optional<String> nearest(String name) {
        return Likeness.nearest(name, byName().keySet());
    }

    /** The property of this type whose name is most like this one. */
    public static Optional<String> nearestProperty(ResourceType type, String name) {
        return Likeness.nearest(name, type.properties().keySet());
    }

    private String currentName(String typeName) {
        var direct = aliases.get(typeName);
        if (direct != null) {
            return direct;
        }
        for (var alias : aliases.entrySet()) {
            if (alias.getKey().endsWith("*")) {
                var prefix = alias.getKey().substring(0, alias.getKey().length() - 1);
                if (typeName.startsWith(prefix)) {
                    return alias.getValue().replace("*", "") + typeName.substring(prefix.length());
                }
            }
        }
        return typeName;
    }

    private Map<String, ResourceType> byName() {
        var known = all;
        if (known == null) {
            known = new TreeMap<>();
            for (var family : families) {
                known.putAll(family(family));
            }
            all = known;
        }
        return known;
    }

    private static Map<String, ResourceType> types(@Nullable Map<String, ResourceType> known) {
        return known == null ? Map.of() : known;
    }

    private Map<String, ResourceType> family(String family) {
        return read.computeIfAbsent(family, CatalogReader::family);
    }

    /** {@code OS::Nova::Server} is described in {@code os-nova.json}. */
    private static String familyOf(String typeName) {
        var parts = typeName.split("::", 3);
        return parts.length < 3
                ? ""
                : (parts[0] + "-" + parts[1]).toLowerCase(java.util.Locale.ROOT);
    }

    private static final class BuiltIn {
        static final Catalog CATALOG = CatalogReader.catalog(Catalog::new);
    }
}
