package dev.stackwright.web.stacks;

import dev.stackwright.stack.ApplyOutcome;
import dev.stackwright.stack.PreviewOutcome;
import dev.stackwright.stack.SignalOutcome;
import dev.stackwright.stack.Signals;
import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackResource;
import dev.stackwright.stack.StackView;
import dev.stackwright.stack.Stacks;
import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Everything that can be done with a stack besides changing its template. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/stacks/{id}")
class StackActions {

    private static final int EVENTS = 100;

    private final Stacks stacks;
    private final Signals signals;
    private final StackAudit audit;

    StackActions(Stacks stacks, Signals signals, StackAudit audit) {
        this.signals = signals;
        this.stacks = stacks;
        this.audit = audit;
    }

    @GetMapping("/actions")
    String page(
            Visit visit,
            Model model,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") long before) {
        var stack = stack(visit, id);
        var viewer = visit.viewer();
        var here = visit.path("stacks", id.toString());
        var events = stacks.eventsBefore(viewer, id, before > 0 ? before : Long.MAX_VALUE, EVENTS);
        model.addAttribute(
                "page",
                new StackActionsPage(
                        stack.name(),
                        StackWords.status(stack),
                        here,
                        visit.path("stacks"),
                        !visit.mayChange()
                                ? Words.of("stacks.reader")
                                : stack.isInside() ? Words.of("stacks.inside") : null,
                        stack.isMoving(),
                        stack.isSuspended(),
                        stack.deletedAt() != null,
                        stack.deleteProtected(),
                        String.join(", ", stack.tags()),
                        stacks.versions(viewer, id).stream()
                                .map(version -> version.number())
                                .filter(number -> number != stack.version())
                                .toList(),
                        stacks.resources(viewer, id).stream()
                                .filter(StackResource::current)
                                .map(StackResource::name)
                                .toList(),
                        stacks.resources(viewer, id).stream()
                                .filter(StackResource::current)
                                .filter(one -> signals.takes(one.type()))
                                .map(StackResource::name)
                                .toList(),
                        stacks.consumers(viewer, id).entrySet().stream()
                                .map(one ->
                                        new StackActionsPage.Consumer(
                                                one.getKey(), String.join(", ", one.getValue())))
                                .toList(),
                        events.stream()
                                .map(event ->
                                        new StackSheet.Event(
                                                event.at(),
                                                StackWords.status(event.action(), event.progress()),
                                                event.resource() == null
                                                        ? stack.name()
                                                        : event.resource(),
                                                event.reason()))
                                .toList(),
                        events.size() == EVENTS
                                ? here + "/actions?before=" + events.getLast().number()
                                : null));
        return "stacks/actions";
    }

    /** The source and the ids, for whoever adopts them. */
    @GetMapping("/export")
    ResponseEntity<byte[]> export(Visit visit, @PathVariable UUID id) {
        var stack = stack(visit, id);
        var json = stacks.export(visit.viewer(), id).orElseThrow(PageFailure::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(stack.name() + ".json", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(json.getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/suspend")
    @Unrecorded("It is recorded with the stack that it is about")
    String suspend(Visit visit, @PathVariable UUID id, RedirectAttributes redirect) {
        return asItStands(visit, id, StackAction.SUSPEND, redirect);
    }

    @PostMapping("/resume")
    @Unrecorded("It is recorded with the stack that it is about")
    String resume(Visit visit, @PathVariable UUID id, RedirectAttributes redirect) {
        return asItStands(visit, id, StackAction.RESUME, redirect);
    }

    @PostMapping("/abandon")
    @Unrecorded("It is recorded with the stack that it is about")
    String abandon(Visit visit, @PathVariable UUID id, RedirectAttributes redirect) {
        return asItStands(visit, id, StackAction.ABANDON, redirect);
    }

    @PostMapping("/rollback")
    @Unrecorded("It is recorded with the stack that it is about")
    String rollBack(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int version,
            RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        return planned(
                visit,
                stack,
                stacks.looking(visit.token())
                        .previewVersion(visit.viewer(), visit.person().name(), id, version),
                redirect);
    }

    private String asItStands(
            Visit visit, UUID id, StackAction action, RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        return planned(
                visit,
                stack,
                stacks.previewAsItStands(visit.viewer(), visit.person().name(), id, action),
                redirect);
    }

    private String planned(
            Visit visit, StackView stack, PreviewOutcome outcome, RedirectAttributes redirect) {
        return switch (outcome) {
            case PreviewOutcome.Planned(var plan) -> {
                audit.planned(visit, plan);
                yield "redirect:" + visit.path("plans", plan.id().toString());
            }
            case PreviewOutcome.Refused(var diagnostics, var fields) -> {
                audit.refused(visit, "stack.plan", stack.id().toString(), stack.name());
                var why =
                        !fields.isEmpty()
                                ? Words.verbatim(fields.getFirst().sentence())
                                : diagnostics.hasErrors()
                                        ? Words.verbatim(diagnostics.errors().getFirst().detail())
                                        : Words.of("stacks.refused");
                Flash.failed(why).on(redirect);
                yield back(visit, stack);
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    @PostMapping("/check")
    @Unrecorded("It is recorded with the stack that it is about")
    String check(Visit visit, @PathVariable UUID id, RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        switch (stacks.check(visit.viewer(), visit.token(), id)) {
            case ApplyOutcome.Started _ -> {
                audit.done(visit, "stack.check", id.toString(), stack.name());
                Flash.done("stacks.checking", stack.name()).on(redirect);
            }
            case ApplyOutcome.Refused(var sentence) -> {
                audit.refused(visit, "stack.check", id.toString(), stack.name());
                Flash.failed(Words.verbatim(sentence)).on(redirect);
            }
            case ApplyOutcome.Stale _, ApplyOutcome.NotFound _ -> {
                audit.refused(visit, "stack.check", id.toString(), stack.name());
                Flash.failed(Words.of("stacks.refused")).on(redirect);
            }
        }
        return "redirect:" + visit.path("stacks", id.toString());
    }

    @PostMapping("/protection")
    @Unrecorded("It is recorded with the stack that it is about")
    String protect(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean wanted,
            RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        stacks.protect(visit.viewer(), id, wanted);
        audit.done(
                visit, wanted ? "stack.protect" : "stack.unprotect", id.toString(), stack.name());
        Flash.done(wanted ? "stacks.protected" : "stacks.unprotected", stack.name()).on(redirect);
        return back(visit, stack);
    }

    @PostMapping("/tags")
    @Unrecorded("It is recorded with the stack that it is about")
    String tag(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String tags,
            RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        var wanted = new LinkedHashSet<String>();
        Arrays.stream(tags.split(",")).map(String::strip).forEach(wanted::add);
        wanted.remove("");
        if (stacks.tag(visit.viewer(), id, wanted)) {
            audit.done(visit, "stack.tag", id.toString(), stack.name());
            Flash.done("stacks.tagged", stack.name()).on(redirect);
        } else {
            audit.refused(visit, "stack.tag", id.toString(), stack.name());
            Flash.failed(Words.of("stacks.bad-tag")).on(redirect);
        }
        return back(visit, stack);
    }

    /** What a server would say at the address of the resource. */
    @PostMapping("/signal")
    @Unrecorded("It is recorded with the stack that it is about")
    String signal(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String resource,
            @RequestParam(defaultValue = "") String body,
            RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        var said = body.length() > SignalController.LONGEST ? "[]" : body;
        switch (signals.told(visit.viewer(), visit.person().name(), id, resource, said)) {
            case SignalOutcome.Taken _ -> {
                audit.done(visit, "stack.signal", id.toString(), stack.name());
                Flash.done("stacks.signalled", resource).on(redirect);
            }
            case SignalOutcome.Refused(var sentence) -> {
                audit.refused(visit, "stack.signal", id.toString(), stack.name());
                Flash.failed(Words.verbatim(sentence)).on(redirect);
            }
            case SignalOutcome.Expired _, SignalOutcome.NotFound _ -> {
                audit.refused(visit, "stack.signal", id.toString(), stack.name());
                Flash.failed(Words.of("stacks.signal.nobody")).on(redirect);
            }
        }
        return back(visit, stack);
    }

    @PostMapping("/health")
    @Unrecorded("It is recorded with the stack that it is about")
    String judge(
            Visit visit,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String resource,
            @RequestParam(defaultValue = "false") boolean well,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        var stack = changeable(visit, id);
        var why = reason.length() > 500 ? reason.substring(0, 500) : reason;
        if (stacks.judge(visit.viewer(), id, resource, well, why)) {
            audit.done(visit, "stack.judge", id.toString(), stack.name());
            Flash.done(well ? "stacks.judged.well" : "stacks.judged.ill", resource).on(redirect);
        } else {
            audit.refused(visit, "stack.judge", id.toString(), stack.name());
            Flash.failed(Words.of("stacks.judged.not")).on(redirect);
        }
        return back(visit, stack);
    }

    private static String back(Visit visit, StackView stack) {
        return "redirect:" + visit.path("stacks", stack.id().toString(), "actions");
    }

    private StackView stack(Visit visit, UUID id) {
        return stacks.find(visit.viewer(), id).orElseThrow(PageFailure::notFound);
    }

    private StackView changeable(Visit visit, UUID id) {
        var stack = stack(visit, id);
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
        return stack;
    }
}
