/**
 * The durable walk of a plan: steps in the order of a graph, each journaled before and after it
 * touches the world. One worker owns a running execution by a lease in the database; when it dies,
 * the next one goes on from the journal. Knows nothing of what its steps mean.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.stackwright.execution;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
