/**
 * The arithmetic of metering: facts to intervals, intervals to hours, counters to growth, time to
 * buckets. Pure: the same facts and samples give the same figures in whatever order they came.
 */
@NullMarked
package dev.stackwright.metering.rollup;

import org.jspecify.annotations.NullMarked;
