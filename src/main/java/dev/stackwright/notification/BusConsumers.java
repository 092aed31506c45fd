package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** One consumer for each bus that is configured; none when none is. */
@Component
class BusConsumers implements SmartLifecycle {

    private final NotificationSettings settings;
    private final NotificationIntake intake;
    private final BusStates states;
    private final List<BusConsumer> running = new ArrayList<>();

    BusConsumers(NotificationSettings settings, NotificationIntake intake, BusStates states) {
        this.settings = settings;
        this.intake = intake;
        this.states = states;
    }

    @Override
    public synchronized void start() {
        settings.urls()
                .forEach((cloud, url) -> {
                    var consumer =
                            new BusConsumer(
                                    new CloudName(cloud),
                                    BusAddress.of(url),
                                    settings,
                                    intake,
                                    states);
                    running.add(consumer);
                    consumer.start();
                });
    }

    @Override
    public synchronized void stop() {
        running.forEach(BusConsumer::stop);
        running.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }
}
