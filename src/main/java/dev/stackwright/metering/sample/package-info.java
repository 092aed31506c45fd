/**
 * From what a service said to samples and facts. Which event gives which samples is data, in {@code
 * meters/*.yaml}. Pure.
 */
@NullMarked
package dev.stackwright.metering.sample;

import org.jspecify.annotations.NullMarked;
