package dev.stackwright.operations.clearing;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan has in mind for one instance.
 *
 * @param target null for one that stays
 * @param takes how long that is expected to take
 * @param down how long it will not answer
 * @param reasons the worst first; none for one that simply goes
 */
public record Move(
        Guest guest,
        Way way,
        @Nullable String target,
        Duration takes,
        Duration down,
        List<Reason> reasons) {

    public Move {
        reasons = List.copyOf(reasons);
    }
}
