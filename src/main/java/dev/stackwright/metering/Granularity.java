package dev.stackwright.metering;

/** How fine a figure is cut; days, weeks and months are those of the reader's time zone. */
public enum Granularity {
    HOUR,
    DAY,
    WEEK,
    MONTH
}
