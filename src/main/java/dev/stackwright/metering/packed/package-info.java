/**
 * Samples and hours in few bytes: what one series has of one day, and what one meter has of one day
 * in a whole project. Pure: bytes from numbers, numbers from bytes.
 */
@NullMarked
package dev.stackwright.metering.packed;

import org.jspecify.annotations.NullMarked;
