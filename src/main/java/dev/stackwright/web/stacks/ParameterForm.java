package dev.stackwright.web.stacks;

import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.StackVersion;
import dev.stackwright.template.ParameterConstraint;
import dev.stackwright.template.ParameterConstraint.AllowedPattern;
import dev.stackwright.template.ParameterConstraint.AllowedValues;
import dev.stackwright.template.ParameterConstraint.Custom;
import dev.stackwright.template.ParameterConstraint.Length;
import dev.stackwright.template.ParameterConstraint.Modulo;
import dev.stackwright.template.ParameterConstraint.Range;
import dev.stackwright.template.ParameterDefinition;
import dev.stackwright.template.ParameterType;
import dev.stackwright.template.Template;
import dev.stackwright.web.editor.Choices;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Field.Option;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a template as the fields of a form: grouped as its author wants them, with a
 * picker where the cloud or the author says what may be chosen. A picker shows names and sends ids.
 */
final class ParameterForm {

    static final String PREFIX = "p.";

    /** A selection of more than this is no help any more; the name or id is typed then. */
    private static final int MOST = 500;

    private final Choices choices;
    private final Viewer viewer;
    private final Format format;
    private final Map<String, String> typed;
    private final Map<String, Words> wrong;
    private final @Nullable StackVersion kept;

    /**
     * @param kept the version that is there, or null for a new stack
     */
    ParameterForm(
            Choices choices,
            Viewer viewer,
            Format format,
            Map<String, String> typed,
            Map<String, Words> wrong,
            @Nullable StackVersion kept) {
        this.choices = choices;
        this.viewer = viewer;
        this.format = format;
        this.typed = typed;
        this.wrong = wrong;
        this.kept = kept;
    }

    List<StackEditor.Group> of(Template template) {
        var rest = new LinkedHashSet<>(template.parameters().keySet());
        var groups = new ArrayList<StackEditor.Group>();
        for (var group : template.parameterGroups()) {
            var fields =
                    group.parameters().stream()
                            .filter(rest::remove)
                            .map(name -> template.parameters().get(name))
                            .filter(Objects::nonNull)
                            .map(this::field)
                            .toList();
            if (!fields.isEmpty()) {
                groups.add(
                        new StackEditor.Group(
                                group.label() == null ? null : Words.verbatim(group.label()),
                                group.description() == null ? "" : group.description(),
                                fields));
            }
        }
        if (!rest.isEmpty()) {
            groups.add(
                    new StackEditor.Group(
                            groups.isEmpty() ? null : Words.of("stacks.form.others"),
                            "",
                            rest.stream()
                                    .map(name ->
                                            field(
                                                    Objects.requireNonNull(
                                                            template.parameters().get(name))))
                                    .toList()));
        }
        return groups;
    }

    private Field field(ParameterDefinition parameter) {
        var field = bare(parameter).error(wrong.get("parameters." + parameter.name()));
        boolean secretKept =
                parameter.hidden() && kept != null && kept.hidden().contains(parameter.name());
        var hints = new ArrayList<String>();
        if (!parameter.description().isEmpty()) {
            hints.add(sentence(parameter.description()));
        }
        if (secretKept) {
            hints.add(format.say("stacks.unchanged"));
        } else {
            parameter.constraints().forEach(one -> hints.add(rule(parameter, one)));
            var standard = text(parameter.defaultValue());
            if (standard != null && parameter.hidden()) {
                hints.add(format.say("stacks.default.hidden"));
            } else if (standard != null && field.kind() != Field.Kind.SELECT) {
                hints.add(format.say("stacks.default", standard.isEmpty() ? "\"\"" : standard));
            }
        }
        hints.removeIf(String::isEmpty);
        if (!hints.isEmpty()) {
            field = field.hint(Words.verbatim(String.join(" ", hints)));
        }
        if (isFixed(parameter)) {
            field = field.unable(Words.of("stacks.form.immutable"));
        }
        return parameter.required() && !secretKept ? field.required() : field;
    }

    /** Whether it has a value that it keeps for as long as the stack lives. */
    private boolean isFixed(ParameterDefinition parameter) {
        return parameter.immutable()
                && kept != null
                && (kept.parameters().containsKey(parameter.name())
                        || kept.hidden().contains(parameter.name()));
    }

    private Field bare(ParameterDefinition parameter) {
        var name = PREFIX + parameter.name();
        var label =
                Words.verbatim(parameter.label().isEmpty() ? parameter.name() : parameter.label());
        if (parameter.hidden()) {
            return Field.password(name, label).autocomplete("new-password");
        }
        var now = typed.get(parameter.name());
        var options =
                isFixed(parameter) || parameter.type() == ParameterType.LIST
                        ? List.<Option>of()
                        : options(parameter);
        if (!options.isEmpty() && options.size() <= MOST) {
            return Field.select(name, label, choices(options, parameter, now)).value(now);
        }
        return (parameter.type() == ParameterType.JSON
                        ? Field.area(name, label)
                        : Field.text(name, label))
                .value(now);
    }

    private static List<Option> choices(
            List<Option> options, ParameterDefinition parameter, @Nullable String now) {
        var all = new ArrayList<Option>();
        var standard = text(parameter.defaultValue());
        if (standard != null || now == null) {
            all.add(
                    new Option(
                            "",
                            standard == null
                                    ? Words.of("stacks.choose")
                                    : Words.of("stacks.default", standard),
                            now == null,
                            false));
        }
        if (now == null || options.stream().anyMatch(one -> one.value().equals(now))) {
            all.addAll(options);
            return all;
        }
        // A name that was typed elsewhere stays the name, so that the plan shows no change of it.
        var meant = options.stream().filter(one -> one.label().text().equals(now)).toList();
        for (var one : options) {
            all.add(meant.size() == 1 && meant.contains(one) ? Option.of(now, now) : one);
        }
        if (meant.size() != 1) {
            all.add(Option.of(now, now));
        }
        return all;
    }

    private List<Option> options(ParameterDefinition parameter) {
        for (var constraint : parameter.constraints()) {
            if (constraint instanceof AllowedValues allowed) {
                return allowed.values().stream()
                        .map(one -> Objects.requireNonNullElse(text(one), ""))
                        .map(one -> Option.of(one, one))
                        .toList();
            }
        }
        if (parameter.type() == ParameterType.BOOLEAN) {
            return List.of(Option.of("true", "true"), Option.of("false", "false"));
        }
        var constraint = parameter.customConstraint();
        return constraint == null
                ? List.of()
                : choices.of(viewer, constraint).stream()
                        .map(one -> Option.of(one.id(), one.label()))
                        .toList();
    }

    /** Something follows it. */
    private static String sentence(String said) {
        var text = said.strip();
        return text.isEmpty() || ".!?:;…)".indexOf(text.charAt(text.length() - 1)) >= 0
                ? text
                : text + ".";
    }

    /** What a constraint asks for; what its author wrote about it goes first. */
    private String rule(ParameterDefinition parameter, ParameterConstraint constraint) {
        var own = constraint.description();
        if (own != null && !own.isBlank()) {
            return sentence(own);
        }
        return switch (constraint) {
            case Range(var min, var max, _, _) -> between("stacks.form.range", min, max);
            case Length(var min, var max, _, _) -> between("stacks.form.length", min, max);
            case Modulo(var step, var offset, _, _) ->
                    format.say("stacks.form.modulo", step.toPlainString(), offset.toPlainString());
            case AllowedPattern(var pattern, _, _) -> format.say("stacks.form.pattern", pattern);
            case AllowedValues(var values, _, _)
                    when parameter.type() == ParameterType.LIST || parameter.hidden() ->
                    format.say(
                            "stacks.form.values",
                            values.stream()
                                    .limit(20)
                                    .map(one -> Objects.requireNonNullElse(text(one), ""))
                                    .collect(Collectors.joining(", ")));
            case AllowedValues _, Custom _ -> "";
        };
    }

    private String between(String key, @Nullable Number min, @Nullable Number max) {
        if (min != null && max != null) {
            return plain(min).equals(plain(max))
                    ? format.say(key + ".exact", plain(min))
                    : format.say(key, plain(min), plain(max));
        }
        if (min != null) {
            return format.say(key + ".min", plain(min));
        }
        return max == null ? "" : format.say(key + ".max", plain(max));
    }

    private static String plain(Number number) {
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    static @Nullable String text(@Nullable Value value) {
        return switch (value) {
            case null -> null;
            case Value.Text(var text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Items(var items) ->
                    items.stream()
                            .map(one -> String.valueOf(text(one)))
                            .collect(Collectors.joining(","));
            case Value.Entries(var entries) ->
                    entries.entrySet().stream()
                            .map(one -> one.getKey() + ": " + text(one.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Value.Null _, Value.Unknown _ -> null;
        };
    }
}
