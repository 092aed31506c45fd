package dev.stackwright.rating.hashmap;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of a price book.
 *
 * @param service what is priced, such as {@code volume.size}
 * @param field the property of a resource that decides, such as {@code volume_type}; empty when the
 *     price is for all of the service
 * @param value of the field for which the price is; empty for a threshold or without a field
 * @param level from which on a threshold holds: of the quantity, or of the field when there is one;
 *     nothing for a plain price
 * @param group prices of one group belong together, those of different groups add up; empty for the
 *     common one
 * @param project whose price it is; empty for everybody's
 */
public record Rule(
        String service,
        String field,
        String value,
        @Nullable BigDecimal level,
        String group,
        Effect effect,
        BigDecimal cost,
        String project) {

    public Rule {
        level = level == null ? null : plain(level);
        cost = plain(cost);
    }

    /** A price for each unit of a service. */
    public static Rule flat(String service, String cost) {
        return new Rule(service, "", "", null, "", Effect.FLAT, new BigDecimal(cost), "");
    }

    public Rule when(String ofField, String is) {
        return new Rule(service, ofField, is, level, group, effect, cost, project);
    }

    public Rule from(String ofField, BigDecimal reached) {
        return new Rule(service, ofField, "", reached, group, effect, cost, project);
    }

    public Rule in(String ofGroup) {
        return new Rule(service, field, value, level, ofGroup, effect, cost, project);
    }

    public Rule by(Effect how) {
        return new Rule(service, field, value, level, group, how, cost, project);
    }

    public Rule only(String forProject) {
        return new Rule(service, field, value, level, group, effect, cost, forProject);
    }

    public boolean hasLevel() {
        return level != null;
    }

    public boolean hasField() {
        return !field.isEmpty();
    }

    /** What the rule is about; a project's own rule takes the place of everybody's of the key. */
    public Key key() {
        return new Key(service, field, value, level, group);
    }

    /** A price book has one rule of a key for everybody, and one for each project. */
    public record Key(
            String service, String field, String value, @Nullable BigDecimal level, String group) {}

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }
}
