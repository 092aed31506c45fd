package dev.stackwright.metering;

/**
 * How the volumes of a meter add up: a gauge is a level, a delta an amount, a cumulative meter a
 * counter that only grows until it starts again.
 */
public enum MeterType {
    GAUGE,
    DELTA,
    CUMULATIVE
}
