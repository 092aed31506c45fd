package dev.stackwright.web.stacks;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.kernel.Value;
import dev.stackwright.stack.PreviewOutcome;
import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackPage;
import dev.stackwright.stack.StackProgress;
import dev.stackwright.stack.StackQuery;
import dev.stackwright.stack.StackResource;
import dev.stackwright.stack.StackVersion;
import dev.stackwright.stack.StackView;
import dev.stackwright.stack.Stacks;
import dev.stackwright.stack.imports.HeatStacks;
import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.graph.GraphNode;
import dev.stackwright.web.graph.GraphPicture;
import dev.stackwright.web.plan.TextDiff;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of stacks and the page of one. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/stacks")
class StackController {

    private static final int EVENTS = 50;

    /** The events of a run that its timeline is drawn from. */
    private static final int RUN = 1000;

    private final Stacks stacks;
    private final Catalog catalog;
    private final StackAudit audit;

    private final HeatStacks heats;

    StackController(HeatStacks heats, Stacks stacks, Catalog catalog, StackAudit audit) {
        this.heats = heats;
        this.catalog = catalog;
        this.stacks = stacks;
        this.audit = audit;
    }

    @GetMapping
    String list(
            Visit visit,
            Model model,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "name") String sort,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer size) {
        var rows = Pager.size(size);
        StackPage found;
        try {
            found = stacks.list(visit.viewer(), new StackQuery(q, status, sort, after, rows));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw PageFailure.badRequest(Words.of("stacks.bad-page"));
        }
        var here = visit.here();
        model.addAttribute(
                "page",
                new StacksPage(
                        count(
                                q.isEmpty() && status.isEmpty()
                                        ? "stacks.lead"
                                        : "stacks.lead.found",
                                found.total()),
                        visit.path("stacks"),
                        visit.path("stacks", "new"),
                        visit.mayChange() ? null : Words.of("stacks.reader"),
                        q,
                        status,
                        List.of(
                                chip(here, "", status),
                                chip(here, "moving", status),
                                chip(here, "failed", status)),
                        List.of(
                                Column.of("stacks.name", ""),
                                Column.of("stacks.status", ""),
                                Column.of("stacks.resources", "num mid"),
                                Column.of("stacks.changed", "mid"),
                                Column.of("stacks.by", "lo")),
                        found.rows().stream().map(row -> row(visit, row)).toList(),
                        Pager.of(
                                here,
                                null,
                                found.next(),
                                rows,
                                found.total() == 1
                                        ? Words.of("stacks.total.one")
                                        : Words.of("stacks.total.many", found.total())),
                        !q.isEmpty() || !status.isEmpty()));
        return "stacks/list";
    }

    private static Words count(String key, long number) {
        if (number == 0) {
            return Words.of(key + ".none");
        }
        return number == 1 ? Words.of(key + ".one") : Words.of(key + ".many", number);
    }

    private static Tab chip(Address here, String status, String now) {
        return new Tab(
                Words.of("stacks.chip." + (status.isEmpty() ? "all" : status)),
                here.without("after").with("status", status).toString(),
                null,
                status.equals(now));
    }

    private static StacksPage.Row row(Visit visit, StackView stack) {
        return new StacksPage.Row(
                stack.name(),
                visit.path("stacks", stack.id().toString()),
                StackWords.status(stack),
                stack.resources(),
                stack.updatedAt() == null ? stack.createdAt() : stack.updatedAt(),
                stack.createdBy());
    }

    @GetMapping("/{id}")
    String one(Visit visit, Model model, @PathVariable UUID id) {
        var stack = stack(visit, id);
        model.addAttribute("page", sheet(visit, stack));
        model.addAttribute(
                "heat", stack.deletedAt() == null ? heats.holder(id).orElse(null) : null);
        model.addAttribute("letGo", visit.path("stacks", id.toString(), "heat"));
        return "stacks/stack";
    }

    /** Asks Heat whether it has let go of what this stack took over. */
    @PostMapping("/{id}/heat")
    @Unrecorded("It only looks")
    String letGo(Visit visit, @PathVariable UUID id, RedirectAttributes redirect) {
        var stack = stack(visit, id);
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
        try {
            if (heats.hasLetGo(visit.viewer(), visit.token(), stack.id())) {
                Flash.done("stacks.heat.gone").on(redirect);
            } else {
                Flash.failed(Words.of("stacks.heat.still")).on(redirect);
            }
        } catch (CloudFailure e) {
            Flash.failed(Words.of("stacks.heat.trouble", String.valueOf(e.getMessage())))
                    .on(redirect);
        }
        return "redirect:" + visit.path("stacks", stack.id().toString());
    }

    /** What the page's poll asks: 304, or the parts that move as they are now. */
    @GetMapping("/{id}/changes")
    Object changes(
            Visit visit, @PathVariable UUID id, @RequestParam(defaultValue = "") String since) {
        var stack = stack(visit, id);
        if (since.equals(mark(visit, stack))) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
        }
        var view = new ModelAndView("stacks/_changes");
        view.addObject("page", sheet(visit, stack));
        return view;
    }

    /** Moves whenever something on the page does. */
    private String mark(Visit visit, StackView stack) {
        var latest = stacks.latestEvents(visit.viewer(), stack.id(), 1);
        var event = latest.isEmpty() ? 0 : latest.getFirst().number();
        var notes =
                stacks.resources(visit.viewer(), stack.id()).stream()
                        .map(StackResource::note)
                        .toList();
        var inside =
                stacks.resourcesInside(visit.viewer(), stack.id()).stream()
                        .map(one -> one.id() + one.status() + one.note())
                        .toList();
        return event + "-" + Integer.toHexString(notes.hashCode() + 31 * inside.hashCode());
    }

    private StackView stack(Visit visit, UUID id) {
        return stacks.find(visit.viewer(), id).orElseThrow(PageFailure::notFound);
    }

    private StackSheet sheet(Visit visit, StackView stack) {
        var viewer = visit.viewer();
        var id = stack.id();
        var address = id.toString();
        var resources = stacks.resources(viewer, id);
        var versions = stacks.versions(viewer, id);
        var rows = rows(visit, resources, stacks.resourcesInside(viewer, id), stack.isMoving());
        boolean deleted = stack.deletedAt() != null;
        return new StackSheet(
                stack.name(),
                around(visit, stack),
                StackWords.status(stack.action(), stack.progress()),
                lead(visit, stack),
                stack.progress() == StackProgress.FAILED && !stack.reason().isEmpty()
                        ? Words.verbatim(stack.reason())
                        : null,
                echoes(stack, resources),
                new StackSheet.Links(
                        visit.path("stacks"),
                        visit.path("stacks", address, "edit"),
                        visit.path("stacks", address, "delete"),
                        visit.path("stacks", address, "cancel"),
                        visit.path("stacks", address, "template"),
                        visit.path("stacks", address, "versions"),
                        visit.path("plans"),
                        visit.path("stacks", address, "actions")),
                stacks.waitingHooks(viewer, id).stream()
                        .map(one ->
                                new StackSheet.Hook(
                                        Words.of("stacks.hook." + one.hook(), one.name()),
                                        one.resource().toString(),
                                        one.hook(),
                                        one.name()))
                        .toList(),
                visit.path("stacks", address, "hooks"),
                stacks.wayBack(viewer, id).isPresent(),
                stack.isMoving(),
                deleted,
                unable(visit, stack),
                rows,
                stacks.latestEvents(viewer, id, EVENTS).stream()
                        .map(event ->
                                new StackSheet.Event(
                                        event.at(),
                                        StackWords.status(event.action(), event.progress()),
                                        event.resource() == null ? stack.name() : event.resource(),
                                        event.reason()))
                        .toList(),
                run(visit, stack, resources),
                outputs(visit, stack),
                versions.stream()
                        .map(version ->
                                new StackSheet.Version(
                                        version.number(),
                                        version.madeAt(),
                                        version.madeBy(),
                                        visit.path("stacks", address, "template")
                                                + "?version="
                                                + version.number()))
                        .toList(),
                List.of(
                        Fact.of("stacks.fact.version", String.valueOf(stack.version())),
                        Fact.of("stacks.by", stack.createdBy()),
                        Fact.of("stacks.fact.made", visit.format().dateTime(stack.createdAt())),
                        Fact.mono("stacks.fact.id", address)),
                versions.isEmpty() ? "" : versions.getFirst().template(),
                picture(visit, stack, resources),
                stack.isMoving()
                        ? visit.path("stacks", address, "changes") + "?since=" + mark(visit, stack)
                        : null);
    }

    /** Why it cannot be changed here. */
    private @Nullable Words unable(Visit visit, StackView stack) {
        if (!visit.mayChange()) {
            return Words.of("stacks.reader");
        }
        return stack.isInside()
                ? Words.of("stacks.belongs", around(visit, stack).getFirst().name())
                : null;
    }

    /** The stacks around it, the outermost first. */
    private List<StackSheet.Around> around(Visit visit, StackView stack) {
        var around = new ArrayList<StackSheet.Around>();
        var parent = stack.parent();
        while (parent != null) {
            var next = stacks.find(visit.viewer(), parent).orElse(null);
            if (next == null) {
                break;
            }
            around.addFirst(
                    new StackSheet.Around(next.name(), visit.path("stacks", next.id().toString())));
            parent = next.parent();
        }
        return around;
    }

    /** The resources, and below each with a stack behind it those inside. */
    private List<StackSheet.Resource> rows(
            Visit visit,
            List<StackResource> resources,
            List<StackResource> inside,
            boolean moving) {
        var byStack = new LinkedHashMap<UUID, List<StackResource>>();
        inside.forEach(
                one -> byStack.computeIfAbsent(one.stack(), _ -> new ArrayList<>()).add(one));
        var rows = new ArrayList<StackSheet.Resource>();
        addRows(visit, resources, byStack, 0, moving, rows);
        return rows;
    }

    private void addRows(
            Visit visit,
            List<StackResource> resources,
            Map<UUID, List<StackResource>> byStack,
            int depth,
            boolean moving,
            List<StackSheet.Resource> rows) {
        for (var one : resources) {
            rows.add(resource(visit, one, depth, moving));
            addRows(
                    visit,
                    byStack.getOrDefault(one.id(), List.of()),
                    byStack,
                    depth + 1,
                    moving,
                    rows);
        }
    }

    private static List<StackSheet.Echo> echoes(StackView stack, List<StackResource> resources) {
        if (stack.progress() != StackProgress.FAILED) {
            return List.of();
        }
        return resources.stream()
                .filter(one -> one.begun() && one.progress() == StackProgress.FAILED)
                .filter(one -> !one.name().equals(stack.firstCause()))
                .map(one -> new StackSheet.Echo(one.name(), "#resource-" + one.id(), one.reason()))
                .toList();
    }

    private StackSheet.@Nullable Run run(
            Visit visit, StackView stack, List<StackResource> resources) {
        var needs = new LinkedHashMap<String, Set<String>>();
        resources.forEach(one -> needs.putIfAbsent(one.name(), one.dependsOn()));
        var format = visit.format();
        var line =
                Timeline.of(
                        stacks.latestEvents(visit.viewer(), stack.id(), RUN), needs, format.now());
        if (line.bars().isEmpty()) {
            return null;
        }
        var took = format.duration(line.length());
        return new StackSheet.Run(
                stack.isMoving()
                        ? Words.of("stacks.run.moving", took)
                        : line.path().size() < 2
                                ? Words.of("stacks.run.took", took)
                                : Words.of(
                                        "stacks.run.decided",
                                        took,
                                        String.join(" → ", line.path())),
                line.bars().stream()
                        .map(bar ->
                                new StackSheet.Bar(
                                        bar.resource(),
                                        StackWords.status(bar.action(), bar.progress()).word(),
                                        bar.x(),
                                        bar.width(),
                                        bar.css(),
                                        format.duration(bar.took()),
                                        bar.decides()))
                        .toList());
    }

    /** Two versions of the source side by side. */
    @GetMapping("/{id}/versions")
    String versions(
            Visit visit,
            Model model,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer from,
            @RequestParam(required = false) @Nullable Integer to,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(defaultValue = "") String lines) {
        var stack = stack(visit, id);
        var all = stacks.versions(visit.viewer(), id);
        if (all.isEmpty()) {
            throw PageFailure.notFound();
        }
        var newest = all.getFirst().number();
        var right = version(all, to == null ? newest : to);
        var left = version(all, from == null ? Math.max(1, right.number() - 1) : from);
        var here = visit.here().with("from", "" + left.number()).with("to", "" + right.number());
        boolean aside = view.equals("side");
        model.addAttribute(
                "page",
                new VersionsPage(
                        stack.name(),
                        visit.path("stacks", id.toString()),
                        visit.path("stacks", id.toString(), "versions"),
                        all.stream()
                                .map(one ->
                                        new VersionsPage.Version(
                                                one.number(),
                                                visit.format().dateTime(one.madeAt()),
                                                one.madeBy(),
                                                visit.path("stacks", id.toString(), "template")
                                                        + "?version="
                                                        + one.number()))
                                .toList(),
                        left.number(),
                        right.number(),
                        TextDiff.of(left.template(), right.template(), lines.equals("all")),
                        aside,
                        here.with("view", aside ? "" : "side").toString(),
                        here.with("lines", "all").toString(),
                        values(left, right)));
        return "stacks/versions";
    }

    private static StackVersion version(List<StackVersion> all, int number) {
        return all.stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(PageFailure::notFound);
    }

    /** The parameters whose values differ; of hidden ones only that they are hidden is known. */
    private static List<VersionsPage.Value> values(StackVersion left, StackVersion right) {
        var names = new TreeSet<>(left.parameters().keySet());
        names.addAll(right.parameters().keySet());
        return names.stream()
                .filter(name ->
                        !Objects.equals(left.parameters().get(name), right.parameters().get(name)))
                .map(name ->
                        new VersionsPage.Value(
                                name,
                                left.parameters().getOrDefault(name, ""),
                                right.parameters().getOrDefault(name, "")))
                .toList();
    }

    private List<StackSheet.Output> outputs(Visit visit, StackView stack) {
        return stacks.outputs(visit.viewer(), stack.id()).stream()
                .map(output ->
                        new StackSheet.Output(
                                output.name(),
                                output.description(),
                                text(output.value()),
                                output.error()))
                .toList();
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Null _ -> "";
            case Value.Num(var number) -> number.toPlainString();
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Items(var items) ->
                    "["
                            + String.join(", ", items.stream().map(StackController::text).toList())
                            + "]";
            case Value.Entries(var entries) -> {
                var parts = new ArrayList<String>();
                entries.forEach((key, one) -> parts.add(key + ": " + text(one)));
                yield "{" + String.join(", ", parts) + "}";
            }
            case Value.Unknown _ -> "";
        };
    }

    private static Words lead(Visit visit, StackView stack) {
        var since =
                stack.startedAt() == null
                        ? ""
                        : visit.format()
                                .duration(
                                        Duration.between(stack.startedAt(), visit.format().now()));
        var changed = stack.updatedAt() == null ? stack.createdAt() : stack.updatedAt();
        var key =
                "stacks.says.%s.%s"
                        .formatted(
                                stack.action().name().toLowerCase(java.util.Locale.ROOT),
                                stack.progress().name().toLowerCase(java.util.Locale.ROOT));
        return switch (stack.progress()) {
            case IN_PROGRESS -> Words.of(key, since, stack.doneSteps(), stack.steps());
            case COMPLETE, FAILED ->
                    Words.of(key, stack.resources(), visit.format().dateTime(changed));
        };
    }

    private StackSheet.Resource resource(
            Visit visit, StackResource resource, int depth, boolean moving) {
        var type = catalog.find(resource.type());
        var physical = resource.physicalId();
        boolean gone =
                resource.action() == StackAction.DELETE
                        && resource.progress() == StackProgress.COMPLETE;
        var took =
                resource.startedAt() == null || resource.updatedAt() == null
                        ? null
                        : visit.format()
                                .duration(
                                        Duration.between(
                                                resource.startedAt(),
                                                resource.isMoving()
                                                        ? visit.format().now()
                                                        : resource.updatedAt()));
        return new StackSheet.Resource(
                resource.id().toString(),
                depth,
                resource.name(),
                type.map(one -> one.symbol()).orElse("template"),
                type.map(one -> one.title()).orElse(resource.type()),
                StackWords.status(resource, moving),
                physical == null ? "" : physical,
                gone || physical == null
                        ? null
                        : StackNodes.href(visit, catalog, resource).orElse(null),
                resource.current(),
                took);
    }

    private GraphPicture picture(Visit visit, StackView stack, List<StackResource> resources) {
        var nodes = new ArrayList<GraphNode>();
        var edges = new LinkedHashMap<String, Set<String>>();
        for (var resource : resources) {
            if (resource.current()) {
                nodes.add(StackNodes.node(visit, catalog, resource, stack.isMoving()));
                edges.put(resource.name(), resource.dependsOn());
            }
        }
        return GraphPicture.of(visit.format().say("stacks.picture", stack.name()), nodes, edges);
    }

    /** The source, byte for byte. */
    @GetMapping("/{id}/template")
    ResponseEntity<byte[]> template(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer version) {
        var stack = stack(visit, id);
        var source =
                stacks.version(visit.viewer(), id, version == null ? stack.version() : version)
                        .filter(one -> !one.template().isEmpty())
                        .orElseThrow(PageFailure::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(
                                        "%s-%d.yaml".formatted(stack.name(), source.number()),
                                        StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(source.template().getBytes(StandardCharsets.UTF_8));
    }

    /** Deleting begins with a plan, too. */
    @PostMapping("/{id}/delete")
    @Unrecorded("It is recorded with the stack that it is about")
    String delete(Visit visit, @PathVariable UUID id, RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        return switch (stacks.previewAsItStands(
                visit.viewer(), visit.person().name(), id, StackAction.DELETE)) {
            case PreviewOutcome.Planned(var plan) -> {
                audit.planned(visit, plan);
                yield "redirect:" + visit.path("plans", plan.id().toString());
            }
            case PreviewOutcome.Refused(_, var fields) -> {
                audit.refused(visit, "stack.delete", stack.id().toString(), stack.name());
                Flash.failed(
                                fields.isEmpty()
                                        ? Words.of("stacks.refused")
                                        : Words.verbatim(fields.getFirst().sentence()))
                        .on(redirect);
                yield "redirect:" + visit.path("stacks", id.toString());
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    @PostMapping("/{id}/cancel")
    @Unrecorded("It is recorded with the stack that it is about")
    String cancel(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean back,
            RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        if (back && stacks.cancelAndGoBack(visit.viewer(), visit.token(), id)) {
            audit.done(visit, "stack.cancel", stack.id().toString(), stack.name());
            Flash.done("stacks.going-back", stack.name()).on(redirect);
        } else if (!back && stacks.cancel(visit.viewer(), id)) {
            audit.done(visit, "stack.cancel", stack.id().toString(), stack.name());
            Flash.done("stacks.cancelling", stack.name()).on(redirect);
        } else {
            audit.refused(visit, "stack.cancel", stack.id().toString(), stack.name());
            Flash.failed(Words.of("stacks.nothing-runs")).on(redirect);
        }
        return "redirect:" + visit.path("stacks", id.toString());
    }

    /** Lets a resource go on that waits for a person. */
    @PostMapping("/{id}/hooks")
    @Unrecorded("It is recorded with the stack that it is about")
    String clearHook(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID resource,
            @RequestParam(defaultValue = "") String hook,
            RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        if (resource != null
                && stacks.clearHook(visit.viewer(), visit.person().name(), id, resource, hook)) {
            audit.done(visit, "stack.hook", stack.id().toString(), stack.name());
            Flash.done("stacks.hook.cleared").on(redirect);
        } else {
            audit.refused(visit, "stack.hook", stack.id().toString(), stack.name());
            Flash.failed(Words.of("stacks.hook.none")).on(redirect);
        }
        return "redirect:" + visit.path("stacks", id.toString());
    }

    private StackView changeable(Visit visit, UUID id) {
        var stack = stack(visit, id);
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
        return stack;
    }
}
