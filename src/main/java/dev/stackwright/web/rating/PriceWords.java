package dev.stackwright.web.rating;

import dev.stackwright.metering.Measure;
import dev.stackwright.rating.RuleCheck;
import dev.stackwright.rating.hashmap.Effect;
import dev.stackwright.rating.hashmap.Rule;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/** Prices in words. */
final class PriceWords {

    private PriceWords() {}

    /** One line of a price book for people. */
    record Line(Words what, Words when, String price, Words unit, String group, String project) {}

    static Line line(Rule rule, String currency, Format format, Map<String, String> projects) {
        var measure = Measure.find(rule.service());
        var level = rule.level();
        Words when;
        if (level != null) {
            when =
                    rule.hasField()
                            ? Words.of("rating.when.field.from", field(rule.field()), plain(level))
                            : Words.of("rating.when.from", plain(level));
        } else {
            when =
                    rule.hasField()
                            ? Words.of("rating.when.field", field(rule.field()), rule.value())
                            : Words.of("rating.when.always");
        }
        var flat = rule.effect() == Effect.FLAT;
        return new Line(
                measure.<Words>map(m -> Words.of("usage.measure." + m.id()))
                        .orElse(Words.verbatim(rule.service())),
                when,
                (flat ? "" : "× ") + format.decimal(rule.cost(), Math.max(0, rule.cost().scale())),
                flat && measure.isPresent()
                        ? Words.of("rating.per." + unit(measure.get()), currency)
                        : Words.verbatim(""),
                rule.group(),
                projects.getOrDefault(rule.project(), rule.project()));
    }

    private static String unit(Measure measure) {
        return measure.unit().name().toLowerCase(Locale.ROOT);
    }

    static Words field(String field) {
        return Words.of("rating.field." + field);
    }

    static Words problem(RuleCheck.Problem problem) {
        return Words.of(
                "rating.fault." + problem.fault().name().toLowerCase(Locale.ROOT),
                problem.line(),
                problem.said());
    }

    static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
