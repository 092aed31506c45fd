package dev.stackwright.rating;

import dev.stackwright.rating.hashmap.Rule;
import java.math.BigDecimal;
import java.util.Locale;

/** A rule as somebody wrote it, in a form or in a file: nothing in it is sure yet. */
public record RuleText(
        String service,
        String field,
        String value,
        String from,
        String group,
        String type,
        String cost,
        String project) {

    public RuleText {
        service = service.strip();
        field = field.strip();
        value = value.strip();
        from = from.strip();
        group = group.strip();
        type = type.strip().toLowerCase(Locale.ROOT);
        cost = cost.strip();
        project = project.strip();
    }

    public static RuleText of(Rule rule) {
        var level = rule.level();
        return new RuleText(
                rule.service(),
                rule.field(),
                rule.value(),
                level == null ? "" : plain(level),
                rule.group(),
                rule.effect().name(),
                plain(rule.cost()),
                rule.project());
    }

    /** A line of a form that was left empty. */
    public boolean isEmpty() {
        return service.isEmpty() && cost.isEmpty() && value.isEmpty();
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
