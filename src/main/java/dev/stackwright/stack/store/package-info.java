/** Stacks, their versions, resources, events and plans in the database. */
@NullMarked
package dev.stackwright.stack.store;

import org.jspecify.annotations.NullMarked;
