/** Asks the clouds' APIs what exists and what counters say, one replica at a time. */
@NullMarked
package dev.stackwright.metering.poll;

import org.jspecify.annotations.NullMarked;
