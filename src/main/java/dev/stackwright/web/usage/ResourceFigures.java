package dev.stackwright.web.usage;

import dev.stackwright.web.frame.Words;
import java.util.List;

/**
 * What one resource used this month, as {@code usage/_resource} draws it.
 *
 * @param href its usage page
 */
public record ResourceFigures(List<Line> lines, String href) {

    /** One figure with its unit. */
    public record Line(Words title, String amount, Words unit) {}

    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
