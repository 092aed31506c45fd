package dev.stackwright.execution;

import java.time.Duration;

/**
 * How to let time pass: by sleeping, or in a test by whatever the test wants to happen meanwhile.
 */
@FunctionalInterface
interface Pause {

    void pause(Duration duration);

    static Pause sleeping() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting", e);
            }
        };
    }
}
