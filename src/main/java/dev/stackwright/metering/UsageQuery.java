package dev.stackwright.metering;

import java.time.ZoneId;

/** Which figure, over which time, cut how, and told apart by what. */
public record UsageQuery(
        Measure measure, Period period, Granularity granularity, ZoneId zone, Split split) {

    /** What the slices of a breakdown are. */
    public enum Split {
        NONE,
        RESOURCE,
        STACK
    }
}
