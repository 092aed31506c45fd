package dev.stackwright.operations.clearing;

import dev.stackwright.operations.doctor.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scene made ready for many questions: the open hosts by number, room as plain figures, and which
 * hosts suit what each flavor asks for. A plan loses every host in turn; with hundreds of hosts and
 * thousands of instances none of this may be worked out anew each time. For one thread.
 */
final class Board {

    private final List<Place> places;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> classes = new TreeMap<>();
    private final List<long[]> free = new ArrayList<>();
    private final List<long[]> capacity = new ArrayList<>();
    private final Map<String, String> zones = new HashMap<>();
    private final Map<String, List<Group>> groups = new HashMap<>();
    private final Map<String, String> hosts = new HashMap<>();
    private final Map<Amounts, long[]> figures = new HashMap<>();
    private final Map<Demand, int[]> suitable = new HashMap<>();
    private final Map<String, Known> known = new HashMap<>();

    /** What a place is looked for by, room apart. */
    private record Demand(@Nullable String zone, String project, Map<String, String> wants) {}

    /** What is worked out once of an instance. */
    record Known(long[] needs, int[] suitable, List<Group> groups) {}

    Board(Scene scene) {
        var open = new LinkedHashMap<String, Place>();
        scene.places().forEach(place -> zones.put(place.host(), place.zone()));
        scene.places().stream()
                .filter(Place::open)
                .sorted(Comparator.comparing(Place::host))
                .forEach(place -> open.put(place.host(), place));
        places = List.copyOf(open.values());
        places.forEach(place -> number(place.capacity()));
        scene.guests().forEach(guest -> number(guest.needs()));
        for (var place : places) {
            numbers.put(place.host(), numbers.size());
            capacity.add(figures(place.capacity()));
            free.add(figures(place.free()));
        }
        scene.groups()
                .forEach(group ->
                        group.members()
                                .forEach(member ->
                                        groups.computeIfAbsent(member, _ -> new ArrayList<>())
                                                .add(group)));
        scene.guests().forEach(guest -> hosts.put(guest.id(), guest.host()));
    }

    private void number(Amounts amounts) {
        amounts.of().keySet().forEach(name -> classes.putIfAbsent(name, classes.size()));
    }

    private long[] figures(Amounts amounts) {
        return figures.computeIfAbsent(
                amounts,
                each -> {
                    var row = new long[classes.size()];
                    classes.forEach((name, index) -> row[index] = each.get(name));
                    return row;
                });
    }

    /** The open hosts, by name; their places in this list are their numbers. */
    List<Place> places() {
        return places;
    }

    /** What each has left, by number; not to be changed. */
    long[][] free() {
        return free.toArray(long[][]::new);
    }

    long[] capacity(int place) {
        return capacity.get(place);
    }

    boolean[] numbersOf(Set<String> names) {
        var marked = new boolean[places.size()];
        for (var name : names) {
            var number = numbers.get(name);
            if (number != null) {
                marked[number] = true;
            }
        }
        return marked;
    }

    long[] capacityWithout(boolean[] shut) {
        return sum(capacity, shut);
    }

    /** Room in one class of resource on all hosts that are not shut. */
    long freeWithout(boolean[] shut, String resource) {
        var index = classes.get(resource);
        return index == null ? 0 : sum(free, shut)[index];
    }

    private long[] sum(List<long[]> rows, boolean[] shut) {
        var sum = new long[classes.size()];
        for (var place = 0; place < shut.length; place++) {
            if (!shut[place]) {
                var row = rows.get(place);
                for (var i = 0; i < sum.length; i++) {
                    sum[i] += row[i];
                }
            }
        }
        return sum;
    }

    /** Where an instance is, null when nobody knows of it. */
    @Nullable String hostOf(String guest) {
        return hosts.get(guest);
    }

    @Nullable String zone(Guest guest) {
        // Without a word of what was asked for, the zone where it is may be the one.
        return guest.pinnedZone() != null ? guest.pinnedZone() : zones.get(guest.host());
    }

    Known of(Guest guest) {
        return known.computeIfAbsent(
                guest.id(),
                id ->
                        new Known(
                                figures(guest.needs()),
                                suitable(guest),
                                groups.getOrDefault(id, List.of())));
    }

    /** The numbers of the hosts that would do if they were empty. */
    private int[] suitable(Guest guest) {
        return suitable.computeIfAbsent(
                new Demand(zone(guest), guest.project(), guest.wants()),
                demand ->
                        IntStream.range(0, places.size())
                                .filter(number -> {
                                    var place = places.get(number);
                                    return (demand.zone() == null
                                                    || demand.zone().equals(place.zone()))
                                            && Packing.hasTraits(place, guest)
                                            && Packing.aggregatesAgree(place, guest);
                                })
                                .toArray());
    }

    static boolean fits(long[] needs, long[] room) {
        for (var i = 0; i < needs.length; i++) {
            if (needs[i] > 0 && needs[i] > room[i]) {
                return false;
            }
        }
        return true;
    }
}
