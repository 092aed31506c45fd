package dev.stackwright.access;

import dev.stackwright.database.DatabaseTrouble;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks every few seconds whose roles are due for a check. */
@Component
class RoleChecks implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RoleChecks.class);
    private static final Duration STEP = Duration.ofSeconds(10);

    private final Sessions sessions;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("role-checks").factory());
    private volatile boolean running;

    RoleChecks(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void start() {
        running = true;
        var unused =
                thread.scheduleWithFixedDelay(
                        this::run, STEP.toSeconds(), STEP.toSeconds(), TimeUnit.SECONDS);
    }

    private void run() {
        try {
            sessions.checkDue();
        } catch (RuntimeException e) {
            if (DatabaseTrouble.of(e).isPresent()) {
                LOG.warn("The check of roles waits for the database: {}", e.getMessage());
            } else {
                LOG.warn(
                        "Roles could not be checked; the next try is in {} s", STEP.toSeconds(), e);
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
