package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanJson;
import dev.stackwright.stack.PreviewOutcome.FieldProblem;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.store.PlanRow;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.Source;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Environment;
import dev.stackwright.template.Resolver;
import dev.stackwright.template.StackIdentity;
import dev.stackwright.template.Template;
import dev.stackwright.template.TemplateCheck;
import dev.stackwright.template.TemplateReader;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stacks as rows; what runs is an execution. */
final class DurableStacks implements Stacks {

    private static final DateTimeFormatter CLOCK_TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final String NAME = "[a-zA-Z][a-zA-Z0-9_.-]{0,254}";

    private final StackStore store;
    private final Blueprints blueprints;
    private final Handlers handlers;
    private final Launch launch;
    private final Drafting drafting;
    private final Inventory inventory;
    private final StackSettings settings;
    private final Clock clock;

    DurableStacks(
            StackStore store,
            Blueprints blueprints,
            Handlers handlers,
            Launch launch,
            Drafting drafting,
            Inventory inventory,
            StackSettings settings,
            Clock clock) {
        this.store = store;
        this.blueprints = blueprints;
        this.handlers = handlers;
        this.launch = launch;
        this.drafting = drafting;
        this.inventory = inventory;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Diagnostics check(Viewer viewer, String text, String environment) {
        var read = TemplateReader.read(text);
        if (read.template().isEmpty()) {
            return read.diagnostics();
        }
        var checked =
                TemplateCheck.check(
                        read.template().get(),
                        Environment.read(environment).environment(),
                        Map.of(),
                        blueprints.catalog(),
                        new CloudChecks(inventory, viewer));
        return checked.template()
                .map(sound -> checked.diagnostics().and(cannotMake(sound)))
                .orElse(checked.diagnostics());
    }

    @Override
    public PreviewOutcome preview(Viewer viewer, String userName, StackForm form) {
        var stack = form.stack() == null ? null : living(viewer, form.stack()).orElse(null);
        if (!viewer.mayChange() || (form.stack() != null && stack == null)) {
            return new PreviewOutcome.NotFound();
        }
        var fields = new ArrayList<FieldProblem>();
        checkName(viewer, stack, form, fields);
        var read = TemplateReader.read(form.template(), blueprints.limits());
        var environment = Environment.read(form.environment());
        if (environment.diagnostics().hasErrors()) {
            var first = environment.diagnostics().errors().getFirst();
            fields.add(
                    new FieldProblem(
                            "environment", "Line %s: %s".formatted(first.range(), first.detail())));
        }
        var template = read.template().orElse(null);
        if (template == null) {
            return new PreviewOutcome.Refused(read.diagnostics(), fields);
        }
        var source = source(stack, form, template);
        var id = stack == null ? UUID.randomUUID() : stack.id();
        var name = stack == null ? form.name().strip() : stack.name();
        var checked =
                blueprints.check(
                        template,
                        source,
                        new StackIdentity(name, id.toString(), viewer.project().value()),
                        new CloudChecks(inventory, viewer));
        var diagnostics = checked.diagnostics();
        aboutParameters(diagnostics, template, fields);
        if (checked.template().isEmpty() || !fields.isEmpty()) {
            return new PreviewOutcome.Refused(diagnostics, fields);
        }
        var sound = checked.template().get();
        var cannot = cannotMake(sound);
        if (cannot.hasErrors()) {
            return new PreviewOutcome.Refused(diagnostics.and(cannot), fields);
        }
        var plan = drafting.draft(viewer, stack, name, sound);
        return stored(
                viewer,
                userName,
                stack,
                id,
                name,
                stack == null ? StackAction.CREATE : StackAction.UPDATE,
                plan,
                source,
                form.timeout() == null ? settings.timeout() : form.timeout());
    }

    private PreviewOutcome stored(
            Viewer viewer,
            String userName,
            @Nullable StackView stack,
            UUID id,
            String name,
            StackAction action,
            Plan plan,
            Source source,
            java.time.Duration timeout) {
        if (!plan.canRun()) {
            return new PreviewOutcome.Refused(plan.refusals(), List.of());
        }
        var row =
                new PlanRow(
                        UUID.randomUUID(),
                        store.nextPlanNumber(viewer),
                        id,
                        name,
                        action,
                        stack == null ? 0 : stack.version(),
                        stack == null ? 0 : stack.revision(),
                        PlanJson.write(plan),
                        source,
                        timeout,
                        userName,
                        clock.instant(),
                        null,
                        null,
                        null);
        store.insertPlan(viewer, row);
        return new PreviewOutcome.Planned(view(viewer, row));
    }

    private void checkName(
            Viewer viewer, @Nullable StackView stack, StackForm form, List<FieldProblem> fields) {
        if (stack != null) {
            if (stack.isMoving()) {
                fields.add(
                        new FieldProblem(
                                "stack",
                                "Something is being done with this stack right now. Wait until that"
                                        + " is over, or cancel it; what you typed is kept."));
            }
            return;
        }
        var name = form.name().strip();
        if (!name.matches(NAME)) {
            fields.add(
                    new FieldProblem(
                            "name",
                            "A stack's name begins with a letter and goes on with letters, digits,"
                                    + " and _ . -, such as shop-web. It has at most 255 of them."));
        } else if (store.isNameTaken(viewer, name)) {
            fields.add(
                    new FieldProblem(
                            "name",
                            "There is a stack named %s in this project already. Take another name, such as %s-2."
                                    .formatted(name, name)));
        }
    }

    /** Hidden parameters that were not typed again keep their values. */
    private Source source(@Nullable StackView stack, StackForm form, Template template) {
        var open = new HashMap<String, String>();
        var hidden = new HashMap<String, String>();
        var before =
                stack == null
                        ? Optional.<Source>empty()
                        : store.source(stack.id(), stack.version());
        for (var parameter : template.parameters().values()) {
            var typed = form.parameters().get(parameter.name());
            if (parameter.hidden() && typed == null) {
                typed = before.map(source -> source.hidden().get(parameter.name())).orElse(null);
            }
            if (typed != null) {
                (parameter.hidden() ? hidden : open).put(parameter.name(), typed);
            }
        }
        return new Source(form.template(), form.environment(), form.files(), open, hidden);
    }

    private static void aboutParameters(
            Diagnostics diagnostics, Template template, List<FieldProblem> fields) {
        for (var error : diagnostics.errors()) {
            var path = error.path();
            if (path.startsWith("parameters.")
                    && template.parameters().containsKey(path.substring("parameters.".length()))) {
                fields.add(new FieldProblem(path, error.detail()));
            }
        }
    }

    private Diagnostics cannotMake(CheckedTemplate checked) {
        var cannot = new ArrayList<Diagnostic>();
        for (var resource : checked.resources().values()) {
            var type = checked.typeOf(resource.name());
            if (handlers.find(type).isEmpty()) {
                cannot.add(
                        new Diagnostic(
                                "SW7001",
                                Severity.ERROR,
                                "Type that cannot be made yet",
                                "This release of Stackwright cannot make `%s`. Leave the resource `%s` out, or make it another way and refer to it by its id."
                                        .formatted(type, resource.name()),
                                resource.typeRange(),
                                "resources." + resource.name() + ".type",
                                List.of()));
            }
        }
        return new Diagnostics(cannot);
    }

    @Override
    public PreviewOutcome previewDelete(Viewer viewer, String userName, UUID id) {
        var stack = living(viewer, id).orElse(null);
        if (stack == null || !viewer.mayChange()) {
            return new PreviewOutcome.NotFound();
        }
        if (stack.isMoving()) {
            return new PreviewOutcome.Refused(
                    Diagnostics.NONE,
                    List.of(
                            new FieldProblem(
                                    "stack",
                                    "Something is being done with this stack right now. Wait until"
                                            + " that is over, or cancel it.")));
        }
        var source = store.source(id, stack.version()).orElseThrow();
        return stored(
                viewer,
                userName,
                stack,
                id,
                stack.name(),
                StackAction.DELETE,
                drafting.draftDelete(viewer, stack),
                source,
                settings.timeout());
    }

    private Optional<StackView> living(Viewer viewer, UUID id) {
        return store.find(viewer, id).filter(stack -> stack.deletedAt() == null);
    }

    @Override
    public Optional<StoredPlan> plan(Viewer viewer, UUID plan) {
        return store.plan(viewer, plan).map(row -> view(viewer, row));
    }

    private StoredPlan view(Viewer viewer, PlanRow row) {
        var before =
                row.baseVersion() == 0
                        ? ""
                        : store.source(row.stack(), row.baseVersion())
                                .map(Source::template)
                                .orElse("");
        return new StoredPlan(
                row.id(),
                row.number(),
                row.stack(),
                row.stackName(),
                row.action(),
                row.baseVersion(),
                row.baseRevision(),
                PlanJson.read(row.plan()),
                before,
                row.action() == StackAction.DELETE ? "" : row.source().template(),
                row.source().environment(),
                row.source().parameters(),
                row.madeBy(),
                row.madeAt(),
                row.execution() == null ? moved(viewer, row) : List.of(),
                row.execution(),
                row.appliedBy(),
                row.appliedAt());
    }

    /** What happened to the stack since the plan was made. */
    private List<String> moved(Viewer viewer, PlanRow plan) {
        var stack = store.find(viewer, plan.stack()).orElse(null);
        if (plan.action() == StackAction.CREATE) {
            return store.isNameTaken(viewer, plan.stackName())
                    ? List.of("Another stack has taken the name " + plan.stackName())
                    : List.of();
        }
        if (stack == null || stack.deletedAt() != null) {
            return List.of("The stack is deleted");
        }
        if (stack.revision() == plan.baseRevision()) {
            return List.of();
        }
        var moved = new LinkedHashSet<String>();
        for (var event : store.stackEventsAfter(plan.stack(), plan.madeAt())) {
            moved.add(sentence(event));
        }
        if (moved.isEmpty()) {
            moved.add("Something was done with the stack in between");
        }
        return List.copyOf(moved);
    }

    private static String sentence(StackEvent event) {
        var what =
                switch (event.action()) {
                    case CREATE -> "Its creation";
                    case UPDATE -> "An update";
                    case DELETE -> "Its deletion";
                };
        var how =
                switch (event.progress()) {
                    case IN_PROGRESS -> "began";
                    case COMPLETE -> "was completed";
                    case FAILED -> "failed";
                };
        return "%s %s on %s".formatted(what, how, CLOCK_TIME.format(event.at()));
    }

    @Override
    public ApplyOutcome apply(Viewer viewer, Token token, UUID planId) {
        var plan = store.plan(viewer, planId).orElse(null);
        if (plan == null || !viewer.mayChange()) {
            return new ApplyOutcome.NotFound();
        }
        if (plan.execution() != null) {
            return new ApplyOutcome.Refused(
                    "This plan was carried out already. Make a new one to change the stack again.");
        }
        var moved = moved(viewer, plan);
        if (!moved.isEmpty()) {
            return new ApplyOutcome.Stale(moved);
        }
        var shortfalls = Shortfall.of(PlanJson.read(plan.plan()), inventory.quota(viewer));
        if (!shortfalls.isEmpty()) {
            return new ApplyOutcome.Refused(Shortfall.sentence(shortfalls));
        }
        return launch.launch(viewer, token, plan)
                .<ApplyOutcome>map(execution -> new ApplyOutcome.Started(plan.stack(), execution))
                .orElseGet(() -> new ApplyOutcome.Stale(moved(viewer, plan)));
    }

    @Override
    public StackPage list(Viewer viewer, StackQuery query) {
        return store.list(viewer, query);
    }

    @Override
    public Optional<StackView> find(Viewer viewer, UUID stack) {
        return store.find(viewer, stack);
    }

    @Override
    public List<StackResource> resources(Viewer viewer, UUID stack) {
        return store
                .find(viewer, stack)
                .map(view ->
                        view.deletedAt() == null
                                ? store.resources(stack)
                                : store.allResources(stack))
                .orElse(List.of())
                .stream()
                .filter(row -> row.standing() != ResourceRow.Standing.NEXT)
                .map(ResourceRow::view)
                .toList();
    }

    @Override
    public List<StackEvent> eventsSince(Viewer viewer, UUID stack, long since, int limit) {
        return store.find(viewer, stack).isEmpty()
                ? List.of()
                : store.eventsSince(stack, since, limit);
    }

    @Override
    public List<StackEvent> latestEvents(Viewer viewer, UUID stack, int limit) {
        return store.find(viewer, stack).isEmpty() ? List.of() : store.latestEvents(stack, limit);
    }

    @Override
    public List<StackOutput> outputs(Viewer viewer, UUID id) {
        var stack = store.find(viewer, id).filter(view -> view.deletedAt() == null).orElse(null);
        if (stack == null || stack.version() == 0) {
            return List.of();
        }
        var checked = blueprints.launched(stack, stack.version());
        var outputs = new ArrayList<StackOutput>();
        for (var output : checked.outputs().values()) {
            var resolver = Resolver.of(checked, new StackTruth(store, id));
            var value = resolver.resolve(output.value());
            var problems = resolver.problems();
            boolean unknown = value.hasUnknown();
            outputs.add(
                    new StackOutput(
                            output.name(),
                            output.description(),
                            unknown ? Value.NULL : value,
                            problems.hasErrors()
                                    ? problems.errors().getFirst().detail()
                                    : unknown ? "Not known yet" : ""));
        }
        return outputs;
    }

    @Override
    public Map<String, Duration> usualDurations(Viewer viewer) {
        return store.usualDurations(viewer);
    }

    @Override
    public List<StackVersion> versions(Viewer viewer, UUID stack) {
        return store.find(viewer, stack).isEmpty() ? List.of() : store.versions(stack);
    }

    @Override
    public Optional<StackVersion> version(Viewer viewer, UUID stack, int number) {
        return versions(viewer, stack).stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }

    @Override
    public boolean cancel(Viewer viewer, UUID id) {
        var stack = living(viewer, id).orElse(null);
        if (stack == null || !viewer.mayChange() || !stack.isMoving()) {
            return false;
        }
        launch.cancel(stack);
        return true;
    }
}
