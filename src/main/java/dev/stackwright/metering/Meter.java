package dev.stackwright.metering;

/** What is measured, under the name that Ceilometer gave it. */
public record Meter(String name, MeterType type, String unit) {}
