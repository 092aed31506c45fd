package dev.stackwright.operations.clearing;

import dev.stackwright.operations.doctor.Aggregate;
import java.util.List;
import java.util.Set;

/**
 * A host that may take instances.
 *
 * @param open whether it takes new ones now: it answers and nobody closed it
 * @param capacity what placement would give away in all, over-commitment counted in
 * @param used what is given away
 * @param traits what its hardware and its software can do
 * @param aggregates those that it belongs to
 */
public record Place(
        String host,
        String zone,
        boolean open,
        Amounts capacity,
        Amounts used,
        Set<String> traits,
        List<Aggregate> aggregates) {

    public Place {
        traits = Set.copyOf(traits);
        aggregates = List.copyOf(aggregates);
    }

    public Amounts free() {
        return capacity.minus(used);
    }
}
