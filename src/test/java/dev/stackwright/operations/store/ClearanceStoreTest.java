package dev.stackwright.operations.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.ClearanceMove;
import dev.stackwright.operations.ClearanceMove.Phase;
import dev.stackwright.operations.clearing.Way;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may move is decided by the rows, whoever asks and however often. */
class ClearanceStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final CloudName CLOUD = new CloudName("demo");

    private @Nullable ClearanceStore opened;

    private void on(String kind) {
        var database = kind.equals("h2") ? Databases.h2() : Databases.postgres();
        opened = new ClearanceStore(JdbcClient.create(database), new JdbcTemplate(database));
    }

    private ClearanceStore store() {
        return Objects.requireNonNull(opened);
    }

    private Clearance clearance() {
        var clearance =
                new Clearance(
                        UUID.randomUUID(),
                        CLOUD,
                        "h-1",
                        "compute1",
                        Clearance.Kind.DRAIN,
                        Clearance.State.RUNNING,
                        "disk change",
                        null,
                        "u",
                        "ada",
                        2,
                        false,
                        false,
                        null,
                        NOW,
                        null,
                        null);
        store().insert(clearance);
        return clearance;
    }

    private List<ClearanceMove> moves(Clearance clearance, int number) {
        store().insert(
                        IntStream.range(0, number)
                                .mapToObj(n ->
                                        new ClearanceMove(
                                                clearance.id(),
                                                Phase.OUT,
                                                "s-" + n,
                                                n,
                                                "web-" + n,
                                                "shop",
                                                Way.LIVE,
                                                "compute1",
                                                "compute2",
                                                "ACTIVE",
                                                ClearanceMove.State.WAITING,
                                                null,
                                                UUID.randomUUID(),
                                                null,
                                                null,
                                                null,
                                                null))
                                .toList());
        return store().moves(clearance.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void soManyMoveAtOnceAndInTheirOrder(String kind) {
        on(kind);
        var moves = moves(clearance(), 4);

        assertThat(store().begin(moves.get(3), 2, NOW)).isFalse();
        assertThat(store().begin(moves.get(1), 2, NOW)).isTrue();
        assertThat(store().begin(moves.get(0), 2, NOW)).isTrue();
        assertThat(store().begin(moves.get(2), 2, NOW)).isFalse();

        store().end(moves.get(0), ClearanceMove.State.MOVED, "compute2", null, NOW);
        assertThat(store().begin(moves.get(3), 2, NOW)).isFalse();
        assertThat(store().begin(moves.get(2), 2, NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void whatIsOverStaysOverUntilItIsTriedAgain(String kind) {
        on(kind);
        var clearance = clearance();
        var move = moves(clearance, 1).getFirst();
        store().begin(move, 1, NOW);
        store().end(move, ClearanceMove.State.FAILED, "compute1", "no room", NOW);
        store().end(move, ClearanceMove.State.MOVED, "compute2", null, NOW);

        assertThat(store().moves(clearance.id()).getFirst().state())
                .isEqualTo(ClearanceMove.State.FAILED);
        var execution = UUID.randomUUID();
        assertThat(store().again(move, execution)).isTrue();
        assertThat(store().again(move, execution)).isFalse();
        var again = store().moves(clearance.id()).getFirst();
        assertThat(again.state()).isEqualTo(ClearanceMove.State.WAITING);
        assertThat(again.execution()).isEqualTo(execution);
        assertThat(again.target()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void theMomentAtWhichItWasEmptyIsKept(String kind) {
        on(kind);
        var clearance = clearance();

        store().end(clearance.id(), Clearance.State.EMPTY, null, NOW);
        assertThat(store().take(clearance.id(), Clearance.State.RETURNING, 3)).isTrue();
        assertThat(store().take(clearance.id(), Clearance.State.RETURNING, 3)).isFalse();
        store().end(clearance.id(), Clearance.State.RETURNED, null, NOW.plusSeconds(60));

        var latest = store().latest(CLOUD, "h-1").orElseThrow();
        assertThat(latest.state()).isEqualTo(Clearance.State.RETURNED);
        assertThat(latest.emptied()).isEqualTo(NOW);
    }
}
