/** The table of verdicts. */
@NullMarked
package dev.stackwright.operations.store;

import org.jspecify.annotations.NullMarked;
