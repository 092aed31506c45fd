/** Which steps may begin, given how the others stand. Pure. */
@NullMarked
package dev.stackwright.execution.walk;

import org.jspecify.annotations.NullMarked;
