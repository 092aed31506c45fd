/**
 * What would change, and why: a {@link dev.stackwright.plan.Plan} is data that a person can read
 * and approve, and that the engine then obeys. {@link dev.stackwright.plan.Planner} makes it from
 * what is deployed and what is wanted. No plan ever holds a secret. Pure.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "graph", "catalog", "template"})
package dev.stackwright.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
