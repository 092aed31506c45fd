package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import java.util.List;

/**
 * Where messages come in, whoever carries them: the consumer of a broker, or a cloud that runs in
 * this process. When a call returns, every listener has stored what it wanted in one committed
 * transaction; what cannot be read is set aside. When it throws, nothing was kept: deliver again.
 */
@FunctionalInterface
public interface NotificationIntake {

    void deliver(CloudName cloud, List<Delivery> batch);

    default void deliver(CloudName cloud, String exchange, byte[] body) {
        deliver(cloud, List.of(new Delivery(exchange, body)));
    }
}
