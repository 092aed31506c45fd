/** Directed graphs: what must come before what. Pure; knows no other room. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.stackwright.graph;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
