/**
 * What usage costs: price books with versions, usage with prices put on it, budgets and monthly
 * statements. Answers through {@link dev.stackwright.rating.Rating}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "metering"})
package dev.stackwright.rating;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
