/** Stacks: the list, one stack, and the form that makes or changes one. */
@NullMarked
package dev.stackwright.web.stacks;

import org.jspecify.annotations.NullMarked;
