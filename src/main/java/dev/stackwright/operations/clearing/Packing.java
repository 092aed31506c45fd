package dev.stackwright.operations.clearing;

import dev.stackwright.operations.doctor.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds places for instances that have to leave. Three attempts, the first that places everybody
 * wins: spread out, packed tightly, and a search that takes back what it chose; the search gives up
 * after a bounded number of tries, so a place that was not found may still exist, but a place that
 * was found is proven.
 */
final class Packing {

    private static final int TRIES = 20_000;

    private final Map<String, String> zones = new HashMap<>();
    private final Amounts total;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, List<Group>> groupsOf = new HashMap<>();
    private final Map<String, String> standing = new HashMap<>();
    private final Map<String, String> leaving = new HashMap<>();

    /**
     * @param closed hosts that are not there any more
     */
    Packing(Scene scene, Set<String> closed) {
        scene.places().forEach(place -> zones.put(place.host(), place.zone()));
        scene.places().stream()
                .filter(place -> place.open() && !closed.contains(place.host()))
                .sorted(Comparator.comparing(Place::host))
                .forEach(place -> places.put(place.host(), place));
        total = places.values().stream().map(Place::capacity).reduce(Amounts.NONE, Amounts::plus);
        scene.groups()
                .forEach(group ->
                        group.members()
                                .forEach(member ->
                                        groupsOf.computeIfAbsent(member, _ -> new ArrayList<>())
                                                .add(group)));
        scene.guests()
                .forEach(guest ->
                        (closed.contains(guest.host()) ? leaving : standing)
                                .put(guest.id(), guest.host()));
    }

    /** Who goes where; who has no place is not in it. */
    Map<String, String> place(List<Guest> guests) {
        var hardest =
                guests.stream()
                        .sorted(
                                Comparator.comparingDouble(this::weight)
                                        .reversed()
                                        .thenComparing(Guest::id))
                        .toList();
        var spread = greedy(hardest, false);
        if (spread.size() == guests.size()) {
            return spread;
        }
        var tight = greedy(hardest, true);
        if (tight.size() == guests.size()) {
            return tight;
        }
        // Those for whom there is no place at all would spoil the search for all others.
        var possible = hardest.stream().filter(this::hasPlaceAlone).toList();
        if (possible.size() <= Math.max(spread.size(), tight.size())) {
            return spread.size() >= tight.size() ? spread : tight;
        }
        var found = new Search(possible).run();
        var best = spread.size() >= tight.size() ? spread : tight;
        return found != null && found.size() > best.size() ? found : best;
    }

    /**
     * Whether all of them find a place at the first try; when not, {@link #place} may know better.
     */
    boolean takesAtOnce(List<Guest> guests) {
        var state = new State();
        for (var guest : guests) {
            var place =
                    places.values().stream().filter(each -> state.takes(each, guest)).findFirst();
            if (place.isEmpty()) {
                return false;
            }
            state.put(guest, place.get());
        }
        return true;
    }

    private boolean hasPlaceAlone(Guest guest) {
        var state = new State();
        return places.values().stream().anyMatch(place -> state.takes(place, guest));
    }

    private double weight(Guest guest) {
        return guest.needs().shareOf(total);
    }

    private Map<String, String> greedy(List<Guest> guests, boolean tight) {
        var state = new State();
        for (var guest : guests) {
            Place best = null;
            var bestShare = 0d;
            for (var place : places.values()) {
                if (!state.takes(place, guest)) {
                    continue;
                }
                var share = state.shareAfter(place, guest);
                if (best == null || (tight ? share > bestShare : share < bestShare)) {
                    best = place;
                    bestShare = share;
                }
            }
            if (best != null) {
                state.put(guest, best);
            }
        }
        return state.chosen;
    }

    /** Why there is no place for it, however empty the hosts were otherwise. */
    Reason whyNot(Guest guest) {
        if (places.isEmpty()) {
            return Reason.of(Obstacle.NO_HOST);
        }
        var left = List.copyOf(places.values());
        var zone = zone(guest);
        left = left.stream().filter(place -> zone == null || place.zone().equals(zone)).toList();
        if (left.isEmpty()) {
            return Reason.of(Obstacle.ZONE, zone == null ? "" : zone);
        }
        left = left.stream().filter(place -> aggregatesAgree(place, guest)).toList();
        if (left.isEmpty()) {
            return Reason.of(Obstacle.AGGREGATE, guest.flavor());
        }
        left = left.stream().filter(place -> hasTraits(place, guest)).toList();
        if (left.isEmpty()) {
            return Reason.of(Obstacle.TRAIT, guest.flavor());
        }
        left = left.stream().filter(place -> guest.needs().fitsInto(place.capacity())).toList();
        if (left.isEmpty()) {
            return Reason.of(Obstacle.TOO_LARGE, guest.flavor());
        }
        var state = new State();
        for (var group : groupsOf.getOrDefault(guest.id(), List.of())) {
            if (left.stream().noneMatch(place -> state.agrees(group, place, guest))) {
                return group.policy().equals("affinity")
                        ? Reason.of(Obstacle.TOGETHER, group.name())
                        : Reason.of(Obstacle.APART, group.name());
            }
        }
        return Reason.of(Obstacle.NO_ROOM, guest.flavor());
    }

    private @Nullable String zone(Guest guest) {
        // Without a word of what was asked for, the zone where it is may be the one.
        return guest.pinnedZone() != null ? guest.pinnedZone() : zones.get(guest.host());
    }

    /** Whether a host has what a flavor asks for, whoever uses it. */
    static boolean suits(Place place, Map<String, String> wants) {
        return hasTraits(place, wants) && isInAggregates(place, wants);
    }

    private static boolean hasTraits(Place place, Guest guest) {
        return hasTraits(place, guest.wants());
    }

    private static boolean hasTraits(Place place, Map<String, String> wants) {
        if (wants.isEmpty()) {
            return true;
        }
        return wants.entrySet().stream()
                .filter(each -> each.getKey().startsWith("trait:"))
                .allMatch(each -> {
                    var has = place.traits().contains(each.getKey().substring("trait:".length()));
                    return switch (each.getValue()) {
                        case "required" -> has;
                        case "forbidden" -> !has;
                        default -> true;
                    };
                });
    }

    private static boolean isInAggregates(Place place, Map<String, String> wants) {
        var prefix = "aggregate_instance_extra_specs:";
        return wants.entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix))
                .allMatch(each ->
                        place.aggregates().stream()
                                .anyMatch(aggregate ->
                                        each.getValue()
                                                .equals(
                                                        aggregate
                                                                .metadata()
                                                                .get(
                                                                        each.getKey()
                                                                                .substring(
                                                                                        prefix
                                                                                                .length())))));
    }

    /** What the flavor asks of the host's aggregates, and whom those are kept for. */
    private static boolean aggregatesAgree(Place place, Guest guest) {
        if (place.aggregates().isEmpty() && guest.wants().isEmpty()) {
            return true;
        }
        var wanted = isInAggregates(place, guest.wants());
        var tenants =
                place.aggregates().stream()
                        .flatMap(aggregate -> aggregate.metadata().entrySet().stream())
                        .filter(each -> each.getKey().startsWith("filter_tenant_id"))
                        .map(Map.Entry::getValue)
                        .toList();
        return wanted
                && (tenants.isEmpty()
                        || tenants.stream()
                                .anyMatch(each ->
                                        List.of(each.split("\\s*,\\s*"))
                                                .contains(guest.project())));
    }

    /** Who is where, as far as it has been decided. */
    private final class State {

        private final Map<String, Amounts> free = new HashMap<>();
        private final Map<String, String> at = new HashMap<>(standing);
        private final Map<String, String> chosen = new LinkedHashMap<>();

        State() {
            places.values().forEach(place -> free.put(place.host(), place.free()));
        }

        boolean takes(Place place, Guest guest) {
            var zone = zone(guest);
            return !place.host().equals(guest.host())
                    && guest.needs().fitsInto(free.getOrDefault(place.host(), Amounts.NONE))
                    && (zone == null || zone.equals(place.zone()))
                    && hasTraits(place, guest)
                    && aggregatesAgree(place, guest)
                    && groupsOf.getOrDefault(guest.id(), List.of()).stream()
                            .allMatch(group -> agrees(group, place, guest));
        }

        boolean agrees(Group group, Place place, Guest guest) {
            var others = new HashSet<>(group.members());
            others.remove(guest.id());
            return switch (group.policy()) {
                case "anti-affinity" ->
                        others.stream().noneMatch(other -> place.host().equals(at.get(other)));
                // Nova looks at where the others are now: it does not move a group as a whole.
                case "affinity" ->
                        others.stream()
                                .map(this::whereIs)
                                .allMatch(host -> host == null || host.equals(place.host()));
                default -> true;
            };
        }

        private @Nullable String whereIs(String guest) {
            var host = at.get(guest);
            return host == null ? leaving.get(guest) : host;
        }

        /** How full the scarcest class would be. */
        double shareAfter(Place place, Guest guest) {
            var left = free.getOrDefault(place.host(), Amounts.NONE);
            double share = 0;
            for (var each : guest.needs().of().entrySet()) {
                var all = place.capacity().get(each.getKey());
                if (each.getValue() > 0 && all > 0) {
                    var taken = all - left.get(each.getKey()) + each.getValue();
                    share = Math.max(share, (double) taken / all);
                }
            }
            return share;
        }

        void put(Guest guest, Place place) {
            free.merge(place.host(), guest.needs(), Amounts::minus);
            at.put(guest.id(), place.host());
            chosen.put(guest.id(), place.host());
        }

        void take(Guest guest, Place place) {
            free.merge(place.host(), guest.needs(), Amounts::plus);
            at.remove(guest.id());
            chosen.remove(guest.id());
        }
    }

    /** Depth first, with a bound. */
    private final class Search {

        private final List<Guest> guests;
        private final State state = new State();
        private int tries;

        Search(List<Guest> guests) {
            this.guests = guests;
        }

        @Nullable Map<String, String> run() {
            return next(0) ? state.chosen : null;
        }

        private boolean next(int index) {
            if (index == guests.size()) {
                return true;
            }
            var guest = guests.get(index);
            for (var place : places.values()) {
                if (tries++ > TRIES) {
                    return false;
                }
                if (state.takes(place, guest)) {
                    state.put(guest, place);
                    if (next(index + 1)) {
                        return true;
                    }
                    state.take(guest, place);
                }
            }
            return false;
        }
    }
}
