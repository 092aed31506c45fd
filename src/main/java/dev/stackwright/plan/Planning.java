package dev.stackwright.plan;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.Replacing;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.graph.Graph;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.DeployedResource.Standing;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.Expression;
import dev.stackwright.template.Hook;
import dev.stackwright.template.Lookup;
import dev.stackwright.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The making of one plan, dependencies first, so that each resource sees what was decided about
 * those that it refers to. The questions are asked in Heat's order: another type, a failure, never
 * made, always anew, any difference, refused, not possible in place, in place.
 */
final class Planning {

    private final Catalog catalog;
    private final Sizes sizes;
    private final @Nullable DeployedStack before;
    private final @Nullable Template textBefore;
    private final Wanted wanted;
    private final Map<String, Seen> live;
    private final Nested nested;
    private final Secrets secrets;
    private final Known known;
    private final Comparison comparison;
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final Map<String, Deviations> deviations = new LinkedHashMap<>();
    private final QuotaCount quota;
    private final List<Diagnostic> refusals = new ArrayList<>();

    Planning(
            Catalog catalog,
            Sizes sizes,
            @Nullable DeployedStack before,
            @Nullable Template textBefore,
            Wanted wanted,
            Map<String, Seen> live,
            Nested nested) {
        this.live = live;
        this.nested = nested;
        this.catalog = catalog;
        this.sizes = sizes;
        this.before = before;
        this.textBefore = textBefore;
        this.wanted = wanted;
        this.secrets = Secrets.of(catalog, before, wanted);
        this.known = new Known(before);
        this.comparison = new Comparison(catalog, before, textBefore, wanted, secrets, known);
        this.quota = new QuotaCount(sizes);
    }

    Plan plan(PlanKind kind) {
        refuseOtherValues();
        for (var name : wanted.graph().order()) {
            var resource = wanted.resources().get(name);
            if (resource != null) {
                decide(resource);
            }
        }
        deleteTheRest();
        var steps = new Steps(changes, wanted.graph(), oldGraph());
        return new Plan(
                kind,
                wanted.stack(),
                before == null ? 0 : before.revision(),
                steps.changesInOrder(),
                steps.all(),
                quota.effects(),
                new Diagnostics(refusals));
    }

    /** What the resources tell once the plan is carried out, as far as that can be known. */
    Lookup after() {
        return known;
    }

    private void decide(Wanted.Resource resource) {
        var deployed = deployed(resource.name());
        if (isAdopted(resource) || (deployed != null && deployed.adopted())) {
            adopt(resource, deployed);
            return;
        }
        var type = catalog.find(resource.type()).orElse(null);
        var news = properties(resource, type);
        if (deployed == null || deployed.standing() == Standing.MISSING || isGone(resource)) {
            create(resource, type, news, deployed != null);
            return;
        }
        var applied = OldNames.translated(deployed.properties().values(), type);
        var olds = standing(resource, applied, news, type);
        if (!deployed.type().equals(resource.type())) {
            var reasons = new LinkedHashSet<>(Set.of(Reason.TYPE));
            if (textBefore != null && typeTextBefore(resource).equals(resource.typeInText())) {
                reasons.add(Reason.ENVIRONMENT);
            }
            replace(resource, type, deployed, olds, news, List.of(), reasons);
            return;
        }
        if (isBroken(deployed, type)) {
            var differences = comparison.changes(resource, type, applied, olds, news);
            replace(resource, type, deployed, olds, news, differences, Set.of(Reason.FAILED));
            return;
        }
        compare(resource, type, deployed, applied, olds, news);
    }

    private boolean isGone(Wanted.Resource resource) {
        var seen = live.get(resource.name());
        return seen != null && seen.gone();
    }

    /**
     * What was applied, as it stands now where somebody looked; without what is to stay as it is
     * there.
     */
    private Map<String, Value> standing(
            Wanted.Resource resource,
            Map<String, Value> applied,
            Map<String, Value> news,
            @Nullable ResourceType type) {
        var seen = live.get(resource.name());
        if (seen == null) {
            return applied;
        }
        var found = new Deviations(type, secrets, seen);
        var standing = found.standing(applied, news);
        deviations.put(resource.name(), found);
        return standing;
    }

    private void compare(
            Wanted.Resource resource,
            @Nullable ResourceType type,
            DeployedResource deployed,
            Map<String, Value> applied,
            Map<String, Value> olds,
            Map<String, Value> news) {
        var differences = new ArrayList<>(comparison.changes(resource, type, applied, olds, news));
        if (Replacement.onEveryUpdate(resource.type())) {
            replace(resource, type, deployed, olds, news, differences, Set.of(Reason.REQUESTED));
            return;
        }
        differences.addAll(metadataChanges(resource, deployed));
        refuseImmutable(resource, type, differences);
        if (differences.stream().anyMatch(PropertyChange::forcesReplacement)) {
            replace(resource, type, deployed, olds, news, differences, Set.of());
            return;
        }
        var inside = nested.inside(resource.name(), true, new Value.Entries(news)).orElse(null);
        var unfinished = deployed.standing() == Standing.FAILED_BUT_SOUND;
        if (differences.isEmpty() && !unfinished && (inside == null || !inside.moves())) {
            keep(resource, type, deployed);
            return;
        }
        var reasons =
                unfinished
                        ? Set.of(Reason.FAILED)
                        : differences.isEmpty() ? Set.of(Reason.TEMPLATE) : Set.<Reason>of();
        update(resource, type, deployed, olds, news, differences, reasons, inside);
    }

    private List<PropertyChange> metadataChanges(
            Wanted.Resource resource, DeployedResource deployed) {
        var now = wanted.resolver().apply(resource.metadata(), known);
        var nothing = new Value.Entries(Map.of());
        var old = deployed.metadata() instanceof Value.Null ? nothing : deployed.metadata();
        return ValueDiff.between(
                        "(metadata)",
                        null,
                        old,
                        now instanceof Value.Null ? nothing : now,
                        known::isSettled)
                .stream()
                .map(d ->
                        new PropertyChange(
                                d.path(),
                                d.before(),
                                d.after(),
                                false,
                                secrets.in(d.before())
                                        || secrets.in(d.after())
                                        || Uses.of(resource.metadata()).parameters().stream()
                                                .anyMatch(wanted.hidden()::contains),
                                Reason.TEMPLATE))
                .toList();
    }

    private void refuseImmutable(
            Wanted.Resource resource,
            @Nullable ResourceType type,
            List<PropertyChange> differences) {
        if (type == null) {
            return;
        }
        for (var difference : differences) {
            var schema = type.properties().get(topLevel(difference.path()));
            if (schema != null && schema.immutable()) {
                refusals.add(
                        refusal(
                                PlanRule.CANNOT_CHANGE,
                                "%s of %s (%s) can neither be changed nor does a change replace it. Put the old value back, or give the resource another name."
                                        .formatted(schema.name(), resource.name(), resource.type()),
                                resource,
                                "properties." + schema.name()));
            }
        }
    }

    private void adopt(Wanted.Resource resource, @Nullable DeployedResource deployed) {
        var type = catalog.find(resource.type()).orElse(null);
        var id = wanted.resolver().apply(externalId(resource), known);
        if (deployed == null || deployed.standing() == Standing.MISSING) {
            known.decide(resource.name(), Action.ADOPT, Map.of());
            record(
                    change(resource.name(), resource.type(), type, Action.ADOPT)
                            .properties(
                                    List.of(
                                            new PropertyChange(
                                                    "external_id",
                                                    null,
                                                    id,
                                                    false,
                                                    secrets.in(id),
                                                    Reason.TEMPLATE)))
                            .reasons(Set.of(Reason.TEMPLATE))
                            .build());
            return;
        }
        var same =
                deployed.adopted()
                        && id instanceof Value.Text(var text)
                        && text.equals(deployed.physicalId());
        if (!same) {
            refusals.add(
                    refusal(
                            PlanRule.ADOPTED,
                            "external_id of %s cannot be added, changed or removed once the resource exists. Give the resource another name."
                                    .formatted(resource.name()),
                            resource,
                            "external_id"));
        }
        keep(resource, type, deployed);
    }

    private void create(
            Wanted.Resource resource,
            @Nullable ResourceType type,
            Map<String, Value> news,
            boolean again) {
        known.decide(resource.name(), Action.CREATE, ownValues(resource.type(), news));
        var inside = made(resource, news);
        if (inside == null || !inside.foreseen()) {
            quota.created(resource.type(), news);
        }
        record(
                change(resource.name(), resource.type(), type, Action.CREATE)
                        .reasons(Set.of(again ? Reason.MISSING : Reason.TEMPLATE))
                        .properties(comparison.given(resource, type, news))
                        .policy(resource.deletionPolicy())
                        .inside(inside == null ? List.of() : inside.changes())
                        .build());
    }

    /** What is made behind a new resource. */
    private @Nullable Inside made(Wanted.Resource resource, Map<String, Value> news) {
        var inside = nested.inside(resource.name(), false, new Value.Entries(news)).orElse(null);
        if (inside != null) {
            take(resource, inside);
        }
        return inside;
    }

    /** With what is lost in the stack behind it. */
    private static List<String> and(List<String> losses, @Nullable Inside inside) {
        if (inside == null) {
            return losses;
        }
        var all = new ArrayList<>(losses);
        all.addAll(inside.lost());
        return all;
    }

    private void take(Wanted.Resource resource, Inside inside) {
        known.foresee(resource.name(), inside.attributes());
        quota.inside(inside.quota());
        for (var problem : inside.problems()) {
            refusals.add(
                    refusal(
                            PlanRule.INSIDE,
                            "Inside %s: %s".formatted(resource.name(), problem),
                            resource,
                            "type"));
        }
    }

    private void keep(
            Wanted.Resource resource, @Nullable ResourceType type, DeployedResource deployed) {
        known.decide(resource.name(), Action.KEEP, Map.of());
        record(
                change(resource.name(), resource.type(), type, Action.KEEP)
                        .physicalId(shown(deployed.physicalId()))
                        .policy(resource.deletionPolicy())
                        .build());
    }

    private void update(
            Wanted.Resource resource,
            @Nullable ResourceType type,
            DeployedResource deployed,
            Map<String, Value> olds,
            Map<String, Value> news,
            List<PropertyChange> differences,
            Set<Reason> reasons,
            @Nullable Inside inside) {
        var touched = new LinkedHashMap<String, Value>();
        for (var difference : differences) {
            var name = topLevel(difference.path());
            var value = news.get(name);
            if (value != null) {
                touched.put(name, value);
            }
        }
        known.decide(resource.name(), Action.UPDATE, touched);
        if (inside != null) {
            take(resource, inside);
        }
        if (inside == null || !inside.foreseen()) {
            quota.updated(resource.type(), olds, news);
        }
        record(
                change(resource.name(), resource.type(), type, Action.UPDATE)
                        .reasons(withCauses(reasons, differences))
                        .properties(differences)
                        .lost(
                                and(
                                        Replacement.lossesInPlace(
                                                type, differences, deployed, sizes),
                                        inside))
                        .physicalId(shown(deployed.physicalId()))
                        .policy(resource.deletionPolicy())
                        .inside(inside == null ? List.of() : inside.changes())
                        .build());
    }

    private void replace(
            Wanted.Resource resource,
            @Nullable ResourceType type,
            DeployedResource deployed,
            Map<String, Value> olds,
            Map<String, Value> news,
            List<PropertyChange> differences,
            Set<Reason> reasons) {
        var oldType = catalog.find(deployed.type()).orElse(null);
        known.decide(resource.name(), Action.REPLACE, ownValues(resource.type(), news));
        var order = order(resource, type, olds, news);
        var stays = leavesItsObject(deployed, resource.deletionPolicy());
        var inside = made(resource, news);
        var gone = stays ? Optional.<Inside>empty() : nested.inside(resource.name(), true, null);
        gone.ifPresent(old -> quota.inside(old.quota()));
        if ((inside == null || !inside.foreseen()) && gone.isEmpty()) {
            quota.replaced(deployed.type(), olds, resource.type(), news, stays, order);
        }
        var typeChanges = !deployed.type().equals(resource.type());
        record(
                change(resource.name(), resource.type(), type, Action.REPLACE)
                        .reasons(withCauses(reasons, differences))
                        .properties(
                                typeChanges
                                        ? ofAnotherType(resource, deployed, type, news)
                                        : differences)
                        .forcedBy(
                                typeChanges
                                        ? List.of("type")
                                        : differences.stream()
                                                .filter(PropertyChange::forcesReplacement)
                                                .map(PropertyChange::path)
                                                .toList())
                        .rule(rule(type, differences))
                        .order(order)
                        .lost(
                                stays
                                        ? List.of()
                                        : and(
                                                Replacement.losses(oldType, deployed, sizes),
                                                gone.orElse(null)))
                        .changed(Replacement.changes(oldType, deployed))
                        .kept(typeChanges ? List.of() : kept(olds, news, differences))
                        .physicalId(shown(deployed.physicalId()))
                        .policy(resource.deletionPolicy())
                        .inside(inside == null ? List.of() : inside.changes())
                        .build());
    }

    private List<PropertyChange> ofAnotherType(
            Wanted.Resource resource,
            DeployedResource deployed,
            @Nullable ResourceType type,
            Map<String, Value> news) {
        var all = new ArrayList<PropertyChange>();
        all.add(
                new PropertyChange(
                        "type",
                        Value.of(deployed.type()),
                        Value.of(resource.type()),
                        true,
                        false,
                        Reason.TYPE));
        all.addAll(comparison.given(resource, type, news));
        return all;
    }

    /** A resource on top of one that must go first has to go before it. */
    private Replacing.Order order(
            Wanted.Resource resource,
            @Nullable ResourceType type,
            Map<String, Value> olds,
            Map<String, Value> news) {
        var deployed = deployed(resource.name());
        var goesWithAnother =
                deployed != null
                        && deployed.dependencies().stream()
                                .map(changes::get)
                                .anyMatch(c ->
                                        c != null
                                                && c.action() == Action.REPLACE
                                                && c.order() == Replacing.Order.DELETE_FIRST);
        return goesWithAnother ? Replacing.Order.DELETE_FIRST : Replacement.order(type, olds, news);
    }

    private void deleteTheRest() {
        if (before == null) {
            return;
        }
        for (var name : oldGraph().reversed().order()) {
            var deployed = before.resources().get(name);
            if (deployed != null
                    && !wanted.resources().containsKey(name)
                    && deployed.standing() != Standing.MISSING) {
                delete(deployed);
            }
        }
    }

    private void delete(DeployedResource deployed) {
        var type = catalog.find(deployed.type()).orElse(null);
        var policy = deployed.adopted() ? DeletionPolicy.RETAIN : deployed.deletionPolicy();
        var stays = leavesItsObject(deployed, policy);
        var inside = stays ? Optional.<Inside>empty() : nested.inside(deployed.name(), true, null);
        inside.ifPresent(gone -> quota.inside(gone.quota()));
        if (!stays && inside.isEmpty()) {
            quota.deleted(deployed.type(), deployed.properties().values());
        }
        record(
                change(deployed.name(), deployed.type(), type, Action.DELETE)
                        .reasons(
                                Set.of(
                                        wanted.resources().isEmpty()
                                                ? Reason.REQUESTED
                                                : Reason.TEMPLATE))
                        .lost(
                                stays
                                        ? List.of()
                                        : and(
                                                Replacement.losses(type, deployed, sizes),
                                                inside.orElse(null)))
                        .physicalId(shown(deployed.physicalId()))
                        .policy(policy)
                        .inside(inside.map(Inside::changes).orElse(List.of()))
                        .build());
    }

    private static boolean leavesItsObject(DeployedResource deployed, DeletionPolicy policy) {
        return deployed.adopted() || policy == DeletionPolicy.RETAIN;
    }

    private boolean isBroken(DeployedResource deployed, @Nullable ResourceType type) {
        return deployed.standing() == Standing.FAILED
                || (deployed.standing() == Standing.CHECK_FAILED
                        && (type == null || type.replacedWhenCheckFailed()));
    }

    private Map<String, Value> properties(Wanted.Resource resource, @Nullable ResourceType type) {
        return wanted.resolver().apply(resource.properties(), known)
                        instanceof Value.Entries(var entries)
                ? OldNames.translated(entries, type)
                : Map.of();
    }

    /** What a resource will tell that it was given itself, so that it is known before it exists. */
    private static Map<String, Value> ownValues(String type, Map<String, Value> properties) {
        var value = properties.get("value");
        return type.equals("OS::Heat::Value") && value != null ? Map.of("value", value) : Map.of();
    }

    private Set<Reason> withCauses(Set<Reason> reasons, List<PropertyChange> differences) {
        var all = new LinkedHashSet<>(reasons);
        differences.forEach(difference -> all.add(difference.cause()));
        return all;
    }

    private static @Nullable String rule(
            @Nullable ResourceType type, List<PropertyChange> differences) {
        if (type == null) {
            return null;
        }
        for (var difference : differences) {
            if (difference.forcesReplacement()) {
                var schema = type.properties().get(topLevel(difference.path()));
                return schema == null ? null : schema.whyReplaced();
            }
        }
        return null;
    }

    /** The properties that the new one has in common with the old one. */
    private static List<String> kept(
            Map<String, Value> olds, Map<String, Value> news, List<PropertyChange> differences) {
        var changed = new LinkedHashSet<String>();
        differences.forEach(difference -> changed.add(topLevel(difference.path())));
        return news.keySet().stream()
                .filter(name -> olds.containsKey(name) && !changed.contains(name))
                .toList();
    }

    private static String topLevel(String path) {
        var end = path.length();
        for (var stop : new char[] {'.', '[', '#'}) {
            var at = path.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return path.substring(0, end);
    }

    private @Nullable DeployedResource deployed(String name) {
        return before == null ? null : before.resources().get(name);
    }

    private String typeTextBefore(Wanted.Resource resource) {
        var old = textBefore == null ? null : textBefore.resources().get(resource.name());
        return old == null ? "" : old.type();
    }

    private static boolean isAdopted(Wanted.Resource resource) {
        return resource.externalId() != null;
    }

    private static Expression externalId(Wanted.Resource resource) {
        var id = resource.externalId();
        return id == null ? new Expression.Literal(Value.NULL, TextRange.START) : id;
    }

    private Graph<String> oldGraph() {
        var dependencies = new LinkedHashMap<String, Set<String>>();
        if (before != null) {
            before.resources()
                    .forEach((name, resource) -> dependencies.put(name, resource.dependencies()));
        }
        return Graph.of(dependencies);
    }

    /** An id may be the secret itself, as that of a random string is. */
    private @Nullable String shown(@Nullable String physicalId) {
        return physicalId == null || secrets.in(physicalId) ? null : physicalId;
    }

    private void record(Change change) {
        changes.put(change.name(), change);
        var resource = wanted.resources().get(change.name());
        if (resource != null) {
            refuseRestricted(change, resource);
        }
    }

    private void refuseRestricted(Change change, Wanted.Resource resource) {
        for (var restricted : wanted.registry().restrictedActionsOf(change.name())) {
            boolean forbidden =
                    switch (restricted) {
                        case UPDATE -> change.action() == Action.UPDATE;
                        case REPLACE -> change.action() == Action.REPLACE;
                    };
            if (forbidden) {
                refusals.add(
                        refusal(
                                PlanRule.RESTRICTED,
                                "The environment restricts the action %s of %s, and the plan would do just that. Take the restriction out, or leave the resource as it is."
                                        .formatted(restricted.word(), change.name()),
                                resource,
                                "type"));
            }
        }
    }

    /** A parameter keeps its first value when the template, as it is now, says so. */
    private void refuseOtherValues() {
        if (before == null) {
            return;
        }
        for (var name : wanted.immutable().stream().sorted().toList()) {
            var old = before.parameters().get(name);
            var now = wanted.parameters().get(name);
            if (old != null && now != null && !old.equals(now)) {
                refusals.add(
                        new Diagnostic(
                                PlanRule.IMMUTABLE.code(),
                                Severity.ERROR,
                                PlanRule.IMMUTABLE.title(),
                                "The parameter %s is immutable: it keeps the value that the stack was made with. Put the old value back."
                                        .formatted(name),
                                TextRange.START,
                                "parameters." + name,
                                List.of()));
            }
        }
    }

    /** Where the environment wants a person asked, as far as the action comes by there. */
    private Set<Hook> hooks(String name, Action action) {
        var hooks = wanted.registry().hooksOf(name);
        hooks.removeIf(hook -> !passes(hook, action));
        return hooks;
    }

    private static boolean passes(Hook hook, Action action) {
        return switch (hook) {
            case PRE_CREATE, POST_CREATE -> action == Action.CREATE || action == Action.REPLACE;
            case PRE_UPDATE -> action == Action.UPDATE || action == Action.REPLACE;
            case POST_UPDATE -> action == Action.UPDATE;
            case PRE_DELETE, POST_DELETE -> action == Action.DELETE || action == Action.REPLACE;
        };
    }

    private ChangeBuilder change(
            String name, String typeName, @Nullable ResourceType type, Action action) {
        var found = deviations.get(name);
        var builder =
                new ChangeBuilder(name, typeName, type, action, known).hooks(hooks(name, action));
        return found == null ? builder : builder.seen(found.all(), found.untold());
    }

    private static Diagnostic refusal(
            PlanRule rule, String detail, Wanted.Resource resource, String path) {
        return new Diagnostic(
                rule.code(),
                Severity.ERROR,
                rule.title(),
                detail,
                resource.range(),
                "resources." + resource.name() + "." + path,
                List.of());
    }
}
