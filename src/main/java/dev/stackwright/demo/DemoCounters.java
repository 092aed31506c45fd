package dev.stackwright.demo;

import dev.stackwright.metering.Diagnostics;
import dev.stackwright.metering.Diagnostics.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hands the counters of the past to metering, which could not poll them then; in the background,
 * when everything else is there already. A crowd is for trying out scale and goes without them.
 */
final class DemoCounters implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DemoCounters.class);

    private final boolean wanted;
    private final Diagnostics diagnostics;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    DemoCounters(DemoSettings settings, Diagnostics diagnostics) {
        this.wanted = settings.servers() == 0;
        this.diagnostics = diagnostics;
    }

    @Override
    public void start() {
        running = true;
    }

    /** The history was told; now it is the counters' turn. */
    void begin(DemoCloud cloud) {
        if (wanted) {
            thread = Thread.ofVirtual().name("demo-counters").start(() -> count(cloud));
        }
    }

    private void count(DemoCloud cloud) {
        try {
            for (var readings : cloud.counters()) {
                if (!running) {
                    return;
                }
                diagnostics.keep(
                        readings.stream()
                                .map(each ->
                                        new Reading(
                                                EmbeddedDemo.NAME,
                                                each.server(),
                                                each.body(),
                                                each.at()))
                                .toList());
            }
            cloud.counted();
        } catch (RuntimeException e) {
            log.warn(
                    "The counters of the demo cloud's past could not be stored; that is tried again"
                            + " at the next start: {}",
                    e.getMessage());
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread last = thread;
        if (last == null) {
            return;
        }
        try {
            last.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
