/** Who did what, when, to what, by which plan, and what came of it. Records are only ever added. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.stackwright.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
