package dev.stackwright.rating;

import dev.stackwright.metering.Measure;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.rating.hashmap.Effect;
import dev.stackwright.rating.hashmap.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes rules of what was written, with all that is wrong with it. Pure.
 *
 * @param rules those in which nothing is wrong
 */
public record RuleCheck(List<Rule> rules, List<Problem> problems) {

    /** What can be wrong with a line. */
    public enum Fault {
        UNKNOWN_SERVICE,
        UNKNOWN_FIELD,
        NO_VALUE,
        VALUE_AND_LEVEL,
        NOT_A_LEVEL,
        NOT_A_COST,
        UNKNOWN_TYPE,
        TWICE
    }

    /**
     * @param line from 1
     * @param said what was written there
     */
    public record Problem(int line, Fault fault, String said) {}

    public static RuleCheck of(List<RuleText> lines) {
        List<Rule> rules = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<Object> known = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.isEmpty()) {
                continue;
            }
            int before = problems.size();
            var rule = rule(line, i + 1, problems);
            if (rule.isPresent() && problems.size() == before) {
                if (known.add(List.of(rule.get().key(), rule.get().project()))) {
                    rules.add(rule.get());
                } else {
                    problems.add(new Problem(i + 1, Fault.TWICE, line.service()));
                }
            }
        }
        return new RuleCheck(List.copyOf(rules), List.copyOf(problems));
    }

    private static Optional<Rule> rule(RuleText line, int number, List<Problem> problems) {
        var measure = Measure.find(line.service());
        if (measure.isEmpty()) {
            problems.add(new Problem(number, Fault.UNKNOWN_SERVICE, line.service()));
        } else if (!line.field().isEmpty() && !fields(measure.get()).contains(line.field())) {
            problems.add(new Problem(number, Fault.UNKNOWN_FIELD, line.field()));
        }
        if (!line.value().isEmpty() && !line.from().isEmpty()) {
            problems.add(new Problem(number, Fault.VALUE_AND_LEVEL, line.value()));
        } else if (line.field().isEmpty() != line.value().isEmpty() && line.from().isEmpty()) {
            problems.add(new Problem(number, Fault.NO_VALUE, line.field()));
        }
        var level = number(line.from());
        if (!line.from().isEmpty() && level.isEmpty()) {
            problems.add(new Problem(number, Fault.NOT_A_LEVEL, line.from()));
        }
        var cost = number(line.cost());
        if (cost.isEmpty()) {
            problems.add(new Problem(number, Fault.NOT_A_COST, line.cost()));
        }
        var rate = line.type().equals("rate");
        if (!rate && !line.type().equals("flat") && !line.type().isEmpty()) {
            problems.add(new Problem(number, Fault.UNKNOWN_TYPE, line.type()));
        }
        return cost.map(amount ->
                new Rule(
                        line.service(),
                        line.field(),
                        line.value(),
                        level.orElse(null),
                        line.group(),
                        rate ? Effect.RATE : Effect.FLAT,
                        amount,
                        line.project()));
    }

    private static Optional<BigDecimal> number(String text) {
        return text.matches("[0-9]{1,18}([.,][0-9]{1,12})?")
                ? Optional.of(new BigDecimal(text.replace(',', '.')))
                : Optional.empty();
    }

    /** What a price of a measure may depend on. */
    public static List<String> fields(Measure measure) {
        var kind = measure.kind();
        return kind == null
                ? List.of()
                : List.copyOf(Prices.fields(kind, "", dev.stackwright.metering.Size.NONE).keySet());
    }

    /** All fields that any price may depend on. */
    public static List<String> allFields() {
        return List.of(ResourceKind.values()).stream()
                .flatMap(kind ->
                        Prices.fields(kind, "", dev.stackwright.metering.Size.NONE)
                                .keySet()
                                .stream())
                .distinct()
                .toList();
    }
}
