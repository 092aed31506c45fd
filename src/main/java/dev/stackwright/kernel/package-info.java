/** Ids, values and diagnostics: the words that every room shares. Pure; knows no other room. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.stackwright.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
