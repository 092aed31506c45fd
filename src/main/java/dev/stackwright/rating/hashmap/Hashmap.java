package dev.stackwright.rating.hashmap;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The price of a quantity by rules, as CloudKitty's hashmap module computes it, without rounding.
 *
 * <p>Within a group, of several flat prices that apply the highest counts, rates multiply, and of
 * all thresholds that are reached the highest level counts once. A threshold on a field joins the
 * price of one unit; one on the quantity is added to the price of all of it, or multiplies it.
 * Groups add up. A rate without a flat price is a rate of nothing.
 */
public final class Hashmap {

    private final Map<String, List<Rule>> services = new LinkedHashMap<>();

    private Hashmap(Collection<Rule> rules) {
        rules.forEach(
                rule -> services.computeIfAbsent(rule.service(), _ -> new ArrayList<>()).add(rule));
    }

    /** The rules as one project has them: its own take the place of everybody's. */
    public static Hashmap of(Collection<Rule> rules, String project) {
        Map<Rule.Key, Rule> chosen = new LinkedHashMap<>();
        rules.stream()
                .filter(rule -> rule.project().isEmpty())
                .forEach(rule -> chosen.put(rule.key(), rule));
        rules.stream()
                .filter(rule -> !rule.project().isEmpty() && rule.project().equals(project))
                .forEach(rule -> chosen.put(rule.key(), rule));
        return new Hashmap(chosen.values());
    }

    /** The services that have any price. */
    public Set<String> services() {
        return new TreeSet<>(services.keySet());
    }

    /**
     * Whether the price of a service is in proportion to the quantity, so that the price of a sum
     * is the sum of the prices.
     */
    public boolean isProportional(String service) {
        return services.getOrDefault(service, List.of()).stream()
                .noneMatch(rule -> rule.hasLevel() && !rule.hasField());
    }

    /**
     * @param fields what is known of the resource: {@code flavor_name}, {@code volume_type} …
     */
    public BigDecimal price(String service, BigDecimal quantity, Map<String, String> fields) {
        Map<String, Sum> groups = new LinkedHashMap<>();
        for (var rule : services.getOrDefault(service, List.of())) {
            if (applies(rule, quantity, fields)) {
                groups.computeIfAbsent(rule.group(), _ -> new Sum()).add(rule);
            }
        }
        return groups.values().stream()
                .map(sum -> sum.price(quantity))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean applies(Rule rule, BigDecimal quantity, Map<String, String> fields) {
        var level = rule.level();
        if (!rule.hasField()) {
            return level == null || quantity.compareTo(level) >= 0;
        }
        var value = fields.get(rule.field());
        if (value == null) {
            return false;
        }
        return level == null
                ? value.equals(rule.value())
                : number(value).filter(n -> n.compareTo(level) >= 0).isPresent();
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** What applies in one group. */
    private static final class Sum {

        private BigDecimal flat = BigDecimal.ZERO;
        private BigDecimal rate = BigDecimal.ONE;
        private @Nullable Rule threshold;
        private BigDecimal reached = BigDecimal.ONE.negate();

        void add(Rule rule) {
            var level = rule.level();
            if (level != null) {
                if (level.compareTo(reached) > 0) {
                    reached = level;
                    threshold = rule;
                }
            } else if (rule.effect() == Effect.FLAT) {
                flat = flat.max(rule.cost());
            } else {
                rate = rate.multiply(rule.cost());
            }
        }

        BigDecimal price(BigDecimal quantity) {
            var highest = threshold;
            if (highest == null) {
                return rate.multiply(flat).multiply(quantity);
            }
            var flatThreshold = highest.effect() == Effect.FLAT;
            if (highest.hasField()) {
                return flatThreshold
                        ? rate.multiply(flat.add(highest.cost())).multiply(quantity)
                        : rate.multiply(highest.cost()).multiply(flat).multiply(quantity);
            }
            var price = rate.multiply(flat).multiply(quantity);
            return flatThreshold ? price.add(highest.cost()) : price.multiply(highest.cost());
        }
    }
}
