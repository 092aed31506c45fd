package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form for a new instance, and what it draws on.
 *
 * @param choice what the chosen flavor would leave, and whether there is room for it
 */
record LaunchPage(
        List<Field> fields,
        @Nullable Words trouble,
        Choice choice,
        @Nullable Words unable,
        String post,
        String list) {

    /**
     * What is known before anything is made.
     *
     * @param quota the limits, with what is chosen planned in
     * @param checks empty until a flavor is chosen
     * @param again where it is asked for when something else is chosen
     */
    record Choice(List<Meter> quota, List<Check> checks, String again) {}

    /** What was looked at; the symbol is ok, warn or bad. */
    record Check(String symbol, Words words) {}
}
