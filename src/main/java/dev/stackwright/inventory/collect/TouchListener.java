package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.collect.Touches.Touched;
import dev.stackwright.inventory.store.CollectorStateStore;
import dev.stackwright.inventory.store.CollectorStateStore.Touch;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.Notification;
import dev.stackwright.notification.NotificationListener;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Notes which objects a batch of notifications was about; whoever collects the cloud looks at them.
 */
@Component
class TouchListener implements NotificationListener {

    /** An action comes as a burst; the object is looked at once, when the burst is likely over. */
    private static final Duration BURST = Duration.ofMillis(300);

    private final CollectorStateStore store;
    private final ToldGroups groups;
    private final Clock clock;

    TouchListener(CollectorStateStore store, ToldGroups groups, Clock clock) {
        this.store = store;
        this.groups = groups;
        this.clock = clock;
    }

    @Override
    public void received(List<Notification> batch) {
        batch.stream().collect(Collectors.groupingBy(Notification::cloud)).forEach(this::received);
    }

    private void received(CloudName cloud, List<Notification> batch) {
        var touched = new LinkedHashSet<Touched>();
        batch.forEach(each -> touched.addAll(Touches.of(each)));
        if (touched.isEmpty()) {
            return;
        }
        var now = clock.instant();
        groups.told(cloud, batch, now);
        store.touch(
                cloud,
                touched.stream()
                        .map(each -> new Touch(each.kind().name(), each.id(), now.plus(BURST)))
                        .toList());
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        touched.forEach(each -> kinds.add(each.kind()));
        store.notified(cloud, kinds, now);
    }
}
