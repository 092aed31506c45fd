package dev.stackwright.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.Hook;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a change together; most of it is empty for most changes. */
final class ChangeBuilder {

    private final String name;
    private final String typeName;
    private final @Nullable ResourceType type;
    private final Action action;
    private final Known known;
    private Set<Reason> reasons = Set.of();
    private List<PropertyChange> properties = List.of();
    private List<String> forcedBy = List.of();
    private @Nullable String rule;
    private Replacing.Order order = Replacing.Order.CREATE_FIRST;
    private List<String> lost = List.of();
    private List<String> changed = List.of();
    private List<String> kept = List.of();
    private @Nullable String physicalId;
    private DeletionPolicy policy = DeletionPolicy.DELETE;
    private List<InnerChange> inside = List.of();
    private Set<Hook> hooks = Set.of();
    private List<Deviation> deviations = List.of();
    private Set<String> untold = Set.of();

    ChangeBuilder(
            String name, String typeName, @Nullable ResourceType type, Action action, Known known) {
        this.name = name;
        this.typeName = typeName;
        this.type = type;
        this.action = action;
        this.known = known;
    }

    ChangeBuilder reasons(Set<Reason> these) {
        reasons = these;
        return this;
    }

    ChangeBuilder properties(List<PropertyChange> these) {
        properties = these;
        return this;
    }

    ChangeBuilder forcedBy(List<String> paths) {
        forcedBy = paths;
        return this;
    }

    ChangeBuilder rule(@Nullable String sentence) {
        rule = sentence;
        return this;
    }

    ChangeBuilder order(Replacing.Order which) {
        order = which;
        return this;
    }

    ChangeBuilder lost(List<String> what) {
        lost = what;
        return this;
    }

    ChangeBuilder changed(List<String> what) {
        changed = what;
        return this;
    }

    ChangeBuilder kept(List<String> what) {
        kept = what;
        return this;
    }

    ChangeBuilder physicalId(@Nullable String id) {
        physicalId = id;
        return this;
    }

    ChangeBuilder policy(DeletionPolicy which) {
        policy = which;
        return this;
    }

    ChangeBuilder inside(List<InnerChange> these) {
        inside = these;
        return this;
    }

    ChangeBuilder hooks(Set<Hook> these) {
        hooks = these;
        return this;
    }

    ChangeBuilder seen(List<Deviation> these, Set<String> unseen) {
        deviations = these;
        untold = unseen;
        return this;
    }

    Change build() {
        return new Change(
                name,
                typeName,
                type == null ? typeName : type.title(),
                type == null ? "template" : type.symbol(),
                action,
                reasons,
                properties,
                Set.of(),
                Set.of(),
                forcedBy,
                rule,
                order,
                lost,
                changed,
                kept,
                follows(),
                physicalId,
                policy,
                inside,
                hooks,
                deviations,
                untold);
    }

    /** What it follows: only a resource that was there before can follow another. */
    private List<String> follows() {
        if (action != Action.UPDATE && action != Action.REPLACE) {
            return List.of();
        }
        return reasons.stream()
                .filter(reason -> reason.kind() == Reason.Kind.DEPENDENCY)
                .map(Reason::name)
                .filter(known::isTouched)
                .distinct()
                .toList();
    }
}
