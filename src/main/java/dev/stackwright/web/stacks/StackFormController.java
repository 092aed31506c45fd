package dev.stackwright.web.stacks;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.stack.Draft;
import dev.stackwright.stack.Drafts;
import dev.stackwright.stack.PreviewOutcome;
import dev.stackwright.stack.PreviewOutcome.FieldProblem;
import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackForm;
import dev.stackwright.stack.StackVersion;
import dev.stackwright.stack.StackView;
import dev.stackwright.stack.Stacks;
import dev.stackwright.stack.StoredPlan;
import dev.stackwright.template.Limits;
import dev.stackwright.template.ParameterDefinition;
import dev.stackwright.template.TemplateReader;
import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.editor.Choices;
import dev.stackwright.web.editor.Starters;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.Nonce;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The form of a new stack and of a change of one: text, values, preview. Nothing typed is lost. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/stacks")
class StackFormController {

    private static final String FILE_NAME = "file-name-";
    private static final String FILE_TEXT = "file-text-";
    private static final String PARAMETER = ParameterForm.PREFIX;

    private final Stacks stacks;
    private final Choices choices;
    private final Starters starters;
    private final Drafts drafts;
    private final Limits limits;
    private final StackAudit audit;
    private final Clock clock;

    StackFormController(
            Stacks stacks,
            Choices choices,
            Starters starters,
            Drafts drafts,
            StackAudit audit,
            Limits limits,
            Clock clock) {
        this.limits = limits;
        this.drafts = drafts;
        this.clock = clock;
        this.stacks = stacks;
        this.choices = choices;
        this.starters = starters;
        this.audit = audit;
    }

    /** What was typed so far. */
    private record Typed(
            String name,
            String template,
            String environment,
            Map<String, String> files,
            Map<String, String> parameters) {

        static Typed of(Draft draft) {
            return new Typed(
                    draft.name(),
                    draft.template(),
                    draft.environment(),
                    draft.files(),
                    draft.parameters());
        }
    }

    @GetMapping("/new")
    String fresh(
            Visit visit,
            Nonce nonce,
            Model model,
            @RequestParam(defaultValue = "") String starter,
            @RequestParam(required = false) @Nullable UUID plan) {
        refuseReaders(visit);
        var planned = planned(visit, plan, null);
        if (planned.isPresent()) {
            return again(visit, model, null, planned.get());
        }
        var text = starters.find(starter).map(one -> one.text()).orElse("");
        var draft = drafts.find(visit.viewer(), null);
        var typed =
                draft.filter(_ -> text.isEmpty())
                        .map(Typed::of)
                        .orElseGet(() -> new Typed("", text, "", Map.of(), Map.of()));
        model.addAttribute(
                "page",
                page(
                        visit,
                        null,
                        typed,
                        List.of(),
                        Diagnostics.NONE,
                        draft.map(one ->
                                        text.isEmpty()
                                                ? state(visit, one, null)
                                                : beside(visit, one))
                                .orElse(null)));
        return "stacks/form";
    }

    @GetMapping("/{id}/edit")
    String edit(
            Visit visit,
            Nonce nonce,
            Model model,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID plan) {
        refuseReaders(visit);
        var stack = living(visit, id);
        if (stack.isInside()) {
            return "redirect:" + visit.path("stacks", id.toString());
        }
        var planned = planned(visit, plan, stack);
        if (planned.isPresent()) {
            return again(visit, model, stack, planned.get());
        }
        var version = version(visit, stack);
        var draft = drafts.find(visit.viewer(), id);
        var typed =
                draft.map(Typed::of)
                        .orElseGet(() ->
                                new Typed(
                                        stack.name(),
                                        version.template(),
                                        version.environment(),
                                        version.files(),
                                        version.parameters()));
        model.addAttribute(
                "page",
                page(
                        visit,
                        stack,
                        typed,
                        List.of(),
                        Diagnostics.NONE,
                        draft.map(one -> state(visit, one, stack)).orElse(null)));
        return "stacks/form";
    }

    /** The plan whose text is to be gone on with; nothing of it is lost. */
    private Optional<StoredPlan> planned(
            Visit visit, @Nullable UUID plan, @Nullable StackView stack) {
        return plan == null
                ? Optional.empty()
                : stacks.plan(visit.viewer(), plan)
                        .filter(one -> one.action() != StackAction.DELETE)
                        .filter(one ->
                                stack == null
                                        ? one.action() == StackAction.CREATE
                                        : one.stack().equals(stack.id()));
    }

    private String again(Visit visit, Model model, @Nullable StackView stack, StoredPlan plan) {
        var typed =
                new Typed(
                        plan.stackName(),
                        plan.templateAfter(),
                        plan.environment(),
                        plan.files(),
                        plan.parameters());
        model.addAttribute("page", page(visit, stack, typed, List.of(), Diagnostics.NONE, null));
        return "stacks/form";
    }

    @PostMapping("/new")
    @Unrecorded("What came of it is recorded, with the plan")
    String make(
            Visit visit,
            Nonce nonce,
            Model model,
            @RequestParam Map<String, String> sent,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<MultipartFile> environments)
            throws IOException {
        return answer(visit, model, null, sent, new Uploads(file, files, environments));
    }

    @PostMapping("/{id}/edit")
    @Unrecorded("What came of it is recorded, with the plan")
    String change(
            Visit visit,
            Nonce nonce,
            Model model,
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<MultipartFile> environments)
            throws IOException {
        return answer(
                visit, model, living(visit, id), sent, new Uploads(file, files, environments));
    }

    /** What the script sends while somebody types. */
    @PostMapping("/new/draft")
    @ResponseBody
    @Unrecorded("A draft changes nothing but itself")
    Saved draft(Visit visit, @RequestParam Map<String, String> sent) throws IOException {
        refuseReaders(visit);
        return keep(visit, null, typed(visit, null, sent, Uploads.NONE));
    }

    @PostMapping("/{id}/edit/draft")
    @ResponseBody
    @Unrecorded("A draft changes nothing but itself")
    Saved draft(Visit visit, @PathVariable UUID id, @RequestParam Map<String, String> sent)
            throws IOException {
        refuseReaders(visit);
        var stack = living(visit, id);
        return keep(visit, stack, typed(visit, stack, sent, Uploads.NONE));
    }

    @PostMapping("/new/discard")
    @Unrecorded("A draft changes nothing but itself")
    String discard(Visit visit, RedirectAttributes redirect) {
        refuseReaders(visit);
        forget(visit, null, redirect);
        return "redirect:" + visit.path("stacks", "new");
    }

    @PostMapping("/{id}/edit/discard")
    @Unrecorded("A draft changes nothing but itself")
    String discard(Visit visit, @PathVariable UUID id, RedirectAttributes redirect) {
        refuseReaders(visit);
        living(visit, id);
        forget(visit, id, redirect);
        return "redirect:" + visit.path("stacks", id.toString(), "edit");
    }

    private void forget(Visit visit, @Nullable UUID stack, RedirectAttributes redirect) {
        if (drafts.discard(visit.viewer(), stack)) {
            Flash.done("stacks.draft.discarded").on(redirect);
        } else {
            Flash.failed(Words.of("stacks.draft.none")).on(redirect);
        }
    }

    /** When the draft was saved, as the person reads it; null when there was nothing to save. */
    record Saved(@Nullable String at) {}

    /** What is like that which is there already is no draft. */
    private Saved keep(Visit visit, @Nullable StackView stack, Typed typed) {
        var id = stack == null ? null : stack.id();
        if (typed.template().isBlank()) {
            drafts.discard(visit.viewer(), id);
            return new Saved(null);
        }
        if (typed.template().length() > limits.bytes()) {
            return new Saved(null);
        }
        var open = new HashMap<>(typed.parameters());
        TemplateReader.read(typed.template())
                .template()
                .ifPresent(template ->
                        template.parameters().values().stream()
                                .filter(ParameterDefinition::hidden)
                                .forEach(parameter -> open.remove(parameter.name())));
        var version = stack == null ? null : version(visit, stack);
        if (version != null
                && version.template().equals(typed.template())
                && version.environment().equals(typed.environment())
                && version.files().equals(typed.files())
                && version.parameters().equals(open)) {
            drafts.discard(visit.viewer(), id);
            return new Saved(null);
        }
        var now = clock.instant();
        var base = drafts.find(visit.viewer(), id).map(Draft::baseVersion);
        drafts.keep(
                visit.viewer(),
                id,
                new Draft(
                        typed.name(),
                        typed.template(),
                        typed.environment(),
                        typed.files(),
                        open,
                        base.orElse(version == null ? 0 : version.number()),
                        now));
        return new Saved(visit.format().at(now));
    }

    private static StackEditor.Kept state(Visit visit, Draft draft, @Nullable StackView stack) {
        var at = visit.format().dateTime(draft.savedAt());
        return new StackEditor.Kept(
                stack == null || stack.version() == draft.baseVersion()
                        ? Words.of("stacks.draft.of", at)
                        : Words.of(
                                "stacks.draft.behind",
                                at,
                                String.valueOf(draft.baseVersion()),
                                String.valueOf(stack.version())),
                null);
    }

    /** A starter was chosen instead of it. */
    private static StackEditor.Kept beside(Visit visit, Draft draft) {
        return new StackEditor.Kept(
                Words.of("stacks.draft.beside", visit.format().dateTime(draft.savedAt())),
                visit.path("stacks", "new"));
    }

    private String answer(
            Visit visit,
            Model model,
            @Nullable StackView stack,
            Map<String, String> sent,
            Uploads uploads)
            throws IOException {
        refuseReaders(visit);
        Typed typed;
        try {
            typed = typed(visit, stack, sent, uploads);
        } catch (CharacterCodingException notText) {
            var wrong = new FieldProblem("template", visit.format().say("stacks.form.not-text"));
            typed = typed(visit, stack, sent, Uploads.NONE);
            model.addAttribute(
                    "page", page(visit, stack, typed, List.of(wrong), Diagnostics.NONE, null));
            return "stacks/form";
        }
        keep(visit, stack, typed);
        if (!sent.getOrDefault("do", "preview").equals("preview")) {
            model.addAttribute(
                    "page", page(visit, stack, typed, List.of(), Diagnostics.NONE, null));
            return "stacks/form";
        }
        var outcome =
                stacks.looking(visit.token())
                        .preview(
                                visit.viewer(),
                                visit.person().name(),
                                new StackForm(
                                        stack == null ? null : stack.id(),
                                        typed.name(),
                                        typed.template(),
                                        typed.environment(),
                                        typed.files(),
                                        typed.parameters(),
                                        null));
        return switch (outcome) {
            case PreviewOutcome.Planned(var plan) -> {
                audit.planned(visit, plan);
                yield "redirect:" + visit.path("plans", plan.id().toString());
            }
            case PreviewOutcome.Refused(var diagnostics, var fields) -> {
                audit.refused(
                        visit,
                        "stack.plan",
                        stack == null ? "" : stack.id().toString(),
                        stack == null ? typed.name() : stack.name());
                model.addAttribute("page", page(visit, stack, typed, fields, diagnostics, null));
                yield "stacks/form";
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    private Typed typed(
            Visit visit, @Nullable StackView stack, Map<String, String> sent, Uploads uploads)
            throws IOException {
        var parameters = new HashMap<String, String>();
        sent.forEach((name, value) -> {
            if (name.startsWith(PARAMETER) && !value.isEmpty()) {
                parameters.put(name.substring(PARAMETER.length()), value);
            }
        });
        var stored = stack == null ? null : version(visit, stack);
        var name = stack == null ? sent.getOrDefault("name", "") : stack.name();
        var environment =
                uploads.on(
                        LineEnds.of(
                                        before(
                                                sent.get("environment-uploaded"),
                                                stored == null ? "" : stored.environment()))
                                .on(sent.getOrDefault("environment", "")));
        var files = files(stored == null ? Map.of() : stored.files(), sent, uploads);
        var file = uploads.template();
        if (file != null && !file.isEmpty()) {
            return new Typed(name, LineEnds.text(file.getBytes()), environment, files, parameters);
        }
        var before = before(sent.get("uploaded"), stored == null ? "" : stored.template());
        return new Typed(
                name,
                LineEnds.of(before)
                        .on(sent.getOrDefault("template", ""), sent.getOrDefault("newlines", "")),
                environment,
                files,
                parameters);
    }

    /** The text with the line ends that it had: what the form carried along, else what is kept. */
    private static String before(@Nullable String carried, String kept) {
        var uploaded = LineEnds.opened(carried == null ? "" : carried);
        return uploaded.isEmpty() ? kept : uploaded;
    }

    /**
     * What the browser sends as files.
     *
     * @param environments in their order, each on top of those before it
     */
    private record Uploads(
            @Nullable MultipartFile template,
            @Nullable List<MultipartFile> beside,
            @Nullable List<MultipartFile> environments) {

        static final Uploads NONE = new Uploads(null, null, null);

        /** The environment with what was uploaded after it, each file as a document of its own. */
        String on(String environment) throws IOException {
            var all = new StringBuilder(environment);
            for (var upload : environments == null ? List.<MultipartFile>of() : environments) {
                if (upload.isEmpty()) {
                    continue;
                }
                var text = LineEnds.text(upload.getBytes());
                if (all.toString().isBlank()) {
                    all.setLength(0);
                } else {
                    all.append(all.charAt(all.length() - 1) == '\n' ? "" : "\n");
                    all.append(text.startsWith("---") ? "" : "---\n");
                }
                all.append(text);
            }
            return all.toString();
        }
    }

    /**
     * The files beside the template: those in the form that have a name, then what was uploaded.
     */
    private static Map<String, String> files(
            Map<String, String> before, Map<String, String> sent, Uploads uploads)
            throws IOException {
        var files = new TreeMap<String, String>();
        sent.forEach((field, value) -> {
            var name = value.strip();
            if (field.startsWith(FILE_NAME) && !name.isEmpty()) {
                var text = sent.getOrDefault(FILE_TEXT + field.substring(FILE_NAME.length()), "");
                files.put(name, LineEnds.of(before.getOrDefault(name, "")).on(text));
            }
        });
        if (uploads.beside() != null) {
            for (var upload : uploads.beside()) {
                var name = upload.getOriginalFilename();
                if (!upload.isEmpty() && name != null && !name.isBlank()) {
                    files.put(name, LineEnds.text(upload.getBytes()));
                }
            }
        }
        return files;
    }

    /** One part of the form for each file, and an empty one. */
    private static List<StackEditor.Beside> beside(Map<String, String> files) {
        var parts = new ArrayList<StackEditor.Beside>();
        new TreeMap<>(files).forEach((name, text) -> parts.add(beside(parts.size(), name, text)));
        parts.add(beside(parts.size(), "", ""));
        return parts;
    }

    private static StackEditor.Beside beside(int number, String name, String text) {
        return new StackEditor.Beside(
                name,
                Field.text(FILE_NAME + number, Words.of("stacks.files.name"))
                        .value(name)
                        .example("network.yaml"),
                Field.area(FILE_TEXT + number, Words.of("stacks.files.text")).value(text));
    }

    private static void refuseReaders(Visit visit) {
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
    }

    private StackView living(Visit visit, UUID id) {
        return stacks.find(visit.viewer(), id)
                .filter(stack -> stack.deletedAt() == null)
                .orElseThrow(PageFailure::notFound);
    }

    private StackVersion version(Visit visit, StackView stack) {
        return stacks.version(visit.viewer(), stack.id(), stack.version())
                .orElseThrow(PageFailure::notFound);
    }

    private StackEditor page(
            Visit visit,
            @Nullable StackView stack,
            Typed typed,
            List<FieldProblem> problems,
            Diagnostics diagnostics,
            StackEditor.@Nullable Kept draft) {
        var wrong = new HashMap<String, Words>();
        problems.forEach(one -> wrong.putIfAbsent(one.field(), Words.verbatim(one.sentence())));
        var name =
                stack != null
                        ? null
                        : Field.text("name", Words.of("stacks.name"))
                                .value(typed.name())
                                .example("shop-web")
                                .required()
                                .error(wrong.get("name"));
        var environment =
                Field.area("environment", Words.of("stacks.environment"))
                        .value(typed.environment())
                        .hint(Words.of("stacks.environment.hint"))
                        .error(wrong.get("environment"));
        var groups = groups(visit, stack, typed, wrong);
        var all = new ArrayList<Field>();
        if (name != null) {
            all.add(name);
        }
        groups.forEach(group -> all.addAll(group.fields()));
        all.add(environment);
        var marks = new ArrayList<StackEditor.Problem>();
        for (var which : List.of("stack", "template")) {
            if (wrong.containsKey(which)) {
                marks.add(
                        new StackEditor.Problem(
                                "", Words.of("stacks.cannot"), wrong.get(which).text(), 1, true));
            }
        }
        var said = wrong.values().stream().map(Words::text).toList();
        for (var one : diagnostics) {
            if (said.contains(one.detail())) {
                continue;
            }
            marks.add(
                    new StackEditor.Problem(
                            one.range().toString(),
                            Words.verbatim(one.title()),
                            one.detail(),
                            one.range().line(),
                            one.isError()));
        }
        var id = stack == null ? null : stack.id().toString();
        return new StackEditor(
                stack == null ? null : stack.name(),
                id == null ? visit.path("stacks", "new") : visit.path("stacks", id, "edit"),
                id == null ? visit.path("stacks") : visit.path("stacks", id),
                new StackEditor.Tools(
                        visit.path("templates", "lint") + (id == null ? "" : "?stack=" + id),
                        visit.path("templates", "complete"),
                        visit.path("templates", "explain"),
                        visit.path("templates", "environment")),
                name,
                typed.template(),
                LineEnds.packed(typed.template()),
                environment,
                LineEnds.packed(typed.environment()),
                typed.environment().isBlank()
                        ? List.of()
                        : stacks.checkEnvironment(
                                        visit.viewer(), typed.template(), typed.environment())
                                .all(),
                beside(typed.files()),
                groups,
                all,
                marks,
                stack == null && (typed.template().isEmpty() || draft != null)
                        ? offers(visit)
                        : List.of(),
                new StackEditor.Drafting(
                        id == null
                                ? visit.path("stacks", "new", "draft")
                                : visit.path("stacks", id, "edit", "draft"),
                        id == null
                                ? visit.path("stacks", "new", "discard")
                                : visit.path("stacks", id, "edit", "discard"),
                        draft));
    }

    private List<StackEditor.Offer> offers(Visit visit) {
        return starters.all().stream()
                .map(starter ->
                        new StackEditor.Offer(
                                starter.title(),
                                starter.description(),
                                visit.path("stacks", "new") + "?starter=" + starter.name()))
                .toList();
    }

    private List<StackEditor.Group> groups(
            Visit visit, @Nullable StackView stack, Typed typed, Map<String, Words> wrong) {
        var form =
                new ParameterForm(
                        choices,
                        visit.viewer(),
                        visit.format(),
                        typed.parameters(),
                        wrong,
                        stack == null ? null : version(visit, stack));
        return TemplateReader.read(typed.template()).template().map(form::of).orElse(List.of());
    }
}
