package dev.stackwright.operations.clearing;

import dev.stackwright.operations.doctor.Group;
import java.util.Arrays;
import java.util.Comparator;
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

    private final Board board;
    private final Set<String> closed;

    /** The same by number. */
    private final boolean[] shut;

    private final long[] total;

    /**
     * @param closed hosts that are not there any more
     */
    Packing(Board board, Set<String> closed) {
        this.board = board;
        this.closed = closed;
        shut = board.numbersOf(closed);
        total = board.capacityWithout(shut);
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
        // Those for whom there is no place at all would spoil the search for all others.
        var possible = hardest.stream().filter(this::hasPlaceAlone).toList();
        var spread = greedy(possible, false);
        if (spread.size() == possible.size()) {
            return spread;
        }
        var tight = greedy(possible, true);
        if (tight.size() == possible.size()) {
            return tight;
        }
        var best = spread.size() >= tight.size() ? spread : tight;
        var found = new Search(possible).run();
        return found != null && found.size() > best.size() ? found : best;
    }

    /**
     * Whether all of them find a place at the first try; when not, {@link #place} may know better.
     */
    boolean takesAtOnce(List<Guest> guests) {
        var state = new State();
        for (var guest : guests) {
            var place = state.first(guest);
            if (place < 0) {
                return false;
            }
            state.put(guest, place);
        }
        return true;
    }

    private boolean hasPlaceAlone(Guest guest) {
        return new State().first(guest) >= 0;
    }

    private double weight(Guest guest) {
        return share(board.of(guest).needs(), new long[total.length], total);
    }

    /** How full the scarcest class is that this one needs, once it has what it needs. */
    private static double share(long[] needs, long[] taken, long[] all) {
        double share = 0;
        for (var i = 0; i < needs.length; i++) {
            if (needs[i] > 0) {
                share =
                        Math.max(
                                share,
                                all[i] <= 0
                                        ? Double.MAX_VALUE
                                        : (double) (taken[i] + needs[i]) / all[i]);
            }
        }
        return share;
    }

    private Map<String, String> greedy(List<Guest> guests, boolean tight) {
        var state = new State();
        for (var guest : guests) {
            var best = -1;
            var bestShare = 0d;
            for (var place : board.of(guest).suitable()) {
                if (!state.takes(place, guest)) {
                    continue;
                }
                var share = state.shareAfter(place, guest);
                if (best < 0 || (tight ? share > bestShare : share < bestShare)) {
                    best = place;
                    bestShare = share;
                }
            }
            if (best >= 0) {
                state.put(guest, best);
            }
        }
        return state.chosen;
    }

    /** Whether there is no place for it because of something else than room. */
    boolean isHopeless(Guest guest) {
        var known = board.of(guest);
        var large =
                Arrays.stream(known.suitable())
                        .filter(place ->
                                !shut[place] && Board.fits(known.needs(), board.capacity(place)))
                        .toArray();
        var state = new State();
        return large.length == 0
                || known.groups().stream()
                        .anyMatch(group ->
                                Arrays.stream(large)
                                        .noneMatch(place ->
                                                state.agrees(
                                                        group, board.places().get(place), guest)));
    }

    /** Why there is no place for it, however empty the hosts were otherwise. */
    Reason whyNot(Guest guest) {
        var left = board.places().stream().filter(place -> !closed.contains(place.host())).toList();
        if (left.isEmpty()) {
            return Reason.of(Obstacle.NO_HOST);
        }
        var zone = board.zone(guest);
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
        for (var group : board.of(guest).groups()) {
            if (left.stream().noneMatch(place -> state.agrees(group, place, guest))) {
                return group.policy().equals("affinity")
                        ? Reason.of(Obstacle.TOGETHER, group.name())
                        : Reason.of(Obstacle.APART, group.name());
            }
        }
        return Reason.of(Obstacle.NO_ROOM, guest.flavor());
    }

    /** Whether a host has what a flavor asks for, whoever uses it. */
    static boolean suits(Place place, Map<String, String> wants) {
        return hasTraits(place, wants) && isInAggregates(place, wants);
    }

    static boolean hasTraits(Place place, Guest guest) {
        return hasTraits(place, guest.wants());
    }

    static boolean hasTraits(Place place, Map<String, String> wants) {
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
    static boolean aggregatesAgree(Place place, Guest guest) {
        return aggregatesAgree(place, guest.wants(), guest.project());
    }

    static boolean aggregatesAgree(Place place, Map<String, String> wants, String project) {
        if (place.aggregates().isEmpty() && wants.isEmpty()) {
            return true;
        }
        var wanted = isInAggregates(place, wants);
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
                                        List.of(each.split("\\s*,\\s*")).contains(project)));
    }

    /** Who is where, as far as it has been decided. */
    private final class State {

        private final long[][] free = board.free();
        private final Map<String, String> chosen = new LinkedHashMap<>();

        /** The number of the first host that takes it, -1 when none does. */
        int first(Guest guest) {
            for (var place : board.of(guest).suitable()) {
                if (takes(place, guest)) {
                    return place;
                }
            }
            return -1;
        }

        /** Of a host that suits it. */
        boolean takes(int place, Guest guest) {
            var known = board.of(guest);
            if (shut[place] || !Board.fits(known.needs(), free[place])) {
                return false;
            }
            var host = board.places().get(place);
            if (host.host().equals(guest.host())) {
                return false;
            }
            for (var group : known.groups()) {
                if (!agrees(group, host, guest)) {
                    return false;
                }
            }
            return true;
        }

        boolean agrees(Group group, Place place, Guest guest) {
            var together = group.policy().equals("affinity");
            if (!together && !group.policy().equals("anti-affinity")) {
                return true;
            }
            for (var other : group.members()) {
                if (other.equals(guest.id())) {
                    continue;
                }
                // Nova looks at where the others are now: it does not move a group as a whole.
                var host = together ? whereIs(other) : at(other);
                if (together
                        ? host != null && !host.equals(place.host())
                        : place.host().equals(host)) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable String whereIs(String guest) {
            var host = chosen.get(guest);
            return host == null ? board.hostOf(guest) : host;
        }

        /** The same, but what has to leave is nowhere until it has a place. */
        private @Nullable String at(String guest) {
            var host = whereIs(guest);
            return host != null && closed.contains(host) ? null : host;
        }

        /** How full the scarcest class would be. */
        double shareAfter(int place, Guest guest) {
            var all = board.capacity(place);
            var taken = new long[all.length];
            for (var i = 0; i < taken.length; i++) {
                taken[i] = all[i] - free[place][i];
            }
            return share(board.of(guest).needs(), taken, all);
        }

        void put(Guest guest, int place) {
            change(guest, place, -1);
            chosen.put(guest.id(), board.places().get(place).host());
        }

        void take(Guest guest, int place) {
            change(guest, place, 1);
            chosen.remove(guest.id());
        }

        private void change(Guest guest, int place, int sign) {
            var needs = board.of(guest).needs();
            var row = free[place].clone();
            for (var i = 0; i < row.length; i++) {
                row[i] += sign * needs[i];
            }
            free[place] = row;
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
            for (var place : board.of(guest).suitable()) {
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
