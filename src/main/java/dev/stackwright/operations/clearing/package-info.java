/**
 * How a host is emptied: facts in, plan out. Who goes where and how, who cannot and why, and
 * whether the others would survive the loss of one more. Pure.
 */
@NullMarked
@NamedInterface("clearing")
package dev.stackwright.operations.clearing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
