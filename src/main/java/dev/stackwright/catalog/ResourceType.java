package dev.stackwright.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about one type of resource.
 *
 * @param title what a person calls it: "Router interface"
 * @param symbol the symbol that stands for it in lists and graphs
 * @param service the type of the service that has it, as in Keystone's catalog; null when the
 *     engine makes it by itself
 * @param collection the REST collection that it lives in
 * @param extension the API extension that the service must have
 * @param retired whether the service, or this part of it, does not exist any more
 * @param successor what new templates use instead: a type, or a property of one
 * @param nameLimit how long a generated name may be
 * @param replacedWhenCheckFailed whether an update builds it anew after a failed check
 */
public record ResourceType(
        String name,
        String title,
        String symbol,
        @Nullable String service,
        @Nullable String collection,
        @Nullable String extension,
        Support support,
        boolean retired,
        @Nullable String successor,
        int nameLimit,
        boolean replacedWhenCheckFailed,
        Set<Ability> abilities,
        Replacing replacing,
        List<ImplicitDependency> implicitDependencies,
        List<Translation> translations,
        Map<String, PropertySchema> updatePolicy,
        Map<String, PropertySchema> properties,
        Map<String, AttributeSchema> attributes) {

    public ResourceType {
        abilities = Set.copyOf(abilities);
        implicitDependencies = List.copyOf(implicitDependencies);
        translations = List.copyOf(translations);
        updatePolicy = Collections.unmodifiableMap(new LinkedHashMap<>(updatePolicy));
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** Whether resources of this type can do something. */
    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }
}
