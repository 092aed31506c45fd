package dev.stackwright.stack;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.DeployedResource;
import dev.stackwright.plan.DeployedResource.Standing;
import dev.stackwright.plan.DeployedStack;
import dev.stackwright.plan.InnerChange;
import dev.stackwright.plan.Inside;
import dev.stackwright.plan.Nested;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.Planner;
import dev.stackwright.plan.Seen;
import dev.stackwright.plan.Sizes;
import dev.stackwright.stack.InnerAttributes.Inner;
import dev.stackwright.stack.resource.Impossible;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.Source;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Facade;
import dev.stackwright.template.Lookup;
import dev.stackwright.template.Resolver;
import dev.stackwright.template.StackIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has plans made from what is deployed and what is wanted, for a stack and for what is inside it:
 * those who only look and those who carry out see the same.
 */
final class Foresight {

    private final StackStore store;
    private final Blueprints blueprints;
    private final Truths truths;
    private final Insides insides;

    /**
     * Who looks.
     *
     * @param refusing what of a template cannot be made
     * @param drift how what was made looks on the cloud now
     */
    record Eyes(
            Sizes sizes,
            Constraints constraints,
            Function<CheckedTemplate, Diagnostics> refusing,
            Function<Collection<ResourceRow>, Map<String, Seen>> drift) {

        /** Of the engine itself, at work. */
        static final Eyes AT_WORK =
                new Eyes(
                        Sizes.UNKNOWN, Constraints.UNCHECKED, _ -> Diagnostics.NONE, _ -> Map.of());

        /** What is inside is brought up to date by the engine, which does not see drift. */
        Eyes inside() {
            return new Eyes(sizes, constraints, refusing, _ -> Map.of());
        }
    }

    Foresight(StackStore store, Blueprints blueprints, Truths truths, Insides insides) {
        this.store = store;
        this.blueprints = blueprints;
        this.truths = truths;
        this.insides = insides;
    }

    /**
     * What becomes of a stack, or of one that does not exist yet.
     *
     * @param name of the one that does not exist yet
     */
    Planner.Outlook outlook(
            @Nullable StackView stack,
            String name,
            @Nullable String project,
            CheckedTemplate wanted,
            Eyes eyes) {
        Map<String, ResourceRow> rows = stack == null ? Map.of() : rows(stack);
        var planner =
                new Planner(
                        blueprints.catalog().with(types(wanted)),
                        eyes.sizes(),
                        new Behinds(stack, rows, name, project, wanted, eyes));
        return planner.outlook(
                name,
                stack == null ? null : deployed(stack, rows),
                stack == null ? null : blueprints.text(stack.id(), stack.version()).orElse(null),
                wanted,
                wanted.values(),
                eyes.drift().apply(rows.values()));
    }

    /** The templates that are used as types, as types. */
    private static Collection<ResourceType> types(CheckedTemplate wanted) {
        var types = new ArrayList<ResourceType>();
        for (var resource : wanted.resources().keySet()) {
            wanted.nestedOf(resource).ifPresent(nested -> types.add(nested.type()));
        }
        return types;
    }

    Plan delete(StackView stack, Eyes eyes) {
        var rows = rows(stack);
        var behinds = new Behinds(stack, rows, stack.name(), stack.project().value(), null, eyes);
        return new Planner(blueprints.catalog(), eyes.sizes(), behinds)
                .delete(deployed(stack, rows));
    }

    private DeployedStack deployed(StackView stack, Map<String, ResourceRow> rows) {
        var resources = new LinkedHashMap<String, DeployedResource>();
        rows.forEach((name, row) -> resources.put(name, deployed(row)));
        Map<String, Value> parameters = Map.of();
        Set<String> hidden = Set.of();
        if (stack.version() > 0) {
            var values = blueprints.launched(stack, stack.version()).values();
            parameters = values.values();
            hidden = values.hidden();
        }
        return new DeployedStack(stack.name(), stack.revision(), resources, parameters, hidden);
    }

    private Map<String, ResourceRow> rows(StackView stack) {
        var rows = new LinkedHashMap<String, ResourceRow>();
        for (var row : store.resources(stack.id())) {
            if (row.standing() == ResourceRow.Standing.CURRENT && row.view().begun()) {
                rows.put(row.view().name(), row);
            }
        }
        return rows;
    }

    private DeployedResource deployed(ResourceRow row) {
        var applied = Applied.read(row.applied());
        return new DeployedResource(
                row.view().name(),
                row.view().type(),
                applied.properties(),
                applied.metadata(),
                row.view().physicalId(),
                applied.reference(),
                truths.isInside(row) ? truths.attributes(row) : applied.attributes(),
                row.deletionPolicy(),
                row.view().dependsOn(),
                truths.isInside(row) ? standingInside(row) : standing(row),
                false);
    }

    private static Standing standing(ResourceRow row) {
        if (row.view().progress() == StackProgress.COMPLETE) {
            return row.view().action() == StackAction.DELETE ? Standing.MISSING : Standing.SOUND;
        }
        switch (row.view().action()) {
            case CHECK -> {
                return Standing.CHECK_FAILED;
            }
            case SUSPEND, RESUME -> {
                return Standing.FAILED_BUT_SOUND;
            }
            default -> {}
        }
        // A failed update leaves the object that there was; whatever else failed may be half a
        // thing.
        return row.view().action() == StackAction.UPDATE && row.applied() != null
                ? Standing.FAILED_BUT_SOUND
                : Standing.FAILED;
    }

    /** A stack is never half a thing: what failed in it is made good inside. */
    private Standing standingInside(ResourceRow row) {
        var standing = standing(row);
        if (standing != Standing.FAILED && standing != Standing.CHECK_FAILED) {
            return standing;
        }
        var child = living(row);
        boolean judged =
                standing == Standing.CHECK_FAILED
                        && child.filter(one -> one.progress() == StackProgress.COMPLETE)
                                .isPresent();
        return child.isEmpty() || judged ? standing : Standing.FAILED_BUT_SOUND;
    }

    private Optional<StackView> living(ResourceRow row) {
        return store.find(row.view().id()).filter(child -> child.deletedAt() == null);
    }

    /** What a group, a template or a whole stack is to be made from in the end. */
    Behind behind(
            @Nullable StackView stack,
            CheckedTemplate wanted,
            String resource,
            Value.Entries properties,
            Facade facade,
            String seed,
            Group.Standing standing) {
        var type = wanted.typeOf(resource);
        if (!Insides.isGroup(type)) {
            return insides.behind(wanted, resource, properties, facade);
        }
        var group = insides.group(stack, type, properties, facade, seed, standing);
        return insides.behind(
                wanted, resource, group.members(Group.Turn.LAST, group.removed()), facade);
    }

    /** Looks behind the resources of one stack. */
    private final class Behinds implements Nested {

        private final @Nullable StackView stack;
        private final String name;
        private final @Nullable String project;
        private final @Nullable CheckedTemplate wanted;
        private final Eyes eyes;
        private final Map<String, ResourceRow> rows;

        Behinds(
                @Nullable StackView stack,
                Map<String, ResourceRow> rows,
                String name,
                @Nullable String project,
                @Nullable CheckedTemplate wanted,
                Eyes eyes) {
            this.stack = stack;
            this.name = name;
            this.project = project;
            this.wanted = wanted;
            this.eyes = eyes;
            this.rows = rows;
        }

        @Override
        public Optional<Inside> inside(
                String resource, boolean stands, Value.@Nullable Entries properties) {
            var row = stands ? rows.get(resource) : null;
            if (properties == null) {
                return Optional.ofNullable(row)
                        .filter(truths::isInside)
                        .flatMap(Foresight.this::living)
                        .map(this::gone);
            }
            var wanted = this.wanted;
            if (wanted == null || !Insides.isInside(wanted, resource)) {
                return Optional.empty();
            }
            try {
                return Optional.of(becomes(wanted, resource, row, properties));
            } catch (Unforeseen e) {
                return Optional.of(Inside.UNFORESEEN);
            } catch (Impossible e) {
                return Optional.of(Inside.impossible(List.of(String.valueOf(e.getMessage()))));
            }
        }

        private Inside gone(StackView child) {
            var plan = delete(child, eyes);
            return new Inside(
                    true,
                    InnerChange.of(plan),
                    Map.of(),
                    plan.quota(),
                    lost(plan),
                    List.of(),
                    true);
        }

        private Inside becomes(
                CheckedTemplate wanted,
                String resource,
                @Nullable ResourceRow row,
                Value.Entries properties) {
            var child = row == null ? null : living(row).orElse(null);
            var standing =
                    row == null || child == null
                            ? Group.Standing.NOTHING
                            : insides.standing(child, row);
            var seed = row == null ? resource : row.view().id().toString();
            var type = wanted.typeOf(resource);
            var facade = facade(wanted, resource);
            var behind = behind(stack, wanted, resource, properties, facade, seed, standing);
            var called = child == null ? name + "-" + resource : child.name();
            var identity =
                    child == null
                            ? new StackIdentity(called, null, project)
                            : Blueprints.identity(child);
            boolean open =
                    properties.hasUnknown()
                            || behind.parameters().hasUnknown()
                            || behind.facade().metadata().hasUnknown();
            var checked = behind.check(identity, eyes.constraints(), open);
            if (checked.template().isEmpty()) {
                return Inside.impossible(details(checked.diagnostics().errors()));
            }
            var sound = checked.template().get();
            var outlook = outlook(child, called, project, sound, eyes.inside());
            var plan = outlook.plan();
            var problems = new ArrayList<>(details(eyes.refusing().apply(sound).errors()));
            problems.addAll(details(plan.refusals().errors()));
            boolean moves =
                    child == null || !plan.changesNothing() || !behind.text().equals(text(child));
            return new Inside(
                    moves,
                    InnerChange.of(plan),
                    attributes(
                            resource,
                            type,
                            called,
                            sound,
                            outlook,
                            Insides.isGroup(type)
                                    ? insides.group(stack, type, properties, facade, seed, standing)
                                            .removed()
                                    : Set.of()),
                    plan.quota(),
                    lost(plan),
                    problems,
                    true);
        }

        /** Where it is lost, seen from outside. */
        private static String place(Change change) {
            return change.name() + (change.inside().isEmpty() ? ": " : " › ");
        }

        private static List<String> lost(Plan plan) {
            return plan.losses().stream()
                    .flatMap(change -> change.lost().stream().map(what -> place(change) + what))
                    .toList();
        }

        private Facade facade(CheckedTemplate wanted, String resource) {
            Lookup lookup = stack == null ? Lookup.NOTHING_YET : truths.of(stack.id());
            return Resolver.of(wanted, lookup).facadeOf(resource);
        }

        private String text(StackView child) {
            return store.source(child.id(), child.version()).map(Source::template).orElse("");
        }

        private static List<String> details(List<Diagnostic> errors) {
            return errors.stream().map(Diagnostic::detail).limit(10).toList();
        }

        private Map<String, Value> attributes(
                String resource,
                String type,
                String called,
                CheckedTemplate sound,
                Planner.Outlook outlook,
                Set<String> removed) {
            var after = outlook.after();
            var inside = new LinkedHashMap<String, Inner>();
            sound.resources().keySet().stream()
                    .sorted(Comparator.comparing(Truths::order))
                    .forEach(one ->
                            inside.put(
                                    one,
                                    new Inner(
                                            after.reference(one),
                                            after.attribute(one, List.of()))));
            Map<String, Value> told;
            if (Insides.isGroup(type) || type.equals("OS::Heat::ResourceChain")) {
                told = InnerAttributes.ofGroup(type, inside, removed);
            } else {
                var outputs = Resolver.of(sound, after).outputs();
                told =
                        Insides.isWhole(type)
                                ? InnerAttributes.ofStack(called, outputs)
                                : InnerAttributes.ofTemplate(outputs, inside);
            }
            var renamed = new LinkedHashMap<String, Value>();
            told.forEach((one, value) -> renamed.put(one, renamed(value, resource + "." + one)));
            return renamed;
        }

        /** Outside, nobody knows the names of what is inside. */
        private static Value renamed(Value value, String as) {
            return switch (value) {
                case Value.Unknown _ -> new Value.Unknown(as);
                case Value.Items(var items) ->
                        new Value.Items(items.stream().map(one -> renamed(one, as)).toList());
                case Value.Entries(var entries) -> {
                    var all = new LinkedHashMap<String, Value>();
                    entries.forEach((key, one) -> all.put(key, renamed(one, as)));
                    yield new Value.Entries(all);
                }
                case Value.Null _, Value.Bool _, Value.Num _, Value.Text _ -> value;
            };
        }
    }
}
