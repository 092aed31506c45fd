package dev.stackwright.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

/** A page view writes nothing, and yet nobody stays longer than they may. */
class SteadySessionsTest {

    private final SteadySessions<MapSession> sessions =
            new SteadySessions<>(new MapSessionRepository(new ConcurrentHashMap<>()));

    private Instant lastUseAfter(String id, Instant use) {
        var session = Objects.requireNonNull(sessions.findById(id));
        session.setLastAccessedTime(use);
        sessions.save(session);
        return Objects.requireNonNull(sessions.findById(id)).getLastAccessedTime();
    }

    @Test
    void theLastUseIsWrittenDownOnceAMinute() {
        var session = sessions.createSession();
        var begun = session.getLastAccessedTime();
        session.setAttribute("who", "alice");
        sessions.save(session);
        var id = session.getId();

        assertThat(lastUseAfter(id, begun.plusSeconds(1))).isEqualTo(begun);
        assertThat(lastUseAfter(id, begun.plusSeconds(59))).isEqualTo(begun);
        var later = begun.plusSeconds(60);
        assertThat(lastUseAfter(id, later)).isEqualTo(later);
        assertThat(lastUseAfter(id, later.plusSeconds(30))).isEqualTo(later);
        assertThat(Objects.requireNonNull(sessions.findById(id)).<String>getAttribute("who"))
                .isEqualTo("alice");
    }

    @Test
    void whoDidNothingForTooLongIsNotFound() {
        var forgotten = new MapSession();
        forgotten.setLastAccessedTime(Instant.now().minus(Duration.ofHours(2)));
        forgotten.setMaxInactiveInterval(Duration.ofHours(1));
        var behind = new MapSessionRepository(new ConcurrentHashMap<>());
        behind.save(forgotten);

        assertThat(new SteadySessions<>(behind).findById(forgotten.getId())).isNull();
    }
}
