package dev.stackwright.web.stacks;

import dev.stackwright.stack.imports.HeatStacks;
import dev.stackwright.web.frame.Words;
import java.util.List;

/**
 * A stack of Heat, before it is planned to take it over.
 *
 * @param adopt where it is adopted
 * @param name of the stack that is to be
 * @param problems why there is no plan
 */
record HeatPage(
        String stacks,
        String adopt,
        String name,
        HeatStacks.Reading reading,
        List<Words> problems) {

    public int lines() {
        return Math.clamp(reading.template().lines().count() + 1, 8, 40);
    }
}
