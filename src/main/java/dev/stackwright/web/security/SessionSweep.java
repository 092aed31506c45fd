package dev.stackwright.web.security;

import dev.stackwright.database.DatabaseTrouble;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Component;

/**
 * Deletes sessions that are over, once a minute. Spring Session would do that by itself, but from
 * the moment on at which it is made, which may be before its table is.
 */
@Component
class SessionSweep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SessionSweep.class);
    private static final Duration STEP = Duration.ofMinutes(1);

    private final JdbcIndexedSessionRepository sessions;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("session-sweep").factory());
    private volatile boolean running;

    SessionSweep(JdbcIndexedSessionRepository sessions) {
        this.sessions = sessions;
    }

    @Override
    public void start() {
        running = true;
        var unused =
                thread.scheduleWithFixedDelay(
                        this::sweep, STEP.toSeconds(), STEP.toSeconds(), TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            sessions.cleanUpExpiredSessions();
        } catch (RuntimeException e) {
            if (DatabaseTrouble.of(e).isPresent()) {
                LOG.warn("Sessions that are over wait for the database: {}", e.getMessage());
            } else {
                LOG.warn("Sessions that are over could not be deleted", e);
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
