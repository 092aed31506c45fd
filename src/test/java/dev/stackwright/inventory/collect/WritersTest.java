package dev.stackwright.inventory.collect;

import static dev.stackwright.inventory.TestInventory.ALICE;
import static dev.stackwright.inventory.TestInventory.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.TestInventory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bus and somebody's own reading find the same new thing at the same moment. */
class WritersTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int ROUNDS = 50;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void twoWhoFindTheSameThingKeepItOnce(String database) throws Exception {
        var house =
                new TestInventory(
                        database.equals("h2") ? Databases.h2() : Databases.postgres(),
                        Clock.systemUTC());
        store(house, -1);
        var together = new CyclicBarrier(2);
        try (var both = Executors.newFixedThreadPool(2)) {
            var work =
                    List.of(0, 1).stream()
                            .map(_ ->
                                    both.submit(() -> {
                                        for (var round = 0; round < ROUNDS; round++) {
                                            together.await();
                                            store(house, round);
                                        }
                                        return true;
                                    }))
                            .toList();
            for (var one : work) {
                assertThat(one.get()).isTrue();
            }
        }

        assertThat(house.inventory.securityGroups(ALICE)).hasSize(ROUNDS + 1);
    }

    private static void store(TestInventory house, int number) {
        house.transaction.executeWithoutResult(_ ->
                house.collected.storeObjects(
                        NORTH,
                        List.of(
                                Objects.of(
                                        Kind.SECURITY_GROUP,
                                        "{'id':'group-%d','name':'g','project_id':'shop'}"
                                                .formatted(number))),
                        NOON));
    }
}
