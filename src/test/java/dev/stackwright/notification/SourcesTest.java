package dev.stackwright.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.store.SourceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether a service that has gone silent is noticed, and one that says little is left alone. */
class SourcesTest {

    private static final CloudName NORTH = new CloudName("north");

    private final MovableClock clock = MovableClock.at("2026-11-22T00:00:00Z");

    private Sources sources(String kind) {
        var database = kind.equals("h2") ? Databases.h2() : Databases.postgres();
        return new Sources(new SourceStore(JdbcClient.create(database)), clock);
    }

    private static Notification said(String publisher, Instant at) {
        return new Notification(
                NORTH,
                publisher + at,
                "nova",
                "info",
                "compute.instance.update",
                publisher,
                at,
                JsonNodeFactory.instance.objectNode(),
                null,
                null,
                null);
    }

    /** Speaks every half hour for this long, each time as it happens. */
    private void speak(Sources sources, Duration length) {
        var end = clock.instant().plus(length);
        while (clock.instant().isBefore(end)) {
            sources.heard(NORTH, List.of(said("compute.host-1", clock.instant())));
            clock.advance(Duration.ofMinutes(30));
        }
    }

    private Source only(Sources sources) {
        return sources.list(NORTH).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whoUsuallySpeaksAndIsSilentForLongerThanEverIsNoticed(String kind) {
        var sources = sources(kind);
        speak(sources, Duration.ofDays(4));

        assertThat(only(sources).service()).isEqualTo("compute");
        assertThat(only(sources).longestPause()).isEqualTo(Duration.ofMinutes(30));
        assertThat(only(sources).isSilent(clock.instant())).isFalse();
        clock.advance(Duration.ofMinutes(31));
        assertThat(only(sources).isSilent(clock.instant())).isTrue();

        speak(sources, Duration.ofHours(1));
        assertThat(only(sources).isSilent(clock.instant())).isFalse();
        clock.advance(Duration.ofDays(15));
        assertThat(only(sources).isSilent(clock.instant())).as("given up").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whoSpeaksSeldomIsNeverSilentAndABacklogIsNoPause(String kind) {
        var sources = sources(kind);
        var began = clock.instant();
        sources.heard(NORTH, List.of(said("scheduler.host-1", began)));
        clock.advance(Duration.ofDays(2));
        assertThat(only(sources).isSilent(clock.instant())).isFalse();

        // Nobody read the queue for two days; what was said meanwhile comes all at once.
        sources.heard(
                NORTH,
                List.of(
                        said("scheduler.host-1", began.plus(Duration.ofHours(40))),
                        said("scheduler.host-2", began.plus(Duration.ofHours(20)))));

        assertThat(only(sources).longestPause()).isEqualTo(Duration.ofHours(20));
        assertThat(only(sources).lastSeen()).isEqualTo(began.plus(Duration.ofHours(40)));
    }
}
