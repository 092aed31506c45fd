package dev.stackwright.notification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The message bus.
 *
 * @param url where the bus of the cloud is, such as {@code amqp://user:password@host:5672/};
 *     without it no bus is read and the inventory lives on polls alone
 * @param cloud which cloud that bus belongs to
 * @param buses for several clouds: the URL of each one's bus by the cloud's name
 * @param name of this installation; its queue is {@code stackwright.<name>}
 * @param exchanges to listen to; a service publishes to the exchange of its own name
 * @param topics of the notifications, as the services' {@code [oslo_messaging_notifications]
 *     topics}
 * @param createExchanges whether to make an exchange that is not there yet, as its service would
 * @param durableExchanges whether services declare them durable ({@code amqp_durable_queues})
 * @param prefetch how many messages may be under way at once
 * @param batch how many at most go into one transaction
 * @param queueBytes how much the queue may hold while nobody reads it, before it drops its oldest
 */
@ConfigurationProperties("stackwright.notification")
record NotificationSettings(
        @Nullable String url,
        @Nullable String cloud,
        @DefaultValue Map<String, String> buses,
        @DefaultValue("default") String name,
        @DefaultValue({"nova", "neutron", "cinder", "glance", "keystone", "heat"})
                List<String> exchanges,
        @DefaultValue("notifications") List<String> topics,
        @DefaultValue("true") boolean createExchanges,
        @DefaultValue("false") boolean durableExchanges,
        @DefaultValue("500") int prefetch,
        @DefaultValue("200") int batch,
        @DefaultValue("1073741824") long queueBytes) {

    NotificationSettings {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "stackwright.notification.name must be letters, digits, dots, dashes, not "
                            + name);
        }
        if (isSet(url) && !isSet(cloud)) {
            throw new IllegalArgumentException(
                    "stackwright.notification.url is set, but not whose bus that is: set"
                            + " stackwright.notification.cloud or OS_CLOUD");
        }
        if (batch < 1 || prefetch < batch || prefetch > 65_535) {
            throw new IllegalArgumentException(
                    "stackwright.notification.prefetch (%d) must be at least batch (%d) and at most 65535"
                            .formatted(prefetch, batch));
        }
        if (exchanges.isEmpty() || topics.isEmpty()) {
            throw new IllegalArgumentException(
                    "stackwright.notification needs at least one exchange and one topic");
        }
        if (queueBytes < 1_000_000) {
            throw new IllegalArgumentException(
                    "stackwright.notification.queue-bytes must be at least 1000000");
        }
        if (url != null && !url.isBlank()) {
            BusAddress.of(url);
        }
        buses.values().forEach(BusAddress::of);
        buses = Map.copyOf(buses);
        exchanges = List.copyOf(exchanges);
        topics = List.copyOf(topics);
    }

    /** The URL of each bus by its cloud's name. */
    Map<String, String> urls() {
        var all = new LinkedHashMap<>(buses);
        if (url != null && !url.isBlank() && cloud != null) {
            all.put(cloud, url);
        }
        return all;
    }

    String queue() {
        return "stackwright." + name;
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    /** URLs carry passwords. */
    @Override
    public String toString() {
        return "NotificationSettings[queue=%s, clouds=%s]".formatted(queue(), urls().keySet());
    }
}
