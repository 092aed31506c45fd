/**
 * What every room that keeps something has in common: how the pool of connections behaves, what is
 * wrong when the database does not do its part, and what the health of it is.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.stackwright.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
