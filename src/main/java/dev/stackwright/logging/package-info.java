/** Keeps what others call their things from writing log lines of its own. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.stackwright.logging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
