package dev.stackwright.web.usage;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.UsageSource;
import dev.stackwright.rating.Budget;
import dev.stackwright.rating.Budgets;
import dev.stackwright.rating.Comparison;
import dev.stackwright.rating.Comparison.Cause;
import dev.stackwright.rating.Comparison.Step;
import dev.stackwright.rating.Prices;
import dev.stackwright.rating.RatedUsage;
import dev.stackwright.rating.Rating;
import dev.stackwright.web.chart.Waterfall;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.usage.CostPart.Figure;
import dev.stackwright.web.usage.CostPart.IdleRow;
import dev.stackwright.web.usage.CostPart.StepRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What a project's usage costs, and why that is another amount than before. */
@Component
class CostPages {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HOURS_OF_MONTH = BigDecimal.valueOf(730);
    private static final Duration LONG_STOPPED = Duration.ofDays(7);
    private static final int MOST_STEPS = 6;
    private static final int MOST_IDLE = 20;

    private final Rating rating;
    private final Budgets budgets;
    private final UsageSource source;
    private final @Nullable Inventory inventory;

    CostPages(
            Rating rating,
            Budgets budgets,
            UsageSource source,
            ObjectProvider<Inventory> inventory) {
        this.rating = rating;
        this.budgets = budgets;
        this.source = source;
        this.inventory = inventory.getIfAvailable();
    }

    /**
     * The cost of a period and of the one it is compared with; nothing without prices.
     *
     * @param forecast what the month will have cost at its end; nothing when another time is looked
     *     at
     */
    record Costs(
            Prices prices,
            RatedUsage now,
            RatedUsage before,
            Comparison comparison,
            @Nullable BigDecimal forecast) {

        Money money() {
            return new Money(now.currency(), now.digits());
        }
    }

    /** The prices of a project, when there are any. */
    Optional<Prices> prices(Visit visit) {
        return rating.prices(visit.viewer()).filter(known -> !known.priced().isEmpty());
    }

    Costs costs(Range range, Prices prices, Ledger ledger, Instant at) {
        var now = rating.usage(ledger, range.period(), range.granularity(), range.zone(), prices);
        var before =
                rating.usage(ledger, range.compared(), Granularity.MONTH, range.zone(), prices);
        var oldPrices = range.compared().to().minusMillis(1);
        var atOldPrices =
                prices.changedBetween(oldPrices, range.period().to().minusMillis(1))
                        ? rating.usage(
                                ledger,
                                range.period(),
                                Granularity.MONTH,
                                range.zone(),
                                prices.asOf(oldPrices))
                        : now;
        return new Costs(
                prices,
                now,
                before,
                Comparison.of(before, now, atOldPrices, MOST_STEPS),
                range.end()
                        .filter(at::isBefore)
                        .map(end -> rating.outlook(ledger, new Period(at, end), prices))
                        .map(ahead -> now.total().add(ahead.total()))
                        .orElse(null));
    }

    /** "1 to 22 Nov: 168.40 EUR, +84.20 EUR against 1 to 22 Oct; 71 % of that is …". */
    static Words answer(Visit visit, Range range, Costs costs) {
        var format = visit.format();
        var money = costs.money();
        var comparison = costs.comparison();
        var difference = comparison.difference();
        var stretch = Amounts.stretch(range.period(), range.zone(), format.now());
        var compared = Amounts.stretch(range.compared(), range.zone(), format.now());
        if (comparison.before().signum() == 0) {
            return Words.of(
                    "usage.cost.answer.new",
                    stretch,
                    money.full(format, comparison.now()),
                    compared);
        }
        if (Amounts.beyondCompare(comparison.now(), comparison.before())) {
            return Words.of(
                    "usage.cost.answer.little",
                    stretch,
                    money.full(format, comparison.now()),
                    compared);
        }
        return Words.of(
                "usage.cost.answer",
                stretch,
                money.full(format, comparison.now()),
                money.signed(format, difference) + "\u00a0" + money.currency(),
                compared,
                because(format, range, costs));
    }

    private static Words because(Format format, Range range, Costs costs) {
        var difference = costs.comparison().difference();
        var biggest =
                costs.comparison().steps().stream()
                        .filter(step -> step.amount().signum() == difference.signum())
                        .filter(step -> step.cause() != Cause.REST)
                        .findFirst();
        if (biggest.isEmpty() || difference.signum() == 0) {
            return Words.verbatim("");
        }
        var step = biggest.get();
        var percent = step.amount().multiply(HUNDRED).divide(difference, 0, RoundingMode.HALF_UP);
        if (percent.compareTo(HUNDRED) > 0) {
            return Words.of(
                    "usage.cost.because.alone",
                    label(step, format, range),
                    costs.money().signed(format, step.amount())
                            + "\u00a0"
                            + costs.money().currency());
        }
        return Words.of("usage.cost.because", percent.toPlainString(), label(step, format, range));
    }

    /** "6 new volumes of stack etl since 4 Nov", "db resized", "outgoing traffic". */
    private static Words label(Step step, Format format, Range range) {
        var cause = cause(step);
        return switch (step.cause()) {
            case PRICE -> Words.of("usage.step.price");
            case REST -> Words.of("usage.step.rest", step.count());
            case USED ->
                    Words.of(
                            "usage.step.used",
                            Amounts.title(Objects.requireNonNull(step.measure())));
            case NEW, GONE, RESIZED, TIME -> {
                var kind = Objects.requireNonNull(step.kind()).name().toLowerCase(Locale.ROOT);
                var only = step.only();
                var stack = step.stack();
                var since = step.since();
                var ofStack =
                        stack == null
                                ? Words.verbatim("")
                                : Words.of("usage.step.stack", stack.name());
                var day = since == null ? "" : Amounts.day(since, range.zone(), format.now());
                var when =
                        since != null && (step.cause() == Cause.NEW || step.cause() == Cause.GONE)
                                ? Words.of("usage.step.since." + cause, day)
                                : Words.verbatim("");
                yield only == null
                        ? Words.of(
                                "usage.step." + cause,
                                step.count(),
                                Words.of("usage.kinds." + kind),
                                ofStack,
                                when)
                        : Words.of(
                                "usage.step." + cause + ".one",
                                Words.of("usage.kind.lower." + kind),
                                only.name(),
                                ofStack,
                                when);
            }
        };
    }

    /** The end of the keys of its words. */
    private static String cause(Step step) {
        return step.cause() == Cause.TIME
                ? step.amount().signum() > 0 ? "longer" : "shorter"
                : step.cause().name().toLowerCase(Locale.ROOT);
    }

    /** Two short lines below a bar. */
    private static Waterfall.Step bar(Step step, Money money, Format format) {
        var cause = cause(step);
        var kind = step.kind();
        var first =
                switch (step.cause()) {
                    case PRICE, REST -> format.say("usage.bar." + cause);
                    case USED -> format.say(Amounts.title(Objects.requireNonNull(step.measure())));
                    case NEW, GONE, RESIZED, TIME ->
                            format.say(
                                    "usage.bar." + cause,
                                    Words.of(
                                            "usage.kinds."
                                                    + Objects.requireNonNull(kind)
                                                            .name()
                                                            .toLowerCase(Locale.ROOT)));
                };
        var only = step.only();
        var stack = step.stack();
        var second = only != null ? only.name() : stack == null ? null : stack.name();
        return new Waterfall.Step(
                first,
                second == null ? null : shortened(second),
                step.amount(),
                money.signed(format, step.amount()));
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= 16
                ? name
                : name.substring(0, name.offsetByCodePoints(0, 15)) + "…";
    }

    CostPart part(Visit visit, UsageReading reading, Costs costs) {
        var range = reading.range();
        var format = visit.format();
        var money = costs.money();
        var budget = budgets.of(visit.viewer()).orElse(null);
        var forecast = costs.forecast();
        var comparison = costs.comparison();
        var idle = idle(visit, reading, costs.prices(), money);
        return new CostPart(
                figures(visit, range, costs, budget, forecast),
                warning(format, money, budget, costs.now().total(), forecast, range),
                difference(format, range, costs),
                comparison.steps().isEmpty()
                        ? null
                        : Waterfall.of(
                                new Waterfall.Step(
                                        Amounts.stretch(
                                                range.compared(), range.zone(), format.now()),
                                        null,
                                        comparison.before(),
                                        money.number(format, comparison.before())),
                                comparison.steps().stream()
                                        .map(step -> bar(step, money, format))
                                        .toList(),
                                new Waterfall.Step(
                                        Amounts.stretch(range.period(), range.zone(), format.now()),
                                        null,
                                        comparison.now(),
                                        money.number(format, comparison.now())),
                                1140,
                                270),
                comparison.steps().stream().map(step -> row(visit, range, step, money)).toList(),
                money.number(format, comparison.before()),
                money.number(format, comparison.now()),
                Words.verbatim(money.currency()),
                idle.stream().limit(MOST_IDLE).map(Idle::row).toList(),
                idleSays(idle, money, format),
                visit.mayChange()
                        ? new CostPart.BudgetForm(
                                visit.path("usage", "budget"), budgetField(budget, money))
                        : null,
                new Address(visit.path("usage", "cost.csv"), visit.here().parameters()).toString(),
                visit.path("usage", "statements"),
                visit.path("usage", "prices"));
    }

    private static StepRow row(Visit visit, Range range, Step step, Money money) {
        var only = step.only();
        var stack = step.stack();
        var href =
                only != null
                        ? UsagePages.resourceHref(visit, only.id())
                        : stack != null
                                ? visit.here().with("stack", stack.id()) + "#resources"
                                : step.measure() != null
                                        ? visit.here().with("meter", step.measure().id()) + "#chart"
                                        : null;
        return new StepRow(
                Words.of("usage.step.row", label(step, visit.format(), range)),
                href,
                money.signed(visit.format(), step.amount()));
    }

    private static Words difference(Format format, Range range, Costs costs) {
        var comparison = costs.comparison();
        var money = costs.money();
        if (comparison.steps().isEmpty()) {
            return Words.of("usage.cost.same");
        }
        return Words.of(
                "usage.cost.difference",
                money.number(format, comparison.before()),
                money.full(format, comparison.now()),
                label(comparison.steps().getFirst(), format, range),
                money.signed(format, comparison.steps().getFirst().amount()));
    }

    private static List<Figure> figures(
            Visit visit,
            Range range,
            Costs costs,
            @Nullable Budget budget,
            @Nullable BigDecimal forecast) {
        var format = visit.format();
        var money = costs.money();
        List<Figure> figures = new ArrayList<>();
        figures.add(
                new Figure(
                        Words.verbatim(Amounts.stretch(range.period(), range.zone(), format.now())),
                        money.full(format, costs.now().total()),
                        Words.of("usage.cost.was", money.number(format, costs.before().total()))));
        figures.add(
                new Figure(
                        Words.of("usage.cost.day"),
                        money.full(format, perDay(costs.now(), range.period())),
                        Words.of(
                                "usage.cost.was",
                                money.number(format, perDay(costs.before(), range.compared())))));
        if (forecast != null) {
            var month =
                    range.period()
                            .from()
                            .atZone(range.zone())
                            .getMonth()
                            .getDisplayName(TextStyle.FULL, Locale.UK);
            figures.add(
                    new Figure(
                            Words.of("usage.cost.forecast", month),
                            money.full(format, forecast),
                            budget == null
                                    ? null
                                    : Words.of(
                                            "usage.cost.budget",
                                            money.number(format, budget.amount()))));
        } else if (budget != null) {
            figures.add(
                    new Figure(
                            Words.of("usage.budget"), money.full(format, budget.amount()), null));
        }
        return figures;
    }

    private static BigDecimal perDay(RatedUsage usage, Period period) {
        var seconds = Math.max(1, period.length().toSeconds());
        return usage.total()
                .multiply(BigDecimal.valueOf(86_400))
                .divide(BigDecimal.valueOf(seconds), usage.digits(), RoundingMode.HALF_UP);
    }

    private static @Nullable Words warning(
            Format format,
            Money money,
            @Nullable Budget budget,
            BigDecimal used,
            @Nullable BigDecimal forecast,
            Range range) {
        if (budget == null
                || !"month".equals(range.preset())
                || !budget.currency().equals(money.currency())) {
            return null;
        }
        if (used.compareTo(budget.amount()) >= 0) {
            return Words.of(
                    "usage.budget.spent",
                    money.full(format, budget.amount()),
                    money.full(format, used));
        }
        return forecast != null && forecast.compareTo(budget.amount()) > 0
                ? Words.of(
                        "usage.budget.over",
                        money.full(format, budget.amount()),
                        money.full(format, forecast))
                : null;
    }

    private static Field budgetField(@Nullable Budget budget, Money money) {
        return Field.text("amount", Words.of("usage.budget.field", money.currency()))
                .value(
                        budget == null
                                ? ""
                                : budget.amount()
                                        .setScale(money.digits(), RoundingMode.HALF_UP)
                                        .toPlainString())
                .example("200.00")
                .hint(Words.of("usage.budget.hint"));
    }

    private record Idle(IdleRow row, BigDecimal perMonth) {}

    /** Volumes that belong to nothing, addresses that lead nowhere, servers stopped for long. */
    private List<Idle> idle(Visit visit, UsageReading reading, Prices prices, Money money) {
        var now = reading.at();
        var ledger = reading.ledger();
        var today = new Period(now.minusMillis(1), now);
        var here = ledger.covers(today) ? ledger : source.ledger(visit.viewer(), today, List.of());
        Map<String, Interval> open = new HashMap<>();
        here.intervals(today).stream()
                .filter(interval -> interval.to() == null)
                .forEach(interval -> open.put(interval.resource(), interval));
        List<Idle> idle = new ArrayList<>();
        for (var unused : unused(visit, open, here.resources(today))) {
            var interval = unused.interval();
            var perMonth =
                    prices.perHour(now, interval.kind(), interval.state(), interval.size())
                            .multiply(HOURS_OF_MONTH)
                            .setScale(money.digits(), RoundingMode.HALF_UP);
            if (perMonth.signum() > 0) {
                idle.add(
                        new Idle(
                                new IdleRow(
                                        UsagePages.icon(interval.kind()),
                                        unused.name(),
                                        UsagePages.resourceHref(visit, interval.resource()),
                                        unused.why(),
                                        money.number(visit.format(), perMonth)),
                                perMonth));
            }
        }
        idle.sort(Comparator.comparing(Idle::perMonth).reversed());
        return idle;
    }

    private record Unused(Interval interval, String name, Words why) {}

    private List<Unused> unused(
            Visit visit, Map<String, Interval> open, List<MeteredResource> resources) {
        List<Unused> unused = new ArrayList<>();
        if (inventory != null) {
            inventory.volumes(visit.viewer()).stream()
                    .filter(volume -> volume.status().equals("AVAILABLE"))
                    .filter(volume -> open.containsKey(volume.id()))
                    .map(volume ->
                            new Unused(
                                    Objects.requireNonNull(open.get(volume.id())),
                                    volume.label(),
                                    Words.of("usage.idle.volume")))
                    .forEach(unused::add);
            inventory.floatingIps(visit.viewer()).stream()
                    .filter(address -> address.text("port_id").isEmpty())
                    .filter(address -> open.containsKey(address.id()))
                    .map(address ->
                            new Unused(
                                    Objects.requireNonNull(open.get(address.id())),
                                    address.text("floating_ip_address"),
                                    Words.of("usage.idle.address")))
                    .forEach(unused::add);
        }
        var now = visit.format().now();
        Set<String> named = new HashSet<>();
        open.values().stream()
                .filter(interval -> interval.kind() == ResourceKind.INSTANCE)
                .filter(interval -> interval.state().equals("stopped"))
                .filter(interval -> interval.from().isBefore(now.minus(LONG_STOPPED)))
                .forEach(interval -> named.add(interval.resource()));
        if (!named.isEmpty()) {
            resources.stream()
                    .filter(resource -> named.contains(resource.id()))
                    .map(resource ->
                            new Unused(
                                    Objects.requireNonNull(open.get(resource.id())),
                                    resource.name(),
                                    Words.of("usage.idle.stopped", since(open, resource.id()))))
                    .forEach(unused::add);
        }
        return unused;
    }

    private static Instant since(Map<String, Interval> open, String resource) {
        return Objects.requireNonNull(open.get(resource)).from();
    }

    private static Words idleSays(List<Idle> idle, Money money, Format format) {
        if (idle.isEmpty()) {
            return Words.of("usage.idle.none");
        }
        var sum = idle.stream().map(Idle::perMonth).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Words.of(
                idle.size() == 1 ? "usage.idle.one" : "usage.idle.many",
                idle.size(),
                money.full(format, sum));
    }
}
