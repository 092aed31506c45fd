package dev.stackwright.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.kernel.Value;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.template.Hook;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as text, for consoles, logs and tests; it holds no secret because no plan does. */
public final class PlanText {

    private static final int LONGEST_VALUE = 120;

    private final StringBuilder out = new StringBuilder();

    private PlanText() {}

    public static String of(Plan plan) {
        var text = new PlanText();
        text.head(plan);
        plan.worstFirst().stream().filter(Change::isChange).forEach(text::change);
        text.kept(plan);
        text.steps(plan.steps());
        text.quota(plan.quota());
        plan.refusals()
                .forEach(
                        d -> text.line("refused " + d.code() + " " + d.path() + ": " + d.detail()));
        return text.out.toString();
    }

    /** One line for a value, cut short when it is long. */
    public static String of(@Nullable Value value) {
        var text = written(value).replace("\n", "\\n");
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private void head(Plan plan) {
        var verb = plan.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        line("%s %s from revision %d".formatted(verb, plan.stack(), plan.basedOn()));
        line(
                "%d deleted, %d replaced, %d updated, %d created, %d adopted, %d unchanged"
                        .formatted(
                                plan.count(Action.DELETE),
                                plan.count(Action.REPLACE),
                                plan.count(Action.UPDATE),
                                plan.count(Action.CREATE),
                                plan.count(Action.ADOPT),
                                plan.count(Action.KEEP)));
    }

    private void change(Change change) {
        line("");
        line(
                "%s %s (%s)%s"
                        .formatted(
                                change.action().name().toLowerCase(Locale.ROOT),
                                change.name(),
                                change.type(),
                                change.follows().isEmpty()
                                        ? ""
                                        : " follows " + String.join(", ", change.follows())));
        reasons(change);
        if (change.action() == Action.REPLACE) {
            line(
                    change.order() == Replacing.Order.CREATE_FIRST
                            ? "  new first, then the old one goes"
                            : "  old one goes first, then the new one");
        }
        if (change.rule() != null) {
            line("  rule: " + change.rule());
        }
        list("lost", change.lost());
        list("changed", change.changed());
        list("kept", change.kept());
        if (change.deletionPolicy() != DeletionPolicy.DELETE) {
            line("  policy: " + change.deletionPolicy().name().toLowerCase(Locale.ROOT));
        }
        list("asks at", change.hooks().stream().map(Hook::word).toList());
        change.properties().forEach(this::property);
        change.inside()
                .forEach(inner ->
                        line(
                                "  inside: %s %s"
                                        .formatted(
                                                inner.action().name().toLowerCase(Locale.ROOT),
                                                inner.name())));
    }

    private void reasons(Change change) {
        var told =
                change.reasons().stream()
                        .filter(reason ->
                                change.properties().stream()
                                        .noneMatch(p -> p.cause().equals(reason)))
                        .map(PlanText::written)
                        .collect(Collectors.joining(", "));
        if (!told.isEmpty()) {
            line("  because: " + told);
        }
    }

    private void property(PropertyChange change) {
        var sign =
                change.forcesReplacement()
                        ? "!"
                        : change.before() == null ? "+" : change.after() == null ? "-" : "~";
        line(
                "  %s %s: %s -> %s [%s]"
                        .formatted(
                                sign,
                                change.path(),
                                of(change.before()),
                                of(change.after()),
                                written(change.cause())));
    }

    private void kept(Plan plan) {
        var names = plan.with(Action.KEEP).stream().map(Change::name).toList();
        if (!names.isEmpty()) {
            line("");
            line("unchanged: " + String.join(", ", names));
        }
    }

    private void steps(List<PlanStep> steps) {
        if (steps.isEmpty()) {
            return;
        }
        line("");
        for (var step : steps) {
            var after = step.after().stream().sorted().collect(Collectors.joining(", "));
            line("step " + step.id() + (after.isEmpty() ? "" : " after " + after));
        }
    }

    private void quota(List<QuotaEffect> effects) {
        if (effects.isEmpty()) {
            return;
        }
        line("");
        for (var effect : effects) {
            line(
                    "quota %s %+d, at most %+d%s"
                            .formatted(
                                    effect.quota().name().toLowerCase(Locale.ROOT),
                                    effect.change(),
                                    effect.peak(),
                                    effect.exact() ? "" : ", perhaps more"));
        }
    }

    private void list(String label, List<String> items) {
        if (!items.isEmpty()) {
            line("  " + label + ": " + String.join(", ", items));
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String written(Reason reason) {
        var kind = reason.kind().name().toLowerCase(Locale.ROOT);
        return reason.name().isEmpty() ? kind : kind + " " + reason.name();
    }

    private static String written(@Nullable Value value) {
        return switch (value) {
            case null -> "none";
            case Value.Null _ -> "null";
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Num(var number) -> number.toPlainString();
            case Value.Text(var text) -> text;
            case Value.Items(var items) ->
                    items.stream()
                            .map(PlanText::written)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Value.Entries(var entries) ->
                    entries.entrySet().stream()
                            .map(e -> e.getKey() + ": " + written(e.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Value.Unknown(var source) -> "known after " + source;
        };
    }
}
