/** Takes the facts of a cloud together: what its services say now, and what the inventory has. */
@NullMarked
package dev.stackwright.operations.gather;

import org.jspecify.annotations.NullMarked;
