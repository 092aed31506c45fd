package dev.stackwright.operations.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.operations.doctor.Aggregate;
import dev.stackwright.operations.doctor.Group;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plans of small clouds against one that tries everything, and of a large one against the clock.
 */
class ClearingExactlyTest {

    private final List<Place> places = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void cloud(Random random, int hosts, int most) {
        for (var host = 0; host < hosts; host++) {
            var capacity = 4 + random.nextInt(9);
            places.add(
                    new Place(
                            "h" + host,
                            "z" + random.nextInt(2),
                            random.nextInt(8) > 0,
                            Amounts.of(capacity, capacity * 1024L, 100),
                            Amounts.of(random.nextInt(5), random.nextInt(4) * 1024L, 0),
                            random.nextBoolean() ? Set.of("SSD") : Set.of(),
                            random.nextInt(3) == 0
                                    ? List.of(
                                            new Aggregate(
                                                    "kept",
                                                    Set.of(),
                                                    Map.of("filter_tenant_id", "shop, lab")))
                                    : List.of()));
            for (var guest = random.nextInt(most); guest >= 0; guest--) {
                var vcpus = 1L + random.nextInt(4);
                guests.add(
                        new Guest(
                                "h" + host + "-" + guest,
                                "h" + host + "-" + guest,
                                one(random, List.of("shop", "staging")),
                                "h" + host,
                                one(random, List.of("ACTIVE", "SHUTOFF", "PAUSED")),
                                null,
                                Instant.EPOCH,
                                "m" + vcpus,
                                Amounts.of(vcpus, (1L + random.nextInt(4)) * 1024, 0),
                                random.nextInt(4) == 0
                                        ? Map.of(
                                                "trait:SSD",
                                                one(random, List.of("required", "forbidden")))
                                        : Map.of(),
                                0,
                                Set.of(),
                                random.nextInt(3) == 0 ? "z" + random.nextInt(2) : null,
                                0));
            }
        }
        for (var group = random.nextInt(3); group > 0; group--) {
            var members = new HashSet<String>();
            for (var member = 0; member < 3; member++) {
                members.add(one(random, guests).id());
            }
            groups.add(
                    new Group(
                            "g" + group,
                            "g" + group,
                            one(random, List.of("affinity", "anti-affinity")),
                            members,
                            Map.of()));
        }
    }

    /** The slow way: every choice there is, by the rules as they are written in the docs. */
    private final class Everything {

        private final List<Place> places;
        private final String closed;
        private final @Nullable String alsoClosed;
        private final Map<String, String> at = new HashMap<>();

        Everything(
                List<Place> places,
                Map<String, String> at,
                String closed,
                @Nullable String alsoClosed) {
            this.places = places;
            this.at.putAll(at);
            this.closed = closed;
            this.alsoClosed = alsoClosed;
        }

        boolean isClosed(String host) {
            return host.equals(closed) || host.equals(alsoClosed);
        }

        int most(List<Guest> leaving, int index, Map<String, String> chosen) {
            if (index == leaving.size()) {
                return chosen.size();
            }
            var guest = leaving.get(index);
            var most = most(leaving, index + 1, chosen);
            for (var place : places) {
                if (most < leaving.size() && takes(place, guest, chosen)) {
                    chosen.put(guest.id(), place.host());
                    most = Math.max(most, most(leaving, index + 1, chosen));
                    chosen.remove(guest.id());
                }
            }
            return most;
        }

        boolean takes(Place place, Guest guest, Map<String, String> chosen) {
            if (!place.open() || isClosed(place.host())) {
                return false;
            }
            var zone =
                    guest.pinnedZone() != null
                            ? guest.pinnedZone()
                            : ClearingExactlyTest.this.places.stream()
                                    .filter(each -> each.host().equals(at.get(guest.id())))
                                    .map(Place::zone)
                                    .findFirst()
                                    .orElseThrow();
            var ssd = guest.wants().get("trait:SSD");
            var has = place.traits().contains("SSD");
            var left = place.free();
            for (var other : guests) {
                if (place.host().equals(chosen.get(other.id()))) {
                    left = left.minus(other.needs());
                }
            }
            return zone.equals(place.zone())
                    && (ssd == null || ssd.equals("required") == has)
                    && (place.aggregates().isEmpty() || guest.project().equals("shop"))
                    && guest.needs().get(Amounts.VCPU) <= left.get(Amounts.VCPU)
                    && guest.needs().get(Amounts.MEMORY) <= left.get(Amounts.MEMORY)
                    && groups.stream()
                            .filter(group -> group.members().contains(guest.id()))
                            .allMatch(group -> agrees(group, place.host(), guest, chosen));
        }

        private boolean agrees(Group group, String host, Guest guest, Map<String, String> chosen) {
            var together = group.policy().equals("affinity");
            for (var other : group.members()) {
                var where = chosen.getOrDefault(other, Objects.requireNonNull(at.get(other)));
                if (other.equals(guest.id())) {
                    continue;
                }
                if (together && !where.equals(host)
                        || !together && where.equals(host) && !isClosed(where)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Map<String, String> now() {
        var at = new HashMap<String, String>();
        guests.forEach(guest -> at.put(guest.id(), guest.host()));
        return at;
    }

    @RepeatedTest(120)
    void aPlanPlacesThemAllWhereThatCanBeDoneAndNeverBreaksARule(RepetitionInfo round) {
        cloud(new Random(4711L + round.getCurrentRepetition()), 4, 5);
        var scene = new Scene(places, guests, groups);

        var plan = new ClearingPlanner(scene).drain("h0");

        var slow = new Everything(places, now(), "h0", null);
        var most = slow.most(scene.on("h0"), 0, new HashMap<>());
        var leaving = plan.leaving();
        assertThat(leaving.size()).isLessThanOrEqualTo(most);
        if (most == scene.on("h0").size()) {
            assertThat(leaving).hasSize(most);
        }
        var chosen = new HashMap<String, String>();
        leaving.forEach(move -> chosen.put(move.guest().id(), String.valueOf(move.target())));
        for (var move : leaving) {
            var target = String.valueOf(chosen.remove(move.guest().id()));
            assertThat(slow.takes(scene.place(target).orElseThrow(), move.guest(), chosen))
                    .as("%s to %s", move.guest().id(), target)
                    .isTrue();
            chosen.put(move.guest().id(), target);
        }
    }

    @RepeatedTest(60)
    void whatIsCalledCertainOfALossIsSo(RepetitionInfo round) {
        cloud(new Random(815L + round.getCurrentRepetition()), 4, 4);
        var scene = new Scene(places, guests, groups);

        var before = new ClearingPlanner(scene).drain("h0").before();

        for (var place : places) {
            var lost = scene.on(place.host());
            var most =
                    new Everything(places, now(), place.host(), null)
                            .most(lost, 0, new HashMap<>());
            if (before.isThere()) {
                assertThat(most).isEqualTo(lost.size());
            } else if (before.certain() && place.host().equals(before.host())) {
                assertThat(lost.size() - most).isEqualTo(before.homeless().size());
            }
        }
    }

    @Test
    @Timeout(20)
    void aFullCloudOfFiveHundredHostsIsPlannedWhileSomebodyWaits() {
        for (var host = 0; host < 500; host++) {
            places.add(
                    new Place(
                            "h" + host,
                            "nova",
                            true,
                            Amounts.of(40, 40 * 2048, 400),
                            Amounts.of(40, 40 * 2048, 400),
                            Set.of(),
                            List.of()));
            for (var guest = 0; guest < 20; guest++) {
                guests.add(
                        new Guest(
                                "h" + host + "-" + guest,
                                "h" + host + "-" + guest,
                                "shop",
                                "h" + host,
                                "ACTIVE",
                                null,
                                Instant.EPOCH,
                                "m2",
                                Amounts.of(guest % 3 + 1, 4096, 20),
                                Map.of(),
                                20,
                                Set.of(),
                                null,
                                0));
            }
        }

        var plan = new ClearingPlanner(new Scene(places, guests, groups)).drain("h7");

        assertThat(plan.leaving()).isEmpty();
        assertThat(plan.after().homeless()).hasSize(20);
        assertThat(plan.after().certain()).isTrue();
    }
}
