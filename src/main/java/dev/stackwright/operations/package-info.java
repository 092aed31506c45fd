/**
 * Says what is wrong with a cloud and why: takes the facts together every few seconds, has the
 * doctor examine them, and keeps what it found for pages to read.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "cloud",
            "database",
            "notification",
            "inventory",
            "execution"
        })
package dev.stackwright.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
