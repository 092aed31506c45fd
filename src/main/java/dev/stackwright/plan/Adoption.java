package dev.stackwright.plan;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Holds what a stack is to take over against what its template says of it. */
public final class Adoption {

    private Adoption() {}

    /**
     * The change that takes over one object, with what is other there than in the template. None of
     * that is touched now; the next update would.
     *
     * @param given what the template says
     * @param hidden the values that nobody may see
     */
    public static Change compared(
            Change change,
            ResourceType type,
            Map<String, Value> given,
            Seen seen,
            Collection<Value> hidden) {
        var choices = new HashMap<String, Seen.Choice>();
        seen.different().values().keySet().forEach(name -> choices.put(name, Seen.Choice.KEEP));
        var deviations = new Deviations(type, Secrets.of(hidden), seen.choosing(choices));
        var _ = deviations.standing(given, given);
        return change.seen(deviations.all(), deviations.untold());
    }
}
