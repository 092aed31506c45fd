package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/**
 * How full something is: used filled, planned dashed behind it, amber from 85 %, red when full.
 *
 * @param used and {@code limit} in words with their unit stand beside the bar
 * @param limit null when there is no limit; the bar is then empty
 */
public record Meter(Words label, double share, double planned, Words used, @Nullable Words limit) {

    private static final double NEARLY_FULL = 0.85;

    public static Meter of(
            Words label, double used, double limit, Words usedWords, @Nullable Words limitWords) {
        return new Meter(label, limit > 0 ? used / limit : 0, 0, usedWords, limitWords);
    }

    public Meter withPlanned(double shareOfLimit) {
        return new Meter(label, share, shareOfLimit, used, limit);
    }

    public String css() {
        return share + planned >= 1 ? "b" : share + planned >= NEARLY_FULL ? "w" : "u";
    }

    public String width() {
        return percent(share);
    }

    public String plannedWidth() {
        return percent(Math.min(planned, 1 - Math.min(share, 1)));
    }

    private static String percent(double part) {
        return Math.round(Math.clamp(part, 0, 1) * 1000) / 10.0 + "%";
    }
}
