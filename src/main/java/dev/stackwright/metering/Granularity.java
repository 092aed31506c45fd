package dev.stackwright.metering;

/** How fine a figure is cut; days, weeks and months are those of the reader's time zone. */
public enum Granularity {
    HOUR(1),
    DAY(24),
    WEEK(24 * 7),
    MONTH(24 * 30);

    private final long hours;

    Granularity(long hours) {
        this.hours = hours;
    }

    /** How many pieces a period would come to, near enough to refuse a chart of a million bars. */
    public long pieces(Period period) {
        return period.length().toHours() / hours;
    }
}
