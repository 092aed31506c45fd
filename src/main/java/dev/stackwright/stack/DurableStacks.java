package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanJson;
import dev.stackwright.plan.PlanKind;
import dev.stackwright.plan.Seen;
import dev.stackwright.stack.PreviewOutcome.FieldProblem;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.store.HookStore;
import dev.stackwright.stack.store.PlanRow;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.Source;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckOptions;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Environment;
import dev.stackwright.template.Limits;
import dev.stackwright.template.Resolver;
import dev.stackwright.template.Rule;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stacks as rows; what runs is an execution. */
final class DurableStacks implements Stacks {

    private static final DateTimeFormatter CLOCK_TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final String NAME = "[a-zA-Z][a-zA-Z0-9_.-]{0,254}";

    private final StackStore store;
    private final Blueprints blueprints;
    private final Truths truths;
    private final Launch launch;
    private final WayBack wayBack;
    private final HookStore hooks;
    private final Drafting drafting;
    private final LifePlans lifePlans;
    private final Inventory inventory;
    private final StackSettings settings;
    private final Clock clock;
    private final @Nullable Token token;

    DurableStacks(
            StackStore store,
            Blueprints blueprints,
            Handlers handlers,
            Truths truths,
            Launch launch,
            WayBack wayBack,
            HookStore hooks,
            Drafting drafting,
            Inventory inventory,
            StackSettings settings,
            Clock clock) {
        this(
                store,
                blueprints,
                truths,
                launch,
                wayBack,
                hooks,
                drafting,
                new LifePlans(blueprints.catalog(), handlers),
                inventory,
                settings,
                clock,
                null);
    }

    private DurableStacks(
            StackStore store,
            Blueprints blueprints,
            Truths truths,
            Launch launch,
            WayBack wayBack,
            HookStore hooks,
            Drafting drafting,
            LifePlans lifePlans,
            Inventory inventory,
            StackSettings settings,
            Clock clock,
            @Nullable Token token) {
        this.store = store;
        this.blueprints = blueprints;
        this.truths = truths;
        this.launch = launch;
        this.wayBack = wayBack;
        this.hooks = hooks;
        this.drafting = drafting;
        this.lifePlans = lifePlans;
        this.inventory = inventory;
        this.settings = settings;
        this.clock = clock;
        this.token = token;
    }

    @Override
    public Stacks looking(Token with) {
        return new DurableStacks(
                store,
                blueprints,
                truths,
                launch,
                wayBack,
                hooks,
                drafting,
                lifePlans,
                inventory,
                settings,
                clock,
                with);
    }

    @Override
    public Diagnostics check(
            Viewer viewer, String text, String environment, Map<String, String> files) {
        var read = TemplateReader.read(text, blueprints.limits());
        if (read.template().isEmpty()) {
            return read.diagnostics();
        }
        var checked =
                TemplateCheck.check(
                        read.template().get(),
                        Environment.read(environment, read.template().get(), Limits.DEFAULT)
                                .environment(),
                        files,
                        blueprints.catalog(),
                        new CloudChecks(inventory, viewer, clock),
                        StackIdentity.UNKNOWN,
                        CheckOptions.DRAFT,
                        blueprints.limits());
        var said = ofTheTemplate(checked.diagnostics());
        return checked.template().map(sound -> said.and(cannotMake(viewer, sound))).orElse(said);
    }

    @Override
    public Diagnostics checkEnvironment(Viewer viewer, String text, String environment) {
        return TemplateReader.read(text, blueprints.limits())
                .template()
                .map(template ->
                        Environment.check(
                                environment,
                                template,
                                new CloudChecks(inventory, viewer, clock),
                                Limits.DEFAULT))
                .orElseGet(() -> Environment.read(environment).diagnostics());
    }

    /** Parameters that the template does not have are the environment's mistake. */
    private static Diagnostics ofTheTemplate(Diagnostics all) {
        return new Diagnostics(
                all.all().stream()
                        .filter(one -> !one.code().equals(Rule.PARAMETER_UNKNOWN.code()))
                        .toList());
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
        var template = read.template().orElse(null);
        var aboutEnvironment = checkEnvironment(viewer, form.template(), form.environment());
        if (aboutEnvironment.hasErrors()) {
            fields.add(
                    new FieldProblem(
                            "environment",
                            aboutEnvironment.errors().stream()
                                    .map(error ->
                                            "Line %s: %s".formatted(error.range(), error.detail()))
                                    .collect(Collectors.joining(" "))));
        }
        if (template == null) {
            return new PreviewOutcome.Refused(read.diagnostics(), fields);
        }
        return planned(
                viewer,
                userName,
                stack,
                stack == null ? form.name().strip() : stack.name(),
                template,
                source(stack, form, template),
                fields,
                form.timeout() == null ? settings.timeout() : form.timeout(),
                Map.of(),
                (plan, _) -> plan);
    }

    @Override
    public PreviewOutcome previewChoosing(
            Viewer viewer,
            String userName,
            UUID planId,
            Map<String, Map<String, Seen.Choice>> choices) {
        var before = store.plan(viewer, planId).orElse(null);
        var stack = before == null ? null : living(viewer, before.stack()).orElse(null);
        if (before == null
                || stack == null
                || !viewer.mayChange()
                || before.action() != StackAction.UPDATE
                || before.execution() != null) {
            return new PreviewOutcome.NotFound();
        }
        var fields = new ArrayList<FieldProblem>();
        obstacle(stack, StackAction.UPDATE)
                .ifPresent(why -> fields.add(new FieldProblem("stack", why)));
        var template =
                TemplateReader.read(before.source().template(), blueprints.limits())
                        .template()
                        .orElseThrow();
        return planned(
                viewer,
                userName,
                stack,
                stack.name(),
                template,
                before.source(),
                fields,
                before.timeout(),
                choices,
                (plan, _) -> plan);
    }

    private PreviewOutcome planned(
            Viewer viewer,
            String userName,
            @Nullable StackView stack,
            String name,
            Template template,
            Source source,
            List<FieldProblem> fields,
            java.time.Duration timeout,
            Map<String, Map<String, Seen.Choice>> choices,
            BiFunction<Plan, CheckedTemplate, Plan> turned) {
        var id = stack == null ? UUID.randomUUID() : stack.id();
        var checked =
                blueprints.check(
                        template,
                        source,
                        new StackIdentity(name, id.toString(), viewer.project().value()),
                        new CloudChecks(inventory, viewer, clock));
        var diagnostics = checked.diagnostics();
        aboutParameters(diagnostics, template, fields);
        if (checked.template().isEmpty() || !fields.isEmpty()) {
            return new PreviewOutcome.Refused(
                    fields.stream().anyMatch(field -> field.field().equals("environment"))
                            ? ofTheTemplate(diagnostics)
                            : diagnostics,
                    fields);
        }
        var sound = checked.template().get();
        var cannot = cannotMake(viewer, sound);
        if (cannot.hasErrors()) {
            return new PreviewOutcome.Refused(diagnostics.and(cannot), fields);
        }
        var plan = turned.apply(drafting.draft(viewer, token, stack, name, sound, choices), sound);
        return stored(
                viewer,
                userName,
                stack,
                id,
                name,
                plan.kind() == PlanKind.ADOPT_STACK
                        ? StackAction.ADOPT
                        : stack == null ? StackAction.CREATE : StackAction.UPDATE,
                plan,
                source,
                timeout);
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
            if (stack.isInside()) {
                fields.add(new FieldProblem("stack", belongs(stack)));
            }
            if (stack.isSuspended()) {
                fields.add(
                        new FieldProblem(
                                "stack",
                                "The stack is suspended. Resume it first; what you typed is"
                                        + " kept."));
            }
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

    private Diagnostics cannotMake(Viewer viewer, CheckedTemplate checked) {
        return drafting.refuse(viewer, checked);
    }

    @Override
    public PreviewOutcome previewAsItStands(
            Viewer viewer, String userName, UUID id, StackAction action) {
        var stack = living(viewer, id).orElse(null);
        if (stack == null || !viewer.mayChange()) {
            return new PreviewOutcome.NotFound();
        }
        var obstacle = stack.isInside() ? Optional.of(belongs(stack)) : obstacle(stack, action);
        if (obstacle.isPresent()) {
            return new PreviewOutcome.Refused(
                    Diagnostics.NONE, List.of(new FieldProblem("stack", obstacle.get())));
        }
        return stored(
                viewer,
                userName,
                stack,
                id,
                stack.name(),
                action,
                draft(viewer, stack, action),
                store.source(id, stack.version()).orElseThrow(),
                settings.timeout());
    }

    private Plan draft(Viewer viewer, StackView stack, StackAction action) {
        return switch (action) {
            case DELETE -> drafting.draftDelete(viewer, stack);
            case SUSPEND -> lifePlans.suspend(stack, store.resources(stack.id()));
            case RESUME -> lifePlans.resume(stack, store.resources(stack.id()));
            case ABANDON -> lifePlans.abandon(stack, store.resources(stack.id()));
            case CHECK -> lifePlans.check(stack, store.resources(stack.id()));
            case CREATE, UPDATE, ADOPT, SIGNAL ->
                    throw new IllegalArgumentException(action + " needs more than the stack");
        };
    }

    /** Why a stack behind a resource takes no orders of its own. */
    private String belongs(StackView stack) {
        var root = stack.root() == null ? null : store.find(stack.root()).orElse(null);
        return "This stack belongs to %s, as what is behind its resource %s. Change it there."
                .formatted(
                        root == null ? "another one" : root.name(),
                        String.join(" › ", pathTo(stack)));
    }

    /** The names of the resources on the way to it. */
    private List<String> pathTo(StackView stack) {
        var path = new ArrayList<String>();
        for (var here = stack; here != null && here.isInside(); ) {
            path.addFirst(String.valueOf(here.parentResource()));
            here = here.parent() == null ? null : store.find(here.parent()).orElse(null);
        }
        return path;
    }

    private static Optional<String> obstacle(StackView stack, StackAction action) {
        if (stack.isMoving()) {
            return Optional.of(
                    "Something is being done with this stack right now. Wait until that is over,"
                            + " or cancel it.");
        }
        boolean ends = action == StackAction.DELETE || action == StackAction.ABANDON;
        if (ends && stack.deleteProtected()) {
            return Optional.of(
                    "The stack is protected from deletion. Lift the protection first, if it"
                            + " really is to go.");
        }
        if (action == StackAction.SUSPEND && stack.isSuspended()) {
            return Optional.of("The stack is suspended already.");
        }
        return Optional.empty();
    }

    @Override
    public PreviewOutcome previewChange(
            Viewer viewer,
            String userName,
            UUID id,
            @Nullable String template,
            Map<String, String> parameters,
            Set<String> cleared) {
        var stack = living(viewer, id).orElse(null);
        var source = stack == null ? null : store.source(id, stack.version()).orElse(null);
        if (source == null) {
            return new PreviewOutcome.NotFound();
        }
        var values = new HashMap<>(source.parameters());
        values.putAll(source.hidden());
        values.keySet().removeAll(cleared);
        values.putAll(parameters);
        return preview(
                viewer,
                userName,
                new StackForm(
                        id,
                        "",
                        template == null ? source.template() : template,
                        source.environment(),
                        source.files(),
                        values,
                        null));
    }

    @Override
    public PreviewOutcome previewVersion(Viewer viewer, String userName, UUID id, int version) {
        var source = living(viewer, id).flatMap(_ -> store.source(id, version)).orElse(null);
        if (source == null) {
            return new PreviewOutcome.NotFound();
        }
        var values = new HashMap<>(source.parameters());
        values.putAll(source.hidden());
        return preview(
                viewer,
                userName,
                new StackForm(
                        id,
                        "",
                        source.template(),
                        source.environment(),
                        source.files(),
                        values,
                        null));
    }

    @Override
    public PreviewOutcome previewAdopt(Viewer viewer, String userName, String name, String export) {
        if (!viewer.mayChange()) {
            return new PreviewOutcome.NotFound();
        }
        var fields = new ArrayList<FieldProblem>();
        var kept = StackExport.read(export);
        var template = kept.flatMap(one -> TemplateReader.read(one.source().template()).template());
        if (kept.isEmpty() || template.isEmpty()) {
            return new PreviewOutcome.Refused(
                    Diagnostics.NONE,
                    List.of(
                            new FieldProblem(
                                    "template",
                                    "This is no export of a stack: it needs a template and the"
                                            + " ids of its resources.")));
        }
        var source = kept.get().source();
        var form =
                new StackForm(
                        null,
                        name,
                        source.template(),
                        source.environment(),
                        source.files(),
                        source.parameters(),
                        null);
        checkName(viewer, null, form, fields);
        for (var resource : template.get().resources().keySet()) {
            if (!kept.get().physicalIds().containsKey(resource)
                    && isOfAService(template.get(), resource)) {
                fields.add(
                        new FieldProblem(
                                "template",
                                "The export has no id for %s, so there is nothing to adopt"
                                        .formatted(resource)));
            }
        }
        var ids = kept.get().physicalIds();
        var taken = store.livingStacksOf(viewer.cloud(), viewer.project(), ids.values());
        ids.forEach((resource, id) -> {
            var stack = taken.get(id);
            if (stack != null) {
                fields.add(
                        new FieldProblem(
                                "template",
                                "%s is in stack %s already; abandon that first"
                                        .formatted(resource, stack.getValue())));
            }
        });
        return planned(
                viewer,
                userName,
                null,
                name.strip(),
                template.get(),
                source(null, form, template.get()),
                fields,
                settings.timeout(),
                Map.of(),
                (plan, sound) ->
                        drafting.compared(viewer, token, LifePlans.adopt(plan, ids), sound, ids));
    }

    private boolean isOfAService(Template template, String resource) {
        var definition = template.resources().get(resource);
        return definition == null
                || blueprints
                        .catalog()
                        .find(definition.type())
                        .map(type -> type.service() != null)
                        .orElse(true);
    }

    @Override
    public Optional<String> export(Viewer viewer, UUID id) {
        return store.find(viewer, id)
                .filter(stack -> !stack.isInside())
                .flatMap(stack ->
                        store.source(id, stack.version())
                                .map(source ->
                                        StackExport.write(
                                                stack,
                                                source,
                                                // It may hold values of hidden parameters.
                                                viewer.mayChange() ? source.environment() : "",
                                                store.allResources(id))));
    }

    @Override
    public ApplyOutcome check(Viewer viewer, Token token, UUID id) {
        var outcome = previewAsItStands(viewer, token.userName(), id, StackAction.CHECK);
        return switch (outcome) {
            case PreviewOutcome.Planned(var plan) -> apply(viewer, token, plan.id());
            case PreviewOutcome.Refused(_, var fields) ->
                    new ApplyOutcome.Refused(fields.getFirst().sentence());
            case PreviewOutcome.NotFound() -> new ApplyOutcome.NotFound();
        };
    }

    @Override
    public boolean judge(Viewer viewer, UUID id, String resource, boolean well, String reason) {
        var stack = changeable(viewer, id).filter(one -> !one.isMoving());
        if (stack.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        return store.within(() -> {
            if (!store.judge(id, resource, well, reason, now)) {
                return false;
            }
            store.event(
                    id,
                    now,
                    store.current(id, resource).orElse(null),
                    StackAction.CHECK,
                    well ? StackProgress.COMPLETE : StackProgress.FAILED,
                    reason);
            return true;
        });
    }

    @Override
    public boolean protect(Viewer viewer, UUID id, boolean wanted) {
        var stack = changeable(viewer, id).filter(one -> !one.isInside());
        stack.ifPresent(one -> store.protect(one.id(), wanted));
        return stack.isPresent();
    }

    @Override
    public boolean tag(Viewer viewer, UUID id, Set<String> tags) {
        if (changeable(viewer, id).isEmpty()
                || tags.size() > 80
                || !tags.stream().allMatch(tag -> tag.matches("[^,\\p{Cntrl}]{1,80}"))) {
            return false;
        }
        store.tag(id, tags);
        return true;
    }

    private Optional<StackView> changeable(Viewer viewer, UUID id) {
        return viewer.mayChange() ? living(viewer, id) : Optional.empty();
    }

    @Override
    public List<StackEvent> eventsBefore(Viewer viewer, UUID stack, long before, int limit) {
        return store.find(viewer, stack).isEmpty()
                ? List.of()
                : store.eventsBefore(stack, before, limit);
    }

    /** Short values are everywhere: only what is long enough to be an address or an id counts. */
    @Override
    public Map<String, List<String>> consumers(Viewer viewer, UUID id) {
        var consumers = new LinkedHashMap<String, List<String>>();
        var stack = living(viewer, id).orElse(null);
        if (stack == null) {
            return consumers;
        }
        for (var output : outputs(viewer, id)) {
            if (output.value() instanceof Value.Text(var text) && text.length() >= 7) {
                var names = store.stacksGiven(stack, text);
                if (!names.isEmpty()) {
                    consumers.put(output.name(), names);
                }
            }
        }
        return consumers;
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
                row.source().files(),
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
        if (plan.action() == StackAction.CREATE || plan.action() == StackAction.ADOPT) {
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
                    case SUSPEND -> "Suspending it";
                    case RESUME -> "Resuming it";
                    case CHECK -> "A check";
                    case ADOPT -> "Its adoption";
                    case SIGNAL -> "A signal";
                    case ABANDON -> "Abandoning it";
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
                .map(DurableStacks::resource)
                .toList();
    }

    private static StackResource resource(ResourceRow row) {
        return Sayings.about(row).map(what -> row.view().saying(what)).orElse(row.view());
    }

    @Override
    public List<StackView> inside(Viewer viewer, UUID stack) {
        return store.find(viewer, stack).isPresent() ? store.inside(stack) : List.of();
    }

    @Override
    public List<StackResource> resourcesInside(Viewer viewer, UUID id) {
        var stack = store.find(viewer, id).orElse(null);
        if (stack == null) {
            return List.of();
        }
        return store.resourcesInside(stack.root() == null ? id : stack.root()).stream()
                .filter(row -> row.standing() != ResourceRow.Standing.NEXT)
                .map(DurableStacks::resource)
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
        boolean moving = stack.isMoving();
        var checked = blueprints.launched(stack, toldBy(stack));
        var outputs = new ArrayList<StackOutput>();
        for (var output : checked.outputs().values()) {
            var resolver = Resolver.of(checked, moving ? truths.lastOf(id) : truths.of(id));
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

    /** An update that is under way has told nothing yet: the version before it has. */
    private int toldBy(StackView stack) {
        boolean updates =
                stack.isMoving()
                        && stack.action() == StackAction.UPDATE
                        && stack.version() > 1
                        && store.cameWithRun(stack);
        return updates ? stack.version() - 1 : stack.version();
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
    public List<WaitingHook> waitingHooks(Viewer viewer, UUID id) {
        return living(viewer, id).map(this::waitingHooks).orElse(List.of());
    }

    private List<WaitingHook> waitingHooks(StackView stack) {
        if (!stack.isMoving()) {
            return List.of();
        }
        var all = new ArrayList<>(List.of(stack.id()));
        store.inside(stack.id()).forEach(inside -> all.add(inside.id()));
        return hooks.waiting(all);
    }

    @Override
    public boolean clearHook(Viewer viewer, String userName, UUID id, UUID resource, String hook) {
        var waiting =
                changeable(viewer, id).map(this::waitingHooks).orElse(List.of()).stream()
                        .filter(one -> one.resource().equals(resource) && one.hook().equals(hook))
                        .findFirst();
        if (waiting.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        return store.within(() -> {
            var row = store.resource(resource).orElseThrow();
            if (!hooks.clear(resource, hook, userName, now)) {
                return false;
            }
            store.event(
                    waiting.get().stack(),
                    now,
                    row,
                    row.view().action(),
                    StackProgress.IN_PROGRESS,
                    "%s lets it go on (hook %s)".formatted(userName, hook));
            return true;
        });
    }

    @Override
    public Optional<Integer> wayBack(Viewer viewer, UUID id) {
        return changeable(viewer, id).flatMap(wayBack::version);
    }

    @Override
    public boolean cancelAndGoBack(Viewer viewer, Token token, UUID id) {
        var stack = changeable(viewer, id).orElse(null);
        var version = stack == null ? Optional.<Integer>empty() : wayBack.version(stack);
        if (stack == null || version.isEmpty()) {
            return false;
        }
        wayBack.wish(viewer, token, stack, version.get());
        return true;
    }

    @Override
    public boolean cancel(Viewer viewer, UUID id) {
        var stack = living(viewer, id).orElse(null);
        if (stack == null || !viewer.mayChange() || !stack.isMoving() || stack.isInside()) {
            return false;
        }
        launch.cancel(stack);
        return true;
    }
}
