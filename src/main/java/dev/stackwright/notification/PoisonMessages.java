package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.store.PoisonStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** The messages that were set aside, for those who look after the bus. */
@Component
public class PoisonMessages {

    private final PoisonStore store;

    public PoisonMessages(PoisonStore store) {
        this.store = store;
    }

    public long count(CloudName cloud) {
        return store.count(cloud);
    }

    /** The newest first, without what was in them. */
    public List<PoisonMessage> newest(CloudName cloud, int count) {
        return store.newest(cloud, count).stream()
                .map(each ->
                        new PoisonMessage(
                                each.id(),
                                each.exchange(),
                                each.publisher(),
                                each.eventType(),
                                each.arrived(),
                                each.reason()))
                .toList();
    }

    /** Throws away those up to and with one of them; answers how many there were. */
    public int discard(CloudName cloud, long upTo) {
        return store.discard(cloud, upTo);
    }
}
