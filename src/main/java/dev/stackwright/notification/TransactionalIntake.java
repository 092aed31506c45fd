package dev.stackwright.notification;

import dev.stackwright.database.DatabaseTrouble;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.Envelope.Unreadable;
import dev.stackwright.notification.store.PoisonStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens a batch and tells every listener in one transaction. A message that cannot be opened, or
 * that alone makes a listener fail, is set aside so that those behind it are heard.
 */
@Component
class TransactionalIntake implements NotificationIntake {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalIntake.class);

    private final ObjectProvider<NotificationListener> listeners;
    private final PoisonStore poison;
    private final BusStates states;
    private final Sources sources;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TransactionalIntake(
            ObjectProvider<NotificationListener> listeners,
            PoisonStore poison,
            BusStates states,
            Sources sources,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.listeners = listeners;
        this.poison = poison;
        this.states = states;
        this.sources = sources;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What was opened, beside what it was opened from. */
    private record Opened(Delivery delivery, Notification notification) {}

    @Override
    public void deliver(CloudName cloud, List<Delivery> batch) {
        var opened = new ArrayList<Opened>(batch.size());
        for (var delivery : batch) {
            try {
                opened.add(new Opened(delivery, Envelope.open(cloud, delivery, clock.instant())));
            } catch (Unreadable e) {
                setAside(cloud, delivery, null, String.valueOf(e.getMessage()));
            }
        }
        if (!opened.isEmpty()) {
            tell(cloud, opened);
            var notifications = opened.stream().map(Opened::notification).toList();
            states.heard(cloud, notifications);
            sources.heard(cloud, notifications);
        }
    }

    private void tell(CloudName cloud, List<Opened> batch) {
        var notifications = batch.stream().map(Opened::notification).toList();
        try {
            transaction.executeWithoutResult(
                    _ -> listeners.orderedStream().forEach(each -> each.received(notifications)));
        } catch (RuntimeException e) {
            if (DatabaseTrouble.of(e).isPresent()) {
                // The same batch may well pass later.
                throw e;
            }
            if (batch.size() > 1) {
                batch.forEach(each -> tell(cloud, List.of(each)));
                return;
            }
            var culprit = batch.getFirst();
            LOG.error(
                    "Notification {} ({}) of {} makes a listener fail; it is set aside",
                    culprit.notification().messageId(),
                    culprit.notification().eventType(),
                    cloud,
                    e);
            setAside(cloud, culprit.delivery(), culprit.notification(), "A listener failed: " + e);
        }
    }

    private void setAside(
            CloudName cloud, Delivery delivery, @Nullable Notification read, String reason) {
        var body = delivery.body();
        var text = new String(body, 0, Math.min(body.length, 20_000), StandardCharsets.UTF_8);
        poison.setAside(
                cloud,
                delivery.exchange(),
                read == null ? null : read.publisherId(),
                read == null ? null : read.eventType(),
                clock.instant(),
                reason,
                text);
        states.poisoned(cloud);
        LOG.warn(
                "A message on exchange {} of {} cannot be used and is kept in notification_poison:"
                        + " {}",
                delivery.exchange(),
                cloud,
                reason);
    }
}
