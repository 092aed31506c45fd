package dev.stackwright.stack;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.Replacing;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.graph.Graph;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanKind;
import dev.stackwright.plan.PlanStep;
import dev.stackwright.plan.PlanStep.Operation;
import dev.stackwright.plan.PropertyChange;
import dev.stackwright.plan.Reason;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.template.DeletionPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Plans of what is done with a stack as it stands, without another template. */
final class LifePlans {

    /** The types whose value or whose waiting nobody tells. */
    private static final Set<String> UNTOLD = untold();

    private static Set<String> untold() {
        var untold =
                new LinkedHashSet<>(
                        Set.of(
                                "OS::Heat::RandomString",
                                "OS::Heat::WaitCondition",
                                "AWS::CloudFormation::WaitCondition"));
        untold.addAll(Handlers.SIGNALLED);
        return Set.copyOf(untold);
    }

    private final Catalog catalog;
    private final Handlers handlers;

    LifePlans(Catalog catalog, Handlers handlers) {
        this.catalog = catalog;
        this.handlers = handlers;
    }

    /** What stands on others sleeps before them. */
    Plan suspend(StackView stack, List<ResourceRow> rows) {
        return each(stack, rows, PlanKind.SUSPEND_STACK, Operation.SUSPEND, this::sleeps);
    }

    /** What others stand on wakes before them. */
    Plan resume(StackView stack, List<ResourceRow> rows) {
        return each(stack, rows, PlanKind.RESUME_STACK, Operation.RESUME, this::sleeps);
    }

    /** All are looked at side by side. */
    Plan check(StackView stack, List<ResourceRow> rows) {
        return each(stack, rows, PlanKind.CHECK_STACK, Operation.CHECK, _ -> true);
    }

    /** Nothing is touched: the objects stay, and belong to no stack. */
    Plan abandon(StackView stack, List<ResourceRow> rows) {
        var changes =
                standing(rows).values().stream()
                        .map(row -> change(row, Action.DELETE, List.of(), DeletionPolicy.RETAIN))
                        .toList();
        var steps =
                List.of(
                        new PlanStep(
                                PlanStep.id(Operation.SETTLE, "").strip(),
                                "",
                                Operation.SETTLE,
                                Set.of()));
        return plan(stack, PlanKind.ABANDON_STACK, changes, steps);
    }

    /** A plan to make a stack, as one that takes over what is there. */
    static Plan adopt(Plan creation, Map<String, String> physicalIds) {
        var refusals = new ArrayList<>(creation.refusals().all());
        creation.changes().stream()
                .filter(change -> !change.inside().isEmpty())
                .findFirst()
                .ifPresent(change -> refusals.add(notYet(change)));
        creation.changes().stream()
                .filter(change -> UNTOLD.contains(change.type()))
                .forEach(change -> refusals.add(cannot(change)));
        var changes =
                creation.changes().stream()
                        .map(change -> with(change, Action.ADOPT, physicalIds.get(change.name())))
                        .toList();
        var names = new LinkedHashMap<String, String>();
        creation.steps()
                .forEach(step ->
                        names.put(step.id(), PlanStep.id(Operation.ADOPT, step.resource())));
        var steps =
                creation.steps().stream()
                        .map(step -> {
                            var after = new LinkedHashSet<String>();
                            step.after().forEach(id -> after.add(names.getOrDefault(id, id)));
                            return new PlanStep(
                                    names.getOrDefault(step.id(), step.id()),
                                    step.resource(),
                                    Operation.ADOPT,
                                    after);
                        })
                        .toList();
        return new Plan(
                PlanKind.ADOPT_STACK,
                creation.stack(),
                creation.basedOn(),
                changes,
                steps,
                List.of(),
                new Diagnostics(refusals));
    }

    private static Diagnostic cannot(Change change) {
        return refusal(
                change.name(),
                "%s (%s) cannot be taken over: what it made, and who waits for it, is known to its engine alone."
                        .formatted(change.name(), change.type()));
    }

    /** Something that is not to be had. */
    static Diagnostic refusal(String resource, String detail) {
        return new Diagnostic(
                "SW7004",
                Severity.ERROR,
                "Resource that cannot be adopted",
                detail,
                TextRange.START,
                "resources." + resource,
                List.of());
    }

    private static Diagnostic notYet(Change change) {
        return new Diagnostic(
                "SW7003",
                Severity.ERROR,
                "Nested stack that cannot be adopted yet",
                "%s has a stack behind it, and such a resource cannot be adopted yet."
                        .formatted(change.name()),
                TextRange.START,
                "resources." + change.name(),
                List.of());
    }

    private boolean sleeps(ResourceRow row) {
        // What nobody else takes care of is a stack of its own, and sleeps as a whole.
        return handlers.find(row.view().type()).map(handler -> handler.sleeps()).orElse(true);
    }

    private Plan each(
            StackView stack,
            List<ResourceRow> rows,
            PlanKind kind,
            Operation operation,
            Predicate<ResourceRow> which) {
        var standing = standing(rows);
        var graph = graph(standing);
        var changes = new ArrayList<Change>();
        var steps = new ArrayList<PlanStep>();
        for (var name : graph.order()) {
            var row = standing.get(name);
            if (row == null || !which.test(row)) {
                continue;
            }
            boolean changed = operation != Operation.CHECK;
            changes.add(
                    change(
                            row,
                            changed ? Action.UPDATE : Action.KEEP,
                            changed ? List.of(status(operation)) : List.of(),
                            row.deletionPolicy()));
            steps.add(
                    new PlanStep(
                            PlanStep.id(operation, name),
                            name,
                            operation,
                            after(
                                    graph,
                                    name,
                                    operation,
                                    other -> {
                                        var one = standing.get(other);
                                        return one != null && which.test(one);
                                    })));
        }
        return plan(stack, kind, changes, steps);
    }

    private static Set<String> after(
            Graph<String> graph, String name, Operation operation, Predicate<String> isIn) {
        var others =
                switch (operation) {
                    case SUSPEND -> graph.descendants(name);
                    case RESUME -> graph.ancestors(name);
                    default -> Set.<String>of();
                };
        var after = new LinkedHashSet<String>();
        others.stream()
                .filter(other -> !other.equals(name))
                .filter(isIn)
                .forEach(other -> after.add(PlanStep.id(operation, other)));
        return after;
    }

    private static PropertyChange status(Operation operation) {
        var awake = Value.of("ACTIVE");
        var asleep = Value.of("SUSPENDED");
        boolean suspends = operation == Operation.SUSPEND;
        return new PropertyChange(
                "status",
                suspends ? awake : asleep,
                suspends ? asleep : awake,
                false,
                false,
                Reason.REQUESTED);
    }

    private static Map<String, ResourceRow> standing(List<ResourceRow> rows) {
        var standing = new LinkedHashMap<String, ResourceRow>();
        for (var row : rows) {
            if (row.standing() == ResourceRow.Standing.CURRENT && row.view().begun()) {
                standing.put(row.view().name(), row);
            }
        }
        return standing;
    }

    private static Graph<String> graph(Map<String, ResourceRow> standing) {
        var dependencies = new LinkedHashMap<String, Set<String>>();
        standing.forEach((name, row) -> {
            var these = new LinkedHashSet<>(row.view().dependsOn());
            these.retainAll(standing.keySet());
            dependencies.put(name, these);
        });
        return Graph.of(dependencies);
    }

    private static Plan plan(
            StackView stack, PlanKind kind, List<Change> changes, List<PlanStep> steps) {
        return new Plan(
                kind, stack.name(), stack.revision(), changes, steps, List.of(), Diagnostics.NONE);
    }

    private Change change(
            ResourceRow row,
            Action action,
            List<PropertyChange> properties,
            DeletionPolicy policy) {
        var type = catalog.find(row.view().type());
        return new Change(
                row.view().name(),
                row.view().type(),
                type.map(ResourceType::title).orElse(row.view().type()),
                type.map(ResourceType::symbol).orElse("template"),
                action,
                Set.of(Reason.REQUESTED),
                properties,
                row.view().dependsOn(),
                Set.of(),
                List.of(),
                null,
                Replacing.Order.CREATE_FIRST,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                row.view().physicalId(),
                policy);
    }

    private static Change with(
            Change change, Action action, @org.jspecify.annotations.Nullable String physicalId) {
        return new Change(
                change.name(),
                change.type(),
                change.title(),
                change.symbol(),
                action,
                change.reasons(),
                change.properties(),
                change.needs(),
                change.after(),
                change.forcedBy(),
                change.rule(),
                change.order(),
                change.lost(),
                change.changed(),
                change.kept(),
                change.follows(),
                physicalId,
                change.deletionPolicy(),
                change.inside(),
                change.hooks(),
                change.deviations(),
                change.untold());
    }
}
