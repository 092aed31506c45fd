/**
 * What a project used: samples of what happened, lifecycle intervals of what existed, and the
 * figures that are made of them. Answers through {@link dev.stackwright.metering.Usage}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "cloud", "database", "notification"})
package dev.stackwright.metering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
