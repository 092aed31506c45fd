package dev.stackwright.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.Hook;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one resource.
 *
 * @param name its logical name
 * @param type its type afterwards; that of the one that goes when it is deleted
 * @param title what a person calls such a thing: "Router interface"
 * @param symbol the symbol that stands for it
 * @param reasons why, without repeating the properties
 * @param properties every value that changes; of a new resource, every value that is given
 * @param needs the resources that it stands on, changed or not
 * @param after the resources whose own change comes first
 * @param forcedBy the paths of the properties that make it a replacement
 * @param rule the rule behind the replacement in words, without a full stop; or null
 * @param order of a replacement: whether the old one goes last or first
 * @param lost what is gone for good
 * @param changed what is another one afterwards
 * @param kept what a replacement does not touch
 * @param follows the resources whose replacement brings this about
 * @param physicalId of the object that exists now
 * @param deletionPolicy what becomes of the object that goes
 * @param inside what changes in the stack behind it, if it has one
 * @param hooks where the environment wants a person asked
 * @param deviations what somebody changed on the cloud, and what becomes of it
 * @param untold what could not be compared with the cloud; {@link Seen#EVERYTHING} when nothing
 *     could
 */
public record Change(
        String name,
        String type,
        String title,
        String symbol,
        Action action,
        Set<Reason> reasons,
        List<PropertyChange> properties,
        Set<String> needs,
        Set<String> after,
        List<String> forcedBy,
        @Nullable String rule,
        Replacing.Order order,
        List<String> lost,
        List<String> changed,
        List<String> kept,
        List<String> follows,
        @Nullable String physicalId,
        DeletionPolicy deletionPolicy,
        List<InnerChange> inside,
        Set<Hook> hooks,
        List<Deviation> deviations,
        Set<String> untold) {

    public Change {
        reasons = Collections.unmodifiableSet(new LinkedHashSet<>(reasons));
        properties = List.copyOf(properties);
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
        after = Collections.unmodifiableSet(new LinkedHashSet<>(after));
        forcedBy = List.copyOf(forcedBy);
        lost = List.copyOf(lost);
        changed = List.copyOf(changed);
        kept = List.copyOf(kept);
        follows = List.copyOf(follows);
        // Plans that were stored before there were nested stacks have none.
        inside = inside == null ? List.of() : List.copyOf(inside);
        hooks = hooks == null || hooks.isEmpty() ? Set.of() : inOrder(hooks);
        deviations = deviations == null ? List.of() : List.copyOf(deviations);
        untold =
                untold == null
                        ? Set.of()
                        : Collections.unmodifiableSet(new LinkedHashSet<>(untold));
    }

    /** Of a resource without a stack behind it. */
    public Change(
            String name,
            String type,
            String title,
            String symbol,
            Action action,
            Set<Reason> reasons,
            List<PropertyChange> properties,
            Set<String> needs,
            Set<String> after,
            List<String> forcedBy,
            @Nullable String rule,
            Replacing.Order order,
            List<String> lost,
            List<String> changed,
            List<String> kept,
            List<String> follows,
            @Nullable String physicalId,
            DeletionPolicy deletionPolicy) {
        this(
                name,
                type,
                title,
                symbol,
                action,
                reasons,
                properties,
                needs,
                after,
                forcedBy,
                rule,
                order,
                lost,
                changed,
                kept,
                follows,
                physicalId,
                deletionPolicy,
                List.of(),
                Set.of(),
                List.of(),
                Set.of());
    }

    private static Set<Hook> inOrder(Set<Hook> hooks) {
        return Collections.unmodifiableSet(EnumSet.copyOf(hooks));
    }

    /** The same with what a look at the cloud found. */
    Change seen(List<Deviation> found, Set<String> unseen) {
        return new Change(
                name,
                type,
                title,
                symbol,
                action,
                reasons,
                properties,
                needs,
                after,
                forcedBy,
                rule,
                order,
                lost,
                changed,
                kept,
                follows,
                physicalId,
                deletionPolicy,
                inside,
                hooks,
                found,
                unseen);
    }

    /** Whether anything happens to it at all. */
    public boolean isChange() {
        return action != Action.KEEP;
    }

    /** Whether the object that exists now goes. */
    public boolean endsTheOld() {
        return action == Action.REPLACE || action == Action.DELETE;
    }
}
