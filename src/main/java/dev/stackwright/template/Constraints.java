package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.Optional;

/** Answers whether a value names something that the cloud has; the inventory will know. */
@FunctionalInterface
public interface Constraints {

    /** Takes everything for granted: for checks without a cloud. */
    Constraints UNCHECKED = (_, _) -> Optional.empty();

    /**
     * What is wrong with the value, as a full sentence, or empty when it is right or cannot be
     * told.
     *
     * @param constraintName such as {@code nova.flavor}
     */
    Optional<String> check(String constraintName, Value value);
}
