/** The tables of the inventory. Reading takes a viewer, always; writing is the collector's. */
@NullMarked
package dev.stackwright.inventory.store;

import org.jspecify.annotations.NullMarked;
