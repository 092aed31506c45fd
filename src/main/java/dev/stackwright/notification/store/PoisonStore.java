package dev.stackwright.notification.store;

import dev.stackwright.kernel.CloudName;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The messages that could not be read, the newest thousand of them, without their secrets. */
@Component
public class PoisonStore {

    private static final int KEPT = 1000;
    private static final int BODY = 10_000;
    private static final int REASON = 1000;

    /** Matches inside escaped JSON too: an oslo envelope carries its message as a text. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "((?:auth_token|password|adminPass|secret|service_catalog)\\\\*\"\\s*:\\s*\\\\*\")[^\"\\\\]*",
                    Pattern.CASE_INSENSITIVE);

    private final JdbcClient jdbc;

    public PoisonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A message that was set aside. */
    public record Poison(
            String cloud, String exchange, Instant arrived, String reason, String body) {}

    public void setAside(
            CloudName cloud, String exchange, Instant arrived, String reason, String body) {
        jdbc.sql(
                        """
                        insert into notification_poison (cloud, exchange, arrived_at, reason, body)
                        values (?, ?, ?, ?, ?)
                        """)
                .params(
                        cloud.value(),
                        storable(exchange, 255),
                        Timestamp.from(arrived),
                        storable(reason, REASON),
                        storable(SECRET.matcher(body).replaceAll("$1***"), BODY))
                .update();
        jdbc.sql(
                        """
                        delete from notification_poison
                        where id <= (select max(id) from notification_poison) - ?
                        """)
                .param(KEPT)
                .update();
    }

    /** The newest first. */
    public List<Poison> newest(CloudName cloud, int count) {
        return jdbc.sql(
                        """
                        select cloud, exchange, arrived_at, reason, body
                        from notification_poison
                        where cloud = ?
                        order by id desc
                        fetch first ? rows only
                        """)
                .params(cloud.value(), count)
                .query((row, _) ->
                        new Poison(
                                row.getString(1),
                                row.getString(2),
                                row.getTimestamp(3).toInstant(),
                                row.getString(4),
                                row.getString(5)))
                .list();
    }

    /** PostgreSQL refuses NUL in a text. */
    private static String storable(String text, int length) {
        var clean = text.replace('\0', '\uFFFD');
        return clean.length() <= length ? clean : clean.substring(0, length);
    }
}
