package dev.stackwright.notification;

import com.rabbitmq.client.Address;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a bus is. Takes {@code amqp://} URLs and what stands as {@code transport_url} in the
 * services' own configuration: {@code
 * rabbit://user:password@one:5672,user:password@two:5672/vhost}.
 */
record BusAddress(
        boolean encrypted, String user, String password, String virtualHost, List<Address> hosts) {

    private static final Pattern URL =
            Pattern.compile("(amqps?|rabbit|rabbits)://([^/?]+)(?:/([^?]*))?(?:\\?.*)?");
    private static final Pattern HOST =
            Pattern.compile("(?:([^:@]*)(?::([^@]*))?@)?(\\[[^]]+]|[^:]+)(?::(\\d{1,5}))?");

    static BusAddress of(String url) {
        var match = URL.matcher(url.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "The URL of a message bus looks like amqp://user:password@host:5672/");
        }
        var encrypted = match.group(1).toLowerCase(Locale.ROOT).endsWith("s");
        var user = "guest";
        var password = "guest";
        var hosts = new ArrayList<Address>();
        for (var part : match.group(2).split(",")) {
            var host = HOST.matcher(part.strip());
            if (!host.matches()) {
                throw new IllegalArgumentException(
                        "A host of the message bus looks like user:password@host:5672");
            }
            if (host.group(1) != null) {
                user = decoded(host.group(1));
                password = host.group(2) == null ? "" : decoded(host.group(2));
            }
            var port =
                    host.group(4) == null
                            ? (encrypted ? 5671 : 5672)
                            : Integer.parseInt(host.group(4));
            hosts.add(new Address(host.group(3).replaceAll("[\\[\\]]", ""), port));
        }
        var path = match.group(3);
        return new BusAddress(
                encrypted,
                user,
                password,
                path == null || path.isEmpty() ? "/" : decoded(path),
                List.copyOf(hosts));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Hosts and ports alone. */
    @Override
    public String toString() {
        return hosts.stream()
                .map(host -> host.getHost() + ":" + host.getPort())
                .collect(Collectors.joining(", "));
    }
}
