package dev.stackwright.notification;

import java.util.List;

/**
 * Hears every notification, inside the transaction of its batch. A message may come twice, late,
 * and in any order; a listener that throws sends the whole batch back.
 */
@FunctionalInterface
public interface NotificationListener {

    void received(List<Notification> batch);
}
