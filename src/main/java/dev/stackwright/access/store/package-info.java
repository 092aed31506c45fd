/** Sign-ins in the database. */
@NullMarked
package dev.stackwright.access.store;

import org.jspecify.annotations.NullMarked;
