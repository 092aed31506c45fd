package dev.stackwright.operations.clearing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plans how a host is emptied: by moving what is on it, or, when the host is gone, by building it
 * anew elsewhere.
 *
 * <p>Nova decides at the end where an instance may go; this plan keeps to what Nova's usual filters
 * ask for: room as placement counts it, zones, aggregates, traits and server groups. Where it is
 * not known what somebody asked for, it keeps to what is so now.
 */
public final class ClearingPlanner {

    /** What is assumed of the network between hosts, in MB each second. */
    private static final long MEMORY_SPEED = 500;

    private static final long DISK_SPEED = 200;
    private static final Duration LIVE = Duration.ofSeconds(15);
    private static final Duration COLD = Duration.ofSeconds(45);
    private static final Duration ANEW = Duration.ofSeconds(60);

    /** More losses than these are not simulated; those with most on them are. */
    private static final int LOSSES = 600;

    private static final Set<String> ON_ITS_WAY =
            Set.of(
                    "BUILD",
                    "MIGRATING",
                    "RESIZE",
                    "REBUILD",
                    "REBOOT",
                    "HARD_REBOOT",
                    "REVERT_RESIZE",
                    "PASSWORD",
                    "DELETED",
                    "SOFT_DELETED");

    private final Scene scene;

    public ClearingPlanner(Scene scene) {
        this.scene = scene;
    }

    /** Moves everything off a host that works. */
    public ClearingPlan drain(String host) {
        return plan(host, ClearingPlanner::drainable);
    }

    /** Builds everything anew that was on a host that is gone. */
    public ClearingPlan recover(String host) {
        return plan(host, ClearingPlanner::recoverable);
    }

    private interface Judge {
        List<Reason> judge(Guest guest);
    }

    private ClearingPlan plan(String host, Judge judge) {
        var guests = scene.on(host);
        var packing = new Packing(new Board(scene), Set.of(host));
        var judged = new HashMap<String, List<Reason>>();
        guests.forEach(guest -> judged.put(guest.id(), new ArrayList<>(judge.judge(guest))));
        var movable =
                guests.stream()
                        .filter(guest ->
                                way(judged.getOrDefault(guest.id(), List.of())) != Way.STAYS)
                        .toList();
        var placed = packing.place(movable);
        var moves = new ArrayList<Move>();
        for (var guest : guests) {
            var reasons = judged.getOrDefault(guest.id(), List.of());
            var way = way(reasons);
            var target = placed.get(guest.id());
            if (way != Way.STAYS && target == null) {
                way = Way.STAYS;
                reasons = List.of(packing.whyNot(guest));
            } else if (way != Way.STAYS) {
                reasons = withCompany(guest, reasons);
            }
            moves.add(move(guest, way, target, reasons));
        }
        moves.sort(order());
        return new ClearingPlan(
                host, moves, loads(moves), spare(scene, null), spare(after(moves), host));
    }

    private static Way way(List<Reason> reasons) {
        var way = Way.LIVE;
        for (var reason : reasons) {
            var allows = reason.obstacle().allows();
            if (allows == Way.STAYS) {
                return Way.STAYS;
            }
            if (allows.compareTo(way) > 0) {
                way = allows;
            }
        }
        return way;
    }

    private static Move move(Guest guest, Way way, @Nullable String target, List<Reason> reasons) {
        return switch (way) {
            case LIVE ->
                    new Move(
                            guest,
                            way,
                            target,
                            LIVE.plus(memory(guest)).plus(disk(guest)),
                            Duration.ZERO,
                            reasons);
            case COLD -> {
                var takes = COLD.plus(disk(guest));
                yield new Move(
                        guest,
                        way,
                        target,
                        takes,
                        guest.status().equals("SHUTOFF") ? Duration.ZERO : takes,
                        reasons);
            }
            case EVACUATE -> new Move(guest, way, target, ANEW, ANEW, reasons);
            case STAYS -> new Move(guest, way, null, Duration.ZERO, Duration.ZERO, reasons);
        };
    }

    private static Duration memory(Guest guest) {
        return Duration.ofSeconds(guest.memoryMb() / MEMORY_SPEED);
    }

    private static Duration disk(Guest guest) {
        return Duration.ofSeconds(guest.localDiskGb() * 1024 / DISK_SPEED);
    }

    /** What stays is said first; then goes what matters most, then what is quick. */
    private static Comparator<Move> order() {
        return Comparator.comparingInt((Move move) -> move.way() == Way.STAYS ? 0 : 1)
                .thenComparing(move -> -move.guest().priority())
                .thenComparing(move -> move.way() == Way.EVACUATE && stopped(move.guest()) ? 1 : 0)
                .thenComparing(move -> move.way() == Way.COLD ? 1 : 0)
                .thenComparing(move -> move.guest().name())
                .thenComparing(move -> move.guest().id());
    }

    private static boolean stopped(Guest guest) {
        return guest.status().equals("SHUTOFF");
    }

    private static List<Reason> drainable(Guest guest) {
        var status = guest.status().toUpperCase(Locale.ROOT);
        if (guest.task() != null || ON_ITS_WAY.contains(status)) {
            return List.of(Reason.of(Obstacle.BUSY, guest.task() == null ? status : guest.task()));
        }
        var stays =
                switch (status) {
                    case "ACTIVE", "PAUSED", "SHUTOFF" -> null;
                    case "VERIFY_RESIZE" -> Obstacle.UNCONFIRMED;
                    case "ERROR" -> Obstacle.FAILED;
                    case "RESCUE" -> Obstacle.RESCUED;
                    case "SUSPENDED" -> Obstacle.SUSPENDED;
                    case "SHELVED" -> Obstacle.SHELVED;
                    default -> Obstacle.UNKNOWN_STATE;
                };
        if (stays != null) {
            return List.of(Reason.of(stays, status));
        }
        var reasons = new ArrayList<Reason>();
        if (status.equals("SHUTOFF")) {
            reasons.add(Reason.of(Obstacle.STOPPED));
        }
        if (hasDevice(guest)) {
            reasons.add(Reason.of(Obstacle.DEVICE, guest.flavor()));
        }
        if (guest.wants().keySet().stream().anyMatch(key -> key.startsWith("hw:tpm_"))) {
            reasons.add(Reason.of(Obstacle.SECURITY_CHIP));
        }
        if (guest.vnics().stream().anyMatch(vnic -> vnic.startsWith("direct"))) {
            reasons.add(Reason.of(Obstacle.DIRECT_PORT));
        }
        if (!reasons.isEmpty() && status.equals("PAUSED")) {
            return List.of(Reason.of(Obstacle.PAUSED));
        }
        if (guest.localDiskGb() > 0) {
            reasons.add(Reason.of(Obstacle.LOCAL_DISK, guest.localDiskGb()));
        }
        return reasons;
    }

    private static boolean hasDevice(Guest guest) {
        return guest.wants().entrySet().stream()
                .anyMatch(each ->
                        each.getKey().equals("pci_passthrough:alias")
                                || each.getKey().equals("accel:device_profile")
                                || each.getKey().equals("resources:VGPU"));
    }

    private static List<Reason> recoverable(Guest guest) {
        return switch (guest.status().toUpperCase(Locale.ROOT)) {
            case "ACTIVE", "SHUTOFF", "ERROR" ->
                    List.of(
                            guest.localDiskGb() > 0
                                    ? Reason.of(Obstacle.DISK_LOST, guest.localDiskGb())
                                    : new Reason(Obstacle.DISK_LOST, List.of()));
            case "VERIFY_RESIZE" -> List.of(Reason.of(Obstacle.UNCONFIRMED, guest.status()));
            case "PAUSED", "SUSPENDED", "RESCUE", "SHELVED" ->
                    List.of(Reason.of(Obstacle.UNKNOWN_STATE, guest.status()));
            default -> List.of(Reason.of(Obstacle.BUSY, guest.status()));
        };
    }

    private List<Reason> withCompany(Guest guest, List<Reason> reasons) {
        var all = new ArrayList<>(reasons);
        all.removeIf(reason -> reason.obstacle() == Obstacle.DISK_LOST && reason.terms().isEmpty());
        scene.groups().stream()
                .filter(group -> group.policy().equals("anti-affinity"))
                .filter(group -> group.members().size() > 1 && group.members().contains(guest.id()))
                .forEach(group -> all.add(Reason.of(Obstacle.KEPT_APART, group.name())));
        return all;
    }

    private List<Load> loads(List<Move> moves) {
        var arriving = new TreeMap<String, List<Guest>>();
        for (var move : moves) {
            if (move.target() != null) {
                arriving.computeIfAbsent(move.target(), _ -> new ArrayList<>()).add(move.guest());
            }
        }
        var loads = new ArrayList<Load>();
        arriving.forEach((host, guests) ->
                scene.place(host)
                        .ifPresent(place ->
                                loads.add(
                                        new Load(
                                                place,
                                                guests.stream()
                                                        .map(Guest::needs)
                                                        .reduce(place.used(), Amounts::plus),
                                                guests.size()))));
        return loads;
    }

    /** How things stand once everything is where it should go. */
    private Scene after(List<Move> moves) {
        var targets = new HashMap<String, String>();
        var more = new HashMap<String, Amounts>();
        for (var move : moves) {
            if (move.target() != null) {
                targets.put(move.guest().id(), move.target());
                more.merge(move.target(), move.guest().needs(), Amounts::plus);
            }
        }
        return new Scene(
                scene.places().stream()
                        .map(place ->
                                new Place(
                                        place.host(),
                                        place.zone(),
                                        place.open(),
                                        place.capacity(),
                                        place.used()
                                                .plus(
                                                        more.getOrDefault(
                                                                place.host(), Amounts.NONE)),
                                        place.traits(),
                                        place.aggregates()))
                        .toList(),
                scene.guests().stream()
                        .map(guest ->
                                targets.containsKey(guest.id())
                                        ? at(guest, targets.get(guest.id()))
                                        : guest)
                        .toList(),
                scene.groups());
    }

    private static Guest at(Guest guest, String host) {
        return new Guest(
                guest.id(),
                guest.name(),
                guest.project(),
                host,
                guest.status(),
                guest.task(),
                guest.since(),
                guest.flavor(),
                guest.needs(),
                guest.wants(),
                guest.localDiskGb(),
                guest.vnics(),
                guest.pinnedZone(),
                guest.priority());
    }

    /**
     * Loses each host in turn.
     *
     * @param gone a host that is not there already, null when all are
     */
    private static Spare spare(Scene scene, @Nullable String gone) {
        var worst = new Spare("", List.of(), true);
        var board = new Board(scene);
        var onHost = new HashMap<String, List<Guest>>();
        scene.guests()
                .forEach(guest ->
                        onHost.computeIfAbsent(guest.host(), _ -> new ArrayList<>()).add(guest));
        var hosts =
                scene.places().stream()
                        .filter(place -> !place.host().equals(gone))
                        .filter(place -> onHost.containsKey(place.host()))
                        .sorted(
                                Comparator.comparingInt((Place place) ->
                                                -onHost.getOrDefault(place.host(), List.of())
                                                        .size())
                                        .thenComparing(Place::host))
                        .limit(LOSSES)
                        .toList();
        for (var place : hosts) {
            var without = new HashSet<>(Set.of(place.host()));
            if (gone != null) {
                without.add(gone);
            }
            var loss =
                    loss(
                            board,
                            without,
                            place.host(),
                            Map.of(place.host(), onHost.getOrDefault(place.host(), List.of())));
            if (loss.homeless().size() > worst.homeless().size()) {
                worst = loss;
            }
        }
        return worst;
    }

    /**
     * Loses these hosts at once.
     *
     * @param name what the loss is called
     * @param onHost what is on each; what is on others is not lost
     */
    static Spare loss(
            Board board, Set<String> without, String name, Map<String, List<Guest>> onHost) {
        var lost =
                without.stream()
                        .sorted()
                        .flatMap(host -> onHost.getOrDefault(host, List.of()).stream())
                        .toList();
        var packing = new Packing(board, without);
        if (packing.takesAtOnce(lost)) {
            return new Spare(name, List.of(), true);
        }
        var placed = packing.place(lost);
        var homeless = lost.stream().filter(guest -> !placed.containsKey(guest.id())).toList();
        return new Spare(
                name,
                homeless.stream().map(Guest::name).sorted().toList(),
                isTooMuch(board, without, lost, homeless.size())
                        || homeless.stream().allMatch(packing::isHopeless));
    }

    /**
     * Whether so many cannot have a place whatever one tries: even without the largest of them the
     * rest needs more than all hosts together have left.
     */
    private static boolean isTooMuch(
            Board board, Set<String> without, List<Guest> lost, int homeless) {
        var shut = board.numbersOf(without);
        for (var resource : List.of(Amounts.VCPU, Amounts.MEMORY, Amounts.DISK)) {
            var kept =
                    lost.stream()
                            .mapToLong(guest -> guest.needs().get(resource))
                            .sorted()
                            .limit(lost.size() - (homeless - 1L))
                            .sum();
            if (kept > board.freeWithout(shut, resource)) {
                return true;
            }
        }
        return false;
    }
}
