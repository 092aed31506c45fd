package dev.stackwright.demo;

import dev.stackwright.notification.Delivery;
import dev.stackwright.notification.NotificationIntake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries what the demo cloud says to where a broker's messages come in: the past first, then each
 * thing as it happens. What cannot be taken yet is offered again, as a broker would.
 */
final class DemoMessenger implements SmartLifecycle {

    private static final int BATCH = 200;
    private static final int WAITING = 20_000;
    private static final long TICK_MILLIS = 500;
    private static final Logger log = LoggerFactory.getLogger(DemoMessenger.class);

    private final EmbeddedDemo demo;
    private final NotificationIntake intake;
    private final Consumer<DemoCloud> afterHistory;
    private final BlockingQueue<DemoEnvelope> waiting = new LinkedBlockingQueue<>(WAITING);
    private volatile boolean running;
    private @Nullable Thread carrier;

    DemoMessenger(EmbeddedDemo demo, NotificationIntake intake, Consumer<DemoCloud> afterHistory) {
        this.demo = demo;
        this.intake = intake;
        this.afterHistory = afterHistory;
    }

    @Override
    public void start() {
        demo.cloud()
                .ifPresent(cloud -> {
                    cloud.listen(this::keep);
                    running = true;
                    carrier = Thread.ofVirtual().name("demo-bus").start(() -> carry(cloud));
                });
    }

    private void keep(DemoEnvelope envelope) {
        while (!waiting.offer(envelope)) {
            waiting.poll();
        }
    }

    private void carry(DemoCloud cloud) {
        List<DemoEnvelope> past = cloud.history();
        for (int from = 0; from < past.size() && running; from += BATCH) {
            deliver(past.subList(from, Math.min(from + BATCH, past.size())));
        }
        if (!past.isEmpty() && running) {
            cloud.historyTold();
        }
        if (running) {
            afterHistory.accept(cloud);
        }
        List<DemoEnvelope> batch = new ArrayList<>();
        while (running) {
            cloud.advance();
            batch.clear();
            if (heard(batch)) {
                deliver(batch);
            }
        }
    }

    private boolean heard(List<DemoEnvelope> batch) {
        try {
            DemoEnvelope first = waiting.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (first == null) {
                return false;
            }
            batch.add(first);
            waiting.drainTo(batch, BATCH - 1);
            return true;
        } catch (InterruptedException e) {
            running = false;
            return false;
        }
    }

    private void deliver(List<DemoEnvelope> batch) {
        List<Delivery> deliveries =
                batch.stream().map(each -> new Delivery(each.exchange(), each.body())).toList();
        while (running) {
            try {
                intake.deliver(EmbeddedDemo.NAME, deliveries);
                return;
            } catch (RuntimeException e) {
                log.warn(
                        "{} notifications of the demo cloud could not be stored; they are offered"
                                + " again in a second: {}",
                        batch.size(),
                        e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread last = carrier;
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
