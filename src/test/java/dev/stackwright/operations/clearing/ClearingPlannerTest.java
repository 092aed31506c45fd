package dev.stackwright.operations.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.operations.doctor.Aggregate;
import dev.stackwright.operations.doctor.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a plan says of a few hosts and a few instances, case by case. */
class ClearingPlannerTest {

    private final List<Place> places = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();

    private void host(String name, long vcpus, long used) {
        places.add(place(name, "nova", vcpus, used, List.of()));
    }

    private static Place place(
            String name, String zone, long vcpus, long used, List<Aggregate> aggregates) {
        return new Place(
                name,
                zone,
                true,
                Amounts.of(vcpus, vcpus * 1024, 1000),
                Amounts.of(used, used * 1024, 0),
                Set.of(),
                aggregates);
    }

    private Guest guest(String name, String host, String status, long vcpus) {
        var guest = guest(name, host, status, vcpus, Map.of(), 0);
        guests.add(guest);
        return guest;
    }

    private static Guest guest(
            String name,
            String host,
            String status,
            long vcpus,
            Map<String, String> wants,
            long disk) {
        return new Guest(
                name,
                name,
                "shop",
                host,
                status,
                null,
                Instant.EPOCH,
                "m1",
                Amounts.of(vcpus, vcpus * 1024, disk),
                wants,
                disk,
                Set.of(),
                null,
                0);
    }

    private ClearingPlan drain() {
        return new ClearingPlanner(new Scene(places, guests, groups)).drain("old");
    }

    private ClearingPlan recover() {
        return new ClearingPlanner(new Scene(places, guests, groups)).recover("old");
    }

    private static Move of(ClearingPlan plan, String name) {
        return plan.moves().stream()
                .filter(move -> move.guest().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Obstacle why(ClearingPlan plan, String name) {
        return of(plan, name).reasons().getFirst().obstacle();
    }

    @Test
    void whatRunsMovesLiveAndWhatIsStoppedMovesStopped() {
        host("old", 16, 6);
        host("new", 16, 0);
        guest("web", "old", "ACTIVE", 2);
        guest("held", "old", "PAUSED", 2);
        guest("off", "old", "SHUTOFF", 2);

        var plan = drain();

        assertThat(of(plan, "web").way()).isEqualTo(Way.LIVE);
        assertThat(of(plan, "held").way()).isEqualTo(Way.LIVE);
        assertThat(of(plan, "off").way()).isEqualTo(Way.COLD);
        assertThat(of(plan, "off").down()).isEqualTo(Duration.ZERO);
        assertThat(plan.moves()).extracting(Move::target).containsOnly("new");
        assertThat(plan.loads().getFirst().after().get(Amounts.VCPU)).isEqualTo(6);
    }

    @Test
    void whatCannotGoSaysWhy() {
        host("old", 64, 0);
        host("new", 64, 0);
        guest("building", "old", "BUILD", 1);
        guest("resized", "old", "VERIFY_RESIZE", 1);
        guest("broken", "old", "ERROR", 1);
        guest("rescued", "old", "RESCUE", 1);
        guest("asleep", "old", "SUSPENDED", 1);
        guest("shelved", "old", "SHELVED", 1);

        var plan = drain();

        assertThat(plan.leaving()).isEmpty();
        assertThat(why(plan, "building")).isEqualTo(Obstacle.BUSY);
        assertThat(why(plan, "resized")).isEqualTo(Obstacle.UNCONFIRMED);
        assertThat(why(plan, "broken")).isEqualTo(Obstacle.FAILED);
        assertThat(why(plan, "rescued")).isEqualTo(Obstacle.RESCUED);
        assertThat(why(plan, "asleep")).isEqualTo(Obstacle.SUSPENDED);
        assertThat(why(plan, "shelved")).isEqualTo(Obstacle.SHELVED);
    }

    @Test
    void aDeviceOfTheHostMeansThatItStopsForTheJourney() {
        host("old", 16, 2);
        host("new", 16, 0);
        guests.add(guest("gpu", "old", "ACTIVE", 2, Map.of("pci_passthrough:alias", "a100:1"), 20));

        var plan = drain();

        assertThat(of(plan, "gpu").way()).isEqualTo(Way.COLD);
        assertThat(why(plan, "gpu")).isEqualTo(Obstacle.DEVICE);
        assertThat(of(plan, "gpu").down()).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void aLocalDiskIsCopiedWhichTakesLonger() {
        host("old", 16, 4);
        host("new", 16, 0);
        guests.add(guest("local", "old", "ACTIVE", 2, Map.of(), 40));
        guest("volume", "old", "ACTIVE", 2);

        var plan = drain();

        assertThat(of(plan, "local").takes()).isGreaterThan(of(plan, "volume").takes());
        assertThat(why(plan, "local")).isEqualTo(Obstacle.LOCAL_DISK);
        assertThat(of(plan, "volume").reasons()).isEmpty();
    }

    @Test
    void whoeverIsKeptApartStaysApart() {
        host("old", 16, 4);
        host("a", 16, 2);
        host("b", 16, 8);
        guest("db-1", "old", "ACTIVE", 2);
        guest("db-2", "a", "ACTIVE", 2);
        groups.add(new Group("g", "databases", "anti-affinity", Set.of("db-1", "db-2"), Map.of()));

        assertThat(of(drain(), "db-1").target()).isEqualTo("b");
    }

    @Test
    void whoeverIsKeptApartFromAllOthersStays() {
        host("old", 16, 2);
        host("a", 16, 2);
        guest("db-1", "old", "ACTIVE", 2);
        guest("db-2", "a", "ACTIVE", 2);
        groups.add(new Group("g", "databases", "anti-affinity", Set.of("db-1", "db-2"), Map.of()));

        var plan = drain();

        assertThat(why(plan, "db-1")).isEqualTo(Obstacle.APART);
        assertThat(of(plan, "db-1").reasons().getFirst().terms()).containsExactly("databases");
    }

    @Test
    void thoseThatMustBeTogetherCannotLeaveOneByOne() {
        host("old", 16, 4);
        host("new", 16, 0);
        guest("twin-1", "old", "ACTIVE", 2);
        guest("twin-2", "old", "ACTIVE", 2);
        groups.add(new Group("g", "twins", "affinity", Set.of("twin-1", "twin-2"), Map.of()));

        assertThat(drain().moves()).allMatch(move -> move.way() == Way.STAYS);
        assertThat(why(drain(), "twin-1")).isEqualTo(Obstacle.TOGETHER);
    }

    @Test
    void aFlavorThatIsTooLargeForEveryOtherHostIsToldFromOneWithoutRoom() {
        host("old", 64, 40);
        host("small", 16, 15);
        guest("huge", "old", "ACTIVE", 32);
        guest("fair", "old", "ACTIVE", 8);

        var plan = drain();

        assertThat(why(plan, "huge")).isEqualTo(Obstacle.TOO_LARGE);
        assertThat(why(plan, "fair")).isEqualTo(Obstacle.NO_ROOM);
    }

    @Test
    void zonesAndAggregatesAreKept() {
        places.add(place("old", "east", 16, 4, List.of()));
        places.add(place("west", "west", 16, 0, List.of()));
        guest("web", "old", "ACTIVE", 2);
        assertThat(why(drain(), "web")).isEqualTo(Obstacle.ZONE);

        places.add(place("east", "east", 16, 0, List.of()));
        assertThat(of(drain(), "web").target()).isEqualTo("east");

        guests.clear();
        guests.add(
                guest(
                        "fast",
                        "old",
                        "ACTIVE",
                        2,
                        Map.of("aggregate_instance_extra_specs:ssd", "true"),
                        0));
        assertThat(why(drain(), "fast")).isEqualTo(Obstacle.AGGREGATE);

        places.add(
                place(
                        "east-ssd",
                        "east",
                        16,
                        0,
                        List.of(new Aggregate("ssd", Set.of("east-ssd"), Map.of("ssd", "true")))));
        assertThat(of(drain(), "fast").target()).isEqualTo("east-ssd");
    }

    @Test
    void hostsKeptForOtherProjectsTakeNothing() {
        host("old", 16, 2);
        places.add(
                place(
                        "lab",
                        "nova",
                        16,
                        0,
                        List.of(
                                new Aggregate(
                                        "lab", Set.of("lab"), Map.of("filter_tenant_id", "lab")))));
        guest("web", "old", "ACTIVE", 2);

        assertThat(why(drain(), "web")).isEqualTo(Obstacle.AGGREGATE);
    }

    @Test
    void placesAreFoundWhereTakingTheFirstBestWouldFail() {
        host("old", 32, 18);
        host("a", 10, 0);
        host("b", 8, 0);
        guest("five", "old", "ACTIVE", 5);
        guest("five-too", "old", "ACTIVE", 5);
        guest("four", "old", "ACTIVE", 4);
        guest("four-too", "old", "ACTIVE", 4);

        var plan = drain();

        assertThat(plan.leaving()).hasSize(4);
        assertThat(of(plan, "five").target()).isEqualTo("a");
        assertThat(of(plan, "four").target()).isEqualTo("b");
    }

    @Test
    void saysWhetherOneMoreHostCouldBeLost() {
        host("old", 16, 4);
        host("a", 16, 4);
        host("b", 16, 4);
        guest("one", "old", "ACTIVE", 4);
        guest("two", "a", "ACTIVE", 4);
        guest("three", "b", "ACTIVE", 4);

        var plan = drain();

        assertThat(plan.before().isThere()).isTrue();
        assertThat(plan.after().isThere()).isTrue();

        guest("four", "b", "ACTIVE", 8);
        places.set(2, place("b", "nova", 16, 12, List.of()));
        var full = drain();
        assertThat(full.before().isThere()).isTrue();
        assertThat(full.after().isThere()).isFalse();
        assertThat(full.after().host()).isEqualTo("a");
        assertThat(full.after().homeless()).hasSize(1);
        assertThat(full.after().certain()).isTrue();
    }

    @Test
    void whatWasOnADeadHostIsBuiltAnewInOrderOfPriority() {
        host("old", 16, 6);
        host("new", 16, 0);
        guest("off", "old", "SHUTOFF", 2);
        guest("web", "old", "ACTIVE", 2);
        var first = guest("till", "old", "ACTIVE", 2, Map.of(), 20);
        guests.add(
                new Guest(
                        first.id(),
                        first.name(),
                        first.project(),
                        first.host(),
                        first.status(),
                        null,
                        first.since(),
                        first.flavor(),
                        first.needs(),
                        Map.of(),
                        20,
                        Set.of(),
                        null,
                        10));
        guest("asleep", "old", "SUSPENDED", 1);

        var plan = recover();

        assertThat(plan.moves())
                .extracting(move -> move.guest().name())
                .containsExactly("asleep", "till", "web", "off");
        assertThat(plan.going(Way.EVACUATE)).hasSize(3);
        assertThat(why(plan, "till")).isEqualTo(Obstacle.DISK_LOST);
        assertThat(of(plan, "web").reasons()).isEmpty();
        assertThat(of(plan, "asleep").way()).isEqualTo(Way.STAYS);
    }

    @Test
    void thePlanThatWasShownIsToldFromAnother() {
        host("old", 16, 4);
        host("new", 16, 0);
        guest("web", "old", "ACTIVE", 2);
        var shown = drain().fingerprint();

        assertThat(drain().fingerprint()).isEqualTo(shown);
        guest("late", "old", "ACTIVE", 2);
        assertThat(drain().fingerprint()).isNotEqualTo(shown);
    }

    @Test
    void tenThousandInstancesOnFiveHundredHostsAreReckonedInSeconds() {
        for (var host = 0; host < 500; host++) {
            host("h" + host, 256, 40);
            for (var n = 0; n < 20; n++) {
                guest("i-" + host + "-" + n, "h" + host, "ACTIVE", 2);
            }
        }

        var begun = System.nanoTime();
        var plan = new ClearingPlanner(new Scene(places, guests, groups)).drain("h7");

        assertThat(plan.leaving()).hasSize(20);
        assertThat(plan.after().isThere()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
    }
}
