package dev.stackwright.operations.clearing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much room a cloud has left, and whom the loss of hosts would leave without a place.
 *
 * @param slots for each flavor
 * @param single the loss of each host alone that could not be borne, the worst first
 * @param pairs the same for two hosts at once, where each alone could be borne
 * @param pairsOf among how many hosts the pairs were looked at; fewer than all on a large cloud
 * @param most no more hosts than these can be lost at once, whatever happens; not every choice of
 *     that many can be
 */
public record Capacity(
        List<Slots> slots, List<Spare> single, List<Spare> pairs, int pairsOf, int most) {

    /** More hosts than these make too many pairs. */
    private static final int PAIRED = 60;

    public Capacity {
        slots = List.copyOf(slots);
        single = List.copyOf(single);
        pairs = List.copyOf(pairs);
    }

    /** A flavor, as far as room for it is concerned. */
    public record Size(String name, Amounts needs, Map<String, String> wants) {

        public Size {
            wants = Map.copyOf(wants);
        }
    }

    /** How many more of a flavor would fit: in all, and by zone, aggregate and host. */
    public record Slots(
            String flavor,
            long all,
            Map<String, Long> byZone,
            Map<String, Long> byAggregate,
            Map<String, Long> byHost) {

        public Slots {
            byZone = Map.copyOf(byZone);
            byAggregate = Map.copyOf(byAggregate);
            byHost = Map.copyOf(byHost);
        }

        /** The host with most of them; empty when there is none. */
        public String best() {
            return byHost.entrySet().stream()
                    .filter(each -> each.getValue() > 0)
                    .max(
                            Map.Entry.<String, Long>comparingByValue()
                                    .thenComparing(
                                            Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElse("");
        }
    }

    public static Capacity of(Scene scene, List<Size> sizes) {
        var onHost = new HashMap<String, List<Guest>>();
        scene.guests()
                .forEach(guest ->
                        onHost.computeIfAbsent(guest.host(), _ -> new ArrayList<>()).add(guest));
        var carrying =
                scene.places().stream()
                        .map(Place::host)
                        .filter(onHost::containsKey)
                        .sorted(
                                Comparator.comparingInt((String host) ->
                                                -onHost.getOrDefault(host, List.of()).size())
                                        .thenComparing(host -> host))
                        .toList();
        var board = new Board(scene);
        var single = new ArrayList<Spare>();
        var fatal = new HashSet<String>();
        for (var host : carrying) {
            var loss = ClearingPlanner.loss(board, Set.of(host), host, onHost);
            if (!loss.isThere()) {
                single.add(loss);
                fatal.add(host);
            }
        }
        var pairs = new ArrayList<Spare>();
        var paired = carrying.stream().filter(host -> !fatal.contains(host)).limit(PAIRED).toList();
        for (var i = 0; i < paired.size(); i++) {
            for (var j = i + 1; j < paired.size(); j++) {
                var two = Set.of(paired.get(i), paired.get(j));
                var loss =
                        ClearingPlanner.loss(
                                board, two, paired.get(i) + " + " + paired.get(j), onHost);
                if (!loss.isThere()) {
                    pairs.add(loss);
                }
            }
        }
        var worst = Comparator.comparingInt((Spare loss) -> -loss.homeless().size());
        single.sort(worst.thenComparing(Spare::host));
        pairs.sort(worst.thenComparing(Spare::host));
        return new Capacity(
                sizes.stream().map(size -> slots(scene, size)).toList(),
                single,
                pairs,
                paired.size(),
                most(scene, onHost));
    }

    /** Whether a host would take one more of a flavor for a project now. */
    public static boolean takes(Place place, Size size, String project) {
        return place.open()
                && Packing.hasTraits(place, size.wants())
                && Packing.aggregatesAgree(place, size.wants(), project)
                && size.needs().fitsInto(place.free());
    }

    private static Slots slots(Scene scene, Size size) {
        var byZone = new TreeMap<String, Long>();
        var byAggregate = new TreeMap<String, Long>();
        var byHost = new TreeMap<String, Long>();
        long all = 0;
        for (var place : scene.places()) {
            var fits = place.open() && Packing.suits(place, size.wants()) ? fits(place, size) : 0;
            all += fits;
            byHost.put(place.host(), fits);
            byZone.merge(place.zone(), fits, Long::sum);
            place.aggregates().forEach(each -> byAggregate.merge(each.name(), fits, Long::sum));
        }
        return new Slots(size.name(), all, byZone, byAggregate, byHost);
    }

    private static long fits(Place place, Size size) {
        var free = place.free();
        return size.needs().of().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .mapToLong(each -> Math.max(0, free.get(each.getKey())) / each.getValue())
                .min()
                .orElse(0);
    }

    /**
     * A bound: whatever is lost, what it carried has to go where there is room, and its own room is
     * lost with it. Those for which both together are least are lost first.
     */
    private static int most(Scene scene, Map<String, List<Guest>> onHost) {
        var open = scene.places().stream().filter(Place::open).toList();
        var free = open.stream().mapToLong(Capacity::room).sum();
        var prices =
                open.stream()
                        .mapToLong(place ->
                                room(place) + memory(onHost.getOrDefault(place.host(), List.of())))
                        .sorted()
                        .toArray();
        var lost = 0;
        for (var price : prices) {
            free -= price;
            if (free < 0) {
                break;
            }
            lost++;
        }
        return lost;
    }

    private static long room(Place place) {
        return Math.max(0, place.free().get(Amounts.MEMORY));
    }

    private static long memory(List<Guest> guests) {
        return guests.stream().mapToLong(Guest::memoryMb).sum();
    }
}
