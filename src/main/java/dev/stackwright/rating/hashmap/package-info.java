/**
 * The arithmetic of prices: rules of services and their fields, flat and by rate, with thresholds
 * and groups. Pure.
 */
@NullMarked
@NamedInterface("hashmap")
package dev.stackwright.rating.hashmap;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
