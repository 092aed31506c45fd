package dev.stackwright.metering.sample;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Numbers as services send them: as such, as text, or as true and false. */
final class Numbers {

    private Numbers() {}

    static Optional<BigDecimal> of(JsonNode node) {
        if (node.isNumber()) {
            return finite(node);
        }
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        return node.isString() ? parse(node.asString()) : Optional.empty();
    }

    private static Optional<BigDecimal> finite(JsonNode node) {
        var number = node.doubleValue();
        return Double.isNaN(number) || Double.isInfinite(number) && !node.isBigDecimal()
                ? Optional.empty()
                : Optional.of(node.decimalValue());
    }

    private static Optional<BigDecimal> parse(String text) {
        try {
            return text.length() > 60
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
