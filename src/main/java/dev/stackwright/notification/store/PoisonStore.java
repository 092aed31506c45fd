package dev.stackwright.notification.store;

import dev.stackwright.kernel.CloudName;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The messages that could not be read, the newest thousand of them, without their secrets. */
@Component
public class PoisonStore {

    private static final int KEPT = 1000;
    private static final int BODY = 10_000;
    private static final int NAME = 255;
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

    /**
     * A message that was set aside.
     *
     * @param publisher and {@code eventType}: null when not even these could be read
     */
    public record Poison(
            long id,
            String exchange,
            @Nullable String publisher,
            @Nullable String eventType,
            Instant arrived,
            String reason,
            String body) {}

    public void setAside(
            CloudName cloud,
            String exchange,
            @Nullable String publisher,
            @Nullable String eventType,
            Instant arrived,
            String reason,
            String body) {
        jdbc.sql(
                        """
                        insert into notification_poison
                            (cloud, exchange, publisher, event_type, arrived_at, reason, body)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(1, cloud.value())
                .param(2, storable(exchange, NAME))
                .param(3, publisher, Types.VARCHAR)
                .param(4, eventType, Types.VARCHAR)
                .param(5, Timestamp.from(arrived))
                .param(6, storable(reason, REASON))
                .param(7, storable(SECRET.matcher(body).replaceAll("$1***"), BODY))
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
                        select id, exchange, publisher, event_type, arrived_at, reason, body
                        from notification_poison
                        where cloud = ?
                        order by id desc
                        fetch first ? rows only
                        """)
                .params(cloud.value(), count)
                .query((row, _) ->
                        new Poison(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getTimestamp(5).toInstant(),
                                row.getString(6),
                                row.getString(7)))
                .list();
    }

    public long count(CloudName cloud) {
        return jdbc.sql("select count(*) from notification_poison where cloud = ?")
                .param(cloud.value())
                .query(Long.class)
                .single();
    }

    /** Answers how many went. */
    public int discard(CloudName cloud, long upTo) {
        return jdbc.sql("delete from notification_poison where cloud = ? and id <= ?")
                .params(cloud.value(), upTo)
                .update();
    }

    /** PostgreSQL refuses NUL in a text. */
    private static String storable(String text, int length) {
        var clean = text.replace('\0', '\uFFFD');
        return clean.length() <= length ? clean : clean.substring(0, length);
    }
}
