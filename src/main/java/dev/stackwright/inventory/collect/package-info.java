/** Keeps the inventory current: reconciling polls, and notifications about single objects. */
@NullMarked
package dev.stackwright.inventory.collect;

import org.jspecify.annotations.NullMarked;
