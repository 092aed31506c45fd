package dev.stackwright.web.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Sessions whose last use is written down once a minute and not with every page: nothing else of
 * them changes with a page view. So one that nobody uses ends up to a minute early, never late.
 */
final class SteadySessions<S extends Session>
        implements SessionRepository<SteadySessions.Steady<S>> {

    private static final Duration STEP = Duration.ofMinutes(1);

    private final SessionRepository<S> sessions;

    SteadySessions(SessionRepository<S> sessions) {
        this.sessions = sessions;
    }

    @Override
    public Steady<S> createSession() {
        return new Steady<>(sessions.createSession());
    }

    @Override
    public void save(Steady<S> session) {
        sessions.save(session.inner);
    }

    @Override
    public @Nullable Steady<S> findById(String id) {
        var found = sessions.findById(id);
        return found == null ? null : new Steady<>(found);
    }

    @Override
    public void deleteById(String id) {
        sessions.deleteById(id);
    }

    /** A session that is not used again before a minute has passed. */
    static final class Steady<S extends Session> implements Session {

        private final S inner;

        private Steady(S inner) {
            this.inner = inner;
        }

        @Override
        public void setLastAccessedTime(Instant time) {
            if (!time.isBefore(inner.getLastAccessedTime().plus(STEP))) {
                inner.setLastAccessedTime(time);
            }
        }

        @Override
        public String getId() {
            return inner.getId();
        }

        @Override
        public String changeSessionId() {
            return inner.changeSessionId();
        }

        @Override
        public <T> @Nullable T getAttribute(String name) {
            return inner.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return inner.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, Object value) {
            inner.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            inner.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return inner.getCreationTime();
        }

        @Override
        public Instant getLastAccessedTime() {
            return inner.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            inner.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return inner.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return inner.isExpired();
        }
    }
}
