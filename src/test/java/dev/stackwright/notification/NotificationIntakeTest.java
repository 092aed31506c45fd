package dev.stackwright.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stackwright.Databases;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.store.PoisonStore;
import dev.stackwright.notification.store.SourceStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class NotificationIntakeTest {

    private static final CloudName NORTH = new CloudName("north-1");
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private final List<String> heard = new ArrayList<>();
    private final BusStates states = new BusStates(CLOCK, new SimpleMeterRegistry());

    /** An intake on one kind of database, with a table that a listener writes to. */
    private final class Room {
        final JdbcClient jdbc;
        final PoisonStore poison;
        final NotificationIntake intake;

        Room(String kind, NotificationListener... listeners) {
            var database = kind.equals("h2") ? Databases.h2() : Databases.postgres();
            jdbc = JdbcClient.create(database);
            jdbc.sql("create table heard (message varchar(255))").update();
            poison = new PoisonStore(jdbc);
            intake =
                    new TransactionalIntake(
                            Beans.of(listeners),
                            poison,
                            states,
                            new Sources(new SourceStore(jdbc), CLOCK),
                            new DataSourceTransactionManager(database),
                            CLOCK);
        }

        List<String> stored() {
            return jdbc.sql("select message from heard order by 1")
                    .query((row, _) -> row.getString(1))
                    .list();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void tellsEveryListenerTheWholeBatch(String kind) {
        var room = new Room(kind, this::hear, this::hear);

        room.intake.deliver(NORTH, List.of(message("one"), message("two")));

        assertThat(heard).containsExactly("one", "two", "one", "two");
        assertThat(states.state(NORTH).received()).isEqualTo(2);
        assertThat(states.state(NORTH).lastSeen()).containsOnlyKeys("nova");
        assertThat(states.state(NORTH).connected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void setsAsideWhatItCannotReadAndHearsTheRest(String kind) {
        var room = new Room(kind, this::hear);

        room.intake.deliver(
                NORTH,
                List.of(
                        message("one"),
                        delivery("{\"_context_auth_token\": \"canary\", \"x\": \"\0\"}"),
                        delivery("{\\\"_context_auth_token\\\": \\\"canary\\\""),
                        message("two")));

        assertThat(heard).containsExactly("one", "two");
        assertThat(room.poison.newest(NORTH, 10))
                .hasSize(2)
                .allSatisfy(
                        each -> assertThat(each.body()).doesNotContain("canary").contains("***"));
        assertThat(states.state(NORTH).poison()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void aMessageThatMakesAListenerFailIsSetAsideAlone(String kind) {
        var rooms = new Room[1];
        rooms[0] =
                new Room(
                        kind,
                        batch ->
                                batch.forEach(each -> {
                                    rooms[0].jdbc
                                            .sql("insert into heard values (?)")
                                            .param(each.messageId())
                                            .update();
                                    if (each.messageId().equals("bad")) {
                                        throw new IllegalStateException("cannot");
                                    }
                                }));

        rooms[0].intake.deliver(NORTH, List.of(message("one"), message("bad"), message("two")));

        assertThat(rooms[0].stored()).containsExactly("one", "two");
        assertThat(rooms[0].poison.newest(NORTH, 10))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.reason()).contains("cannot");
                    assertThat(each.publisher()).isEmpty();
                    assertThat(each.eventType()).isEqualTo("compute.instance.update");
                });
        var messages = new PoisonMessages(rooms[0].poison);
        assertThat(messages.count(NORTH)).isEqualTo(1);
        assertThat(messages.discard(new CloudName("south"), Long.MAX_VALUE)).isZero();
        assertThat(messages.discard(NORTH, messages.newest(NORTH, 1).getFirst().id())).isEqualTo(1);
        assertThat(messages.count(NORTH)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void keepsNothingOfABatchWhileTheDatabaseIsAway(String kind) {
        var rooms = new Room[1];
        rooms[0] =
                new Room(
                        kind,
                        batch -> {
                            rooms[0].jdbc.sql("insert into heard values ('some')").update();
                            throw new TransientDataAccessResourceException("away");
                        });

        assertThatExceptionOfType(TransientDataAccessResourceException.class)
                .isThrownBy(() -> rooms[0].intake.deliver(NORTH, List.of(message("one"))));

        assertThat(rooms[0].stored()).isEmpty();
        assertThat(rooms[0].poison.newest(NORTH, 10)).isEmpty();
    }

    private void hear(List<Notification> batch) {
        batch.forEach(each -> heard.add(each.messageId()));
    }

    private static Delivery message(String id) {
        return delivery(
                "{\"event_type\": \"compute.instance.update\", \"message_id\": \"%s\"}"
                        .formatted(id));
    }

    private static Delivery delivery(String body) {
        return new Delivery("nova", body.getBytes(StandardCharsets.UTF_8));
    }
}
