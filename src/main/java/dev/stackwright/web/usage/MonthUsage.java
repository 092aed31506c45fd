package dev.stackwright.web.usage;

import dev.stackwright.web.frame.Words;
import java.util.List;

/**
 * This month against the same days of the last, as {@code usage/_month} draws it.
 *
 * @param href the usage page
 */
public record MonthUsage(Words sentence, List<Line> lines, String href) {

    /**
     * One figure.
     *
     * @param now width of its bar in percent of the longer one of both
     * @param before width of the bar of the last month
     */
    public record Line(
            Words title, String amount, Words unit, String change, String now, String before) {}

    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
