/**
 * A stack's life: from a template and its values to live objects, every change planned first and
 * carried out durably, with each version of the source and each event kept.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "execution",
            "cloud",
            "catalog",
            "graph",
            "template",
            "plan",
            "access",
            "inventory",
            "metering"
        })
package dev.stackwright.stack;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
