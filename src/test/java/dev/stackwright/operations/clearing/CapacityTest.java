package dev.stackwright.operations.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.operations.doctor.Aggregate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a small cloud has left, and which losses it bears. */
class CapacityTest {

    private final List<Place> places = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();

    private void host(String name, String zone, long vcpus, long used, Aggregate... aggregates) {
        places.add(
                new Place(
                        name,
                        zone,
                        true,
                        Amounts.of(vcpus, vcpus * 1024, 1000),
                        Amounts.of(used, used * 1024, 0),
                        Set.of(),
                        List.of(aggregates)));
        if (used > 0) {
            guests.add(
                    new Guest(
                            "on-" + name,
                            "on-" + name,
                            "shop",
                            name,
                            "ACTIVE",
                            null,
                            Instant.EPOCH,
                            "m1",
                            Amounts.of(used, used * 1024, 0),
                            Map.of(),
                            0,
                            Set.of(),
                            null,
                            0));
        }
    }

    private Capacity capacity(Capacity.Size... sizes) {
        return Capacity.of(new Scene(places, guests, List.of()), List.of(sizes));
    }

    @Test
    void freeSlotsAreCountedByHostZoneAndAggregate() {
        var fast = new Aggregate("fast", Set.of("b"), Map.of("ssd", "true"));
        host("a", "east", 16, 9);
        host("b", "west", 16, 4, fast);

        var capacity =
                capacity(
                        new Capacity.Size("small", Amounts.of(2, 2048, 0), Map.of()),
                        new Capacity.Size(
                                "fast",
                                Amounts.of(4, 4096, 0),
                                Map.of("aggregate_instance_extra_specs:ssd", "true")));

        var small = capacity.slots().getFirst();
        assertThat(small.all()).isEqualTo(3 + 6);
        assertThat(small.byZone()).containsEntry("east", 3L).containsEntry("west", 6L);
        assertThat(small.byAggregate()).containsEntry("fast", 6L);
        assertThat(small.best()).isEqualTo("b");
        assertThat(capacity.slots().getLast().byHost())
                .containsEntry("a", 0L)
                .containsEntry("b", 3L);
    }

    @Test
    void aClosedHostHasNoSlots() {
        host("a", "east", 16, 0);
        var open = places.getFirst();
        places.set(
                0,
                new Place(
                        open.host(),
                        open.zone(),
                        false,
                        open.capacity(),
                        open.used(),
                        Set.of(),
                        List.of()));

        assertThat(
                        capacity(new Capacity.Size("small", Amounts.of(1, 1, 0), Map.of()))
                                .slots()
                                .getFirst()
                                .all())
                .isZero();
    }

    @Test
    void oneLossIsBorneAndTwoAreNot() {
        host("a", "z", 10, 5);
        host("b", "z", 10, 5);
        host("c", "z", 10, 5);

        var capacity = capacity();

        assertThat(capacity.single()).isEmpty();
        assertThat(capacity.pairs()).hasSize(3);
        assertThat(capacity.pairs().getFirst().host()).isEqualTo("a + b");
        assertThat(capacity.pairs().getFirst().homeless()).hasSize(1);
        assertThat(capacity.pairs().getFirst().certain()).isTrue();
        assertThat(capacity.most()).isEqualTo(1);
    }

    @Test
    void aLossThatCannotBeBorneAloneIsNotSaidAgainInPairs() {
        host("big", "z", 20, 16);
        host("a", "z", 10, 2);
        host("b", "z", 10, 2);

        var capacity = capacity();

        assertThat(capacity.single()).extracting(Spare::host).containsExactly("big");
        assertThat(capacity.pairs()).isEmpty();
        assertThat(capacity.pairsOf()).isEqualTo(2);
    }
}
