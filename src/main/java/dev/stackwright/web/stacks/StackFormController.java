package dev.stackwright.web.stacks;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import dev.stackwright.stack.PreviewOutcome;
import dev.stackwright.stack.PreviewOutcome.FieldProblem;
import dev.stackwright.stack.StackForm;
import dev.stackwright.stack.StackVersion;
import dev.stackwright.stack.StackView;
import dev.stackwright.stack.Stacks;
import dev.stackwright.template.ParameterConstraint;
import dev.stackwright.template.ParameterDefinition;
import dev.stackwright.template.ParameterType;
import dev.stackwright.template.TemplateReader;
import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.editor.Starters;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Nonce;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The form of a new stack and of a change of one: text, values, preview. Nothing typed is lost. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/stacks")
class StackFormController {

    private static final String PARAMETER = "p.";

    private final Stacks stacks;
    private final Inventory inventory;
    private final Starters starters;
    private final StackAudit audit;

    StackFormController(Stacks stacks, Inventory inventory, Starters starters, StackAudit audit) {
        this.stacks = stacks;
        this.inventory = inventory;
        this.starters = starters;
        this.audit = audit;
    }

    /** What was typed so far. */
    private record Typed(
            String name, String template, String environment, Map<String, String> parameters) {}

    @GetMapping("/new")
    String fresh(
            Visit visit,
            Nonce nonce,
            Model model,
            @RequestParam(defaultValue = "") String starter) {
        refuseReaders(visit);
        var text = starters.find(starter).map(one -> one.text()).orElse("");
        var typed = new Typed("", text, "", Map.of());
        model.addAttribute("page", page(visit, null, typed, List.of(), Diagnostics.NONE));
        return "stacks/form";
    }

    @GetMapping("/{id}/edit")
    String edit(Visit visit, Nonce nonce, Model model, @PathVariable UUID id) {
        refuseReaders(visit);
        var stack = living(visit, id);
        var version = version(visit, stack);
        var typed =
                new Typed(
                        stack.name(),
                        version.template(),
                        version.environment(),
                        version.parameters());
        model.addAttribute("page", page(visit, stack, typed, List.of(), Diagnostics.NONE));
        return "stacks/form";
    }

    @PostMapping("/new")
    @Unrecorded("What came of it is recorded, with the plan")
    String make(
            Visit visit,
            Nonce nonce,
            Model model,
            @RequestParam Map<String, String> sent,
            @RequestParam(required = false) @Nullable MultipartFile file)
            throws IOException {
        return answer(visit, model, null, sent, file);
    }

    @PostMapping("/{id}/edit")
    @Unrecorded("What came of it is recorded, with the plan")
    String change(
            Visit visit,
            Nonce nonce,
            Model model,
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            @RequestParam(required = false) @Nullable MultipartFile file)
            throws IOException {
        return answer(visit, model, living(visit, id), sent, file);
    }

    private String answer(
            Visit visit,
            Model model,
            @Nullable StackView stack,
            Map<String, String> sent,
            @Nullable MultipartFile file)
            throws IOException {
        refuseReaders(visit);
        Typed typed;
        try {
            typed = typed(visit, stack, sent, file);
        } catch (CharacterCodingException notText) {
            var wrong = new FieldProblem("template", visit.format().say("stacks.form.not-text"));
            typed = typed(visit, stack, sent, null);
            model.addAttribute("page", page(visit, stack, typed, List.of(wrong), Diagnostics.NONE));
            return "stacks/form";
        }
        if (!sent.getOrDefault("do", "preview").equals("preview")) {
            model.addAttribute("page", page(visit, stack, typed, List.of(), Diagnostics.NONE));
            return "stacks/form";
        }
        var outcome =
                stacks.preview(
                        visit.viewer(),
                        visit.person().name(),
                        new StackForm(
                                stack == null ? null : stack.id(),
                                typed.name(),
                                typed.template(),
                                typed.environment(),
                                Map.of(),
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
                model.addAttribute("page", page(visit, stack, typed, fields, diagnostics));
                yield "stacks/form";
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    private Typed typed(
            Visit visit,
            @Nullable StackView stack,
            Map<String, String> sent,
            @Nullable MultipartFile file)
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
                LineEnds.of(stored == null ? "" : stored.environment())
                        .on(sent.getOrDefault("environment", ""));
        if (file != null && !file.isEmpty()) {
            return new Typed(name, LineEnds.text(file.getBytes()), environment, parameters);
        }
        var uploaded = LineEnds.opened(sent.getOrDefault("uploaded", ""));
        var before = uploaded.isEmpty() && stored != null ? stored.template() : uploaded;
        return new Typed(
                name,
                LineEnds.of(before).on(sent.getOrDefault("template", "")),
                environment,
                parameters);
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
            Diagnostics diagnostics) {
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
        var parameters = parameters(visit, stack, typed, wrong);
        var all = new ArrayList<Field>();
        if (name != null) {
            all.add(name);
        }
        all.addAll(parameters);
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
                visit.path("templates", "lint"),
                name,
                typed.template(),
                LineEnds.packed(typed.template()),
                environment,
                parameters,
                all,
                marks,
                stack != null || !typed.template().isEmpty() ? List.of() : offers(visit));
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

    private List<Field> parameters(
            Visit visit, @Nullable StackView stack, Typed typed, Map<String, Words> wrong) {
        var kept = stack == null ? null : version(visit, stack);
        var fields = new ArrayList<Field>();
        TemplateReader.read(typed.template())
                .template()
                .ifPresent(template -> {
                    for (var parameter : template.parameters().values()) {
                        fields.add(
                                field(visit, parameter, typed, kept)
                                        .error(wrong.get("parameters." + parameter.name())));
                    }
                });
        return fields;
    }

    private Field field(
            Visit visit, ParameterDefinition parameter, Typed typed, @Nullable StackVersion kept) {
        var name = PARAMETER + parameter.name();
        var label =
                Words.verbatim(parameter.label().isEmpty() ? parameter.name() : parameter.label());
        if (parameter.hidden()) {
            boolean known = kept != null && kept.hidden().contains(parameter.name());
            var field = Field.password(name, label).autocomplete("off");
            return known ? field.hint(Words.of("stacks.unchanged")) : hinted(field, parameter);
        }
        var now = typed.parameters().get(parameter.name());
        var options = options(visit, parameter);
        Field field;
        if (!options.isEmpty()) {
            field = Field.select(name, label, choices(options, parameter, now));
        } else if (parameter.type() == ParameterType.JSON) {
            field = Field.area(name, label);
        } else {
            field = Field.text(name, label);
        }
        var standard = text(parameter.defaultValue());
        var filled = field.value(now == null ? "" : now);
        return hinted(standard == null ? filled : filled.example(standard), parameter);
    }

    private static Field hinted(Field field, ParameterDefinition parameter) {
        var hinted =
                parameter.description().isEmpty()
                        ? field
                        : field.hint(Words.verbatim(parameter.description()));
        return parameter.required() ? hinted.required() : hinted;
    }

    private static List<Field.Option> choices(
            List<Field.Option> options, ParameterDefinition parameter, @Nullable String now) {
        var all = new ArrayList<Field.Option>();
        var standard = text(parameter.defaultValue());
        all.add(
                new Field.Option(
                        "",
                        standard == null
                                ? Words.of("stacks.choose")
                                : Words.of("stacks.default", standard),
                        now == null,
                        false));
        all.addAll(options);
        if (now != null && options.stream().noneMatch(o -> o.value().equals(now))) {
            all.add(Field.Option.of(now, now));
        }
        return all;
    }

    private static @Nullable String text(@Nullable Value value) {
        return switch (value) {
            case null -> null;
            case Value.Text(var text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Items(var items) ->
                    String.join(",", items.stream().map(one -> String.valueOf(text(one))).toList());
            case Value.Null _, Value.Entries _, Value.Unknown _ -> null;
        };
    }

    private List<Field.Option> options(Visit visit, ParameterDefinition parameter) {
        for (var constraint : parameter.constraints()) {
            if (constraint instanceof ParameterConstraint.AllowedValues allowed) {
                return allowed.values().stream()
                        .map(StackFormController::text)
                        .map(one -> one == null ? "" : one)
                        .map(one -> Field.Option.of(one, one))
                        .toList();
            }
        }
        if (parameter.type() == ParameterType.BOOLEAN) {
            return List.of(Field.Option.of("true", "true"), Field.Option.of("false", "false"));
        }
        var viewer = visit.viewer();
        var constraint = parameter.customConstraint();
        return switch (constraint == null ? "" : constraint) {
            case "nova.flavor" ->
                    inventory.flavors(viewer).stream()
                            .map(f ->
                                    Field.Option.of(
                                            f.name(),
                                            "%s (%d vCPU, %d MB)"
                                                    .formatted(f.name(), f.vcpus(), f.memoryMb())))
                            .toList();
            case "glance.image" ->
                    inventory.images(viewer).stream()
                            .map(i -> Field.Option.of(i.name(), i.name()))
                            .toList();
            case "nova.keypair" -> named(inventory.keypairs(viewer));
            case "neutron.network" -> named(inventory.networks(viewer));
            case "neutron.subnet" -> named(inventory.subnets(viewer));
            case "neutron.router" -> named(inventory.routers(viewer));
            case "neutron.port" -> named(inventory.ports(viewer));
            case "neutron.security_group" -> named(inventory.securityGroups(viewer));
            case "cinder.volume" -> named(inventory.volumes(viewer));
            case "cinder.vtype" -> named(inventory.objects(viewer, Kind.VOLUME_TYPE));
            default -> List.of();
        };
    }

    private static List<Field.Option> named(List<CloudObject> objects) {
        return objects.stream().map(o -> Field.Option.of(o.label(), o.label())).toList();
    }
}
