/**
 * Who may come in, with which roles, and for how long; and the vault that seals what must not be
 * read.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "cloud", "database"})
package dev.stackwright.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
