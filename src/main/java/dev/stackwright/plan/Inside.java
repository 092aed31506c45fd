package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the stack behind a resource.
 *
 * @param moves whether there is anything to do for it, be it only that its text is another one
 * @param changes what changes in it, and in the stacks inside it
 * @param attributes what the resource will tell afterwards, by name, as far as that can be known
 * @param quota what that takes from the quotas
 * @param lost what is gone for good in it
 * @param problems why it cannot be, in sentences
 * @param foreseen false when only the run can tell what will be in it
 */
public record Inside(
        boolean moves,
        List<InnerChange> changes,
        Map<String, Value> attributes,
        List<QuotaEffect> quota,
        List<String> lost,
        List<String> problems,
        boolean foreseen) {

    /** Nobody can tell before the run. */
    public static final Inside UNFORESEEN =
            new Inside(true, List.of(), Map.of(), List.of(), List.of(), List.of(), false);

    public Inside {
        changes = List.copyOf(changes);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        quota = List.copyOf(quota);
        lost = List.copyOf(lost);
        problems = List.copyOf(problems);
    }

    /** It cannot be. */
    public static Inside impossible(List<String> problems) {
        return new Inside(true, List.of(), Map.of(), List.of(), List.of(), problems, true);
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "Inside[moves=%s, changes=%s]".formatted(moves, changes);
    }
}
