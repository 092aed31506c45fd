package dev.stackwright.web.rating;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.kernel.Value;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.UsageSource;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Plan;
import dev.stackwright.rating.Prices;
import dev.stackwright.rating.Rating;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a stack costs a day before and after a plan. */
@Component
public class PlanCost {

    private static final BigDecimal HOURS = BigDecimal.valueOf(24);

    private final Rating rating;
    private final UsageSource source;
    private final Inventory inventory;

    PlanCost(Rating rating, UsageSource source, Inventory inventory) {
        this.rating = rating;
        this.source = source;
        this.inventory = inventory;
    }

    /**
     * @param exact false when something has a size that only the run can tell
     */
    record PerDay(BigDecimal before, BigDecimal after, boolean exact) {}

    /** "1.20 EUR a day, now 0.80" in words; nothing without prices, or when nothing costs. */
    public Optional<Words> of(Visit visit, Plan plan) {
        var now = visit.format().now();
        return rating.prices(visit.viewer())
                .flatMap(prices -> {
                    var cost = perDay(visit, plan, prices, now);
                    if (cost.before().signum() == 0 && cost.after().signum() == 0 && cost.exact()) {
                        return Optional.empty();
                    }
                    return Optional.of(words(visit, prices, cost));
                });
    }

    private static Words words(Visit visit, Prices prices, PerDay cost) {
        var places = prices.digits();
        var format = visit.format();
        var difference = cost.after().subtract(cost.before());
        var key =
                difference.signum() == 0 && cost.exact()
                        ? "rating.plan.cost.same"
                        : cost.exact() ? "rating.plan.cost" : "rating.plan.cost.least";
        return Words.of(
                key,
                format.decimal(cost.before(), places),
                format.decimal(cost.after(), places),
                prices.currency(),
                PricesController.signed(format, difference, places));
    }

    private PerDay perDay(Visit visit, Plan plan, Prices prices, Instant now) {
        Map<String, Interval> standing = new HashMap<>();
        source.intervals(visit.viewer(), new Period(now.minusMillis(1), now)).stream()
                .filter(interval -> interval.to() == null)
                .forEach(interval -> standing.put(interval.resource(), interval));
        Map<String, Size> flavors = new HashMap<>();
        for (var flavor : inventory.flavors(visit.viewer())) {
            var size =
                    Size.instance(flavor.vcpus(), flavor.memoryMb(), flavor.diskGb())
                            .soldAs(flavor.name());
            flavors.put(flavor.id(), size);
            flavors.put(flavor.name(), size);
        }
        return perDay(
                plan,
                id -> Optional.ofNullable(standing.get(id)),
                name -> Optional.ofNullable(flavors.get(name)),
                (kind, size) -> prices.perHour(now, kind, "", size),
                prices.digits());
    }

    /**
     * Pure: everything that decides comes in.
     *
     * @param standing what is metered under a physical id
     * @param flavor the size of a flavor by name or id
     * @param perHour what an hour of something costs
     */
    static PerDay perDay(
            Plan plan,
            Function<String, Optional<Interval>> standing,
            Function<String, Optional<Size>> flavor,
            BiFunction<ResourceKind, Size, BigDecimal> perHour,
            int digits) {
        var before = BigDecimal.ZERO;
        var after = BigDecimal.ZERO;
        boolean exact = true;
        for (var change : plan.changes()) {
            var kind = kind(change.type());
            if (kind == null) {
                continue;
            }
            var id = change.physicalId();
            var stands = id == null ? null : standing.apply(id).map(Interval::size).orElse(null);
            if (stands != null) {
                before = before.add(perHour.apply(kind, stands));
            }
            var will = afterwards(change, kind, stands, flavor);
            if (will.isPresent()) {
                after = after.add(perHour.apply(kind, will.get()));
            } else if (change.action() != Action.DELETE) {
                exact = false;
            }
        }
        return new PerDay(day(before, digits), day(after, digits), exact);
    }

    private static BigDecimal day(BigDecimal hour, int digits) {
        return hour.multiply(HOURS).setScale(digits, RoundingMode.HALF_UP);
    }

    /** How big it is afterwards; nothing when it is gone, or nobody can say. */
    private static Optional<Size> afterwards(
            Change change,
            ResourceKind kind,
            @Nullable Size stands,
            Function<String, Optional<Size>> flavor) {
        if (change.action() == Action.DELETE) {
            return change.deletionPolicy() == DeletionPolicy.RETAIN
                    ? Optional.ofNullable(stands)
                    : Optional.empty();
        }
        return switch (kind) {
            case INSTANCE -> server(change, stands, flavor);
            case VOLUME -> volume(change, stands);
            case FLOATING_IP, ROUTER -> Optional.of(Size.NONE);
            case SNAPSHOT, BACKUP, IMAGE -> Optional.ofNullable(stands);
        };
    }

    private static Optional<Size> server(
            Change change, @Nullable Size stands, Function<String, Optional<Size>> flavor) {
        var named = after(change, "flavor");
        if (named.isEmpty()) {
            return Optional.ofNullable(stands);
        }
        return text(named.get())
                .flatMap(flavor)
                // Without an image it boots from a volume, and has no disk of its own.
                .map(size ->
                        stands == null && after(change, "image").isEmpty()
                                ? new Size(
                                        size.vcpus(),
                                        size.ramMb(),
                                        BigDecimal.ZERO,
                                        BigDecimal.ZERO,
                                        size.type())
                                : size);
    }

    private static Optional<Size> volume(Change change, @Nullable Size stands) {
        var size = after(change, "size");
        var type = after(change, "volume_type").flatMap(PlanCost::text);
        if (size.isEmpty() && stands == null) {
            return Optional.empty();
        }
        var gigabytes =
                size.isEmpty()
                        ? Optional.of(java.util.Objects.requireNonNull(stands).gb())
                        : number(size.get());
        return gigabytes.map(
                gb -> Size.storage(gb).soldAs(type.orElse(stands == null ? "" : stands.type())));
    }

    private static Optional<Value> after(Change change, String property) {
        return change.properties().stream()
                .filter(one -> one.path().equals(property))
                .flatMap(one -> Optional.ofNullable(one.after()).stream())
                .findFirst();
    }

    private static Optional<String> text(Value value) {
        return value instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    private static Optional<BigDecimal> number(Value value) {
        return switch (value) {
            case Value.Num(var number) -> Optional.of(number);
            case Value.Text(var text) when text.matches("[0-9]{1,9}") ->
                    Optional.of(new BigDecimal(text));
            case Value.Text _,
                    Value.Null _,
                    Value.Bool _,
                    Value.Items _,
                    Value.Entries _,
                    Value.Unknown _ ->
                    Optional.empty();
        };
    }

    private static @Nullable ResourceKind kind(String type) {
        return switch (type) {
            case "OS::Nova::Server" -> ResourceKind.INSTANCE;
            case "OS::Cinder::Volume" -> ResourceKind.VOLUME;
            case "OS::Neutron::FloatingIP", "OS::Nova::FloatingIP" -> ResourceKind.FLOATING_IP;
            case "OS::Neutron::Router" -> ResourceKind.ROUTER;
            default -> null;
        };
    }
}
