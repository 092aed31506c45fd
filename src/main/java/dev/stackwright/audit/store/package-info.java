/** Audit records in the database. */
@NullMarked
package dev.stackwright.audit.store;

import org.jspecify.annotations.NullMarked;
