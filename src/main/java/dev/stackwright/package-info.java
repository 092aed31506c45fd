/** Stackwright: one application that orchestrates, operates and meters an OpenStack cloud. */
@NullMarked
package dev.stackwright;

import org.jspecify.annotations.NullMarked;
