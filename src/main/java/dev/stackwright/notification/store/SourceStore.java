package dev.stackwright.notification.store;

import dev.stackwright.kernel.CloudName;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When each source of each bus spoke last, and how long it was silent before. */
@Component
public class SourceStore {

    /** So many days are looked back on. */
    public static final int DAYS = 14;

    private static final String ONE = " where cloud = ? and exchange = ? and service = ?";

    private final JdbcClient jdbc;

    public SourceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One source of one cloud. */
    public record Key(String cloud, String exchange, String service) {}

    /** What is known of it. */
    public record Row(
            Key key, Instant firstSeen, Instant lastSeen, int days, Duration longestPause) {}

    /** It spoke at these times; those that are known already change nothing. */
    public void heard(Key key, SortedSet<Instant> times) {
        var before = lastSeen(key).orElseGet(() -> begin(key, times.first()));
        Map<LocalDate, Long> pauses = new TreeMap<>();
        for (var time : times) {
            if (!time.isBefore(before)) {
                var pause = Duration.between(before, time).toSeconds();
                pauses.merge(time.atOffset(ZoneOffset.UTC).toLocalDate(), pause, Math::max);
                before = time;
            }
        }
        jdbc.sql("update notification_source set last_seen = ?" + ONE + " and last_seen < ?")
                .param(1, utc(before), Types.TIMESTAMP_WITH_TIMEZONE)
                .param(2, key.cloud())
                .param(3, key.exchange())
                .param(4, key.service())
                .param(5, utc(before), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        pauses.forEach((day, pause) -> paused(key, day, pause));
    }

    private Optional<Instant> lastSeen(Key key) {
        return jdbc.sql("select last_seen from notification_source" + ONE)
                .params(key.cloud(), key.exchange(), key.service())
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    private Instant begin(Key key, Instant first) {
        try {
            jdbc.sql(
                            """
                            insert into notification_source
                                (cloud, exchange, service, first_seen, last_seen)
                            values (?, ?, ?, ?, ?)
                            """)
                    .param(1, key.cloud())
                    .param(2, key.exchange())
                    .param(3, key.service())
                    .param(4, utc(first), Types.TIMESTAMP_WITH_TIMEZONE)
                    .param(5, utc(first), Types.TIMESTAMP_WITH_TIMEZONE)
                    .update();
        } catch (DuplicateKeyException _) {
            // Another replica was first.
        }
        return first;
    }

    private void paused(Key key, LocalDate day, long seconds) {
        var known =
                jdbc.sql(
                                "select longest_pause_seconds from notification_source_day"
                                        + ONE
                                        + " and spoke_on = ?")
                        .params(key.cloud(), key.exchange(), key.service(), day)
                        .query(Long.class)
                        .optional();
        if (known.isEmpty()) {
            beginDay(key, day, seconds);
        } else if (known.get() < seconds) {
            jdbc.sql(
                            "update notification_source_day set longest_pause_seconds = ?"
                                    + ONE
                                    + " and spoke_on = ?")
                    .params(seconds, key.cloud(), key.exchange(), key.service(), day)
                    .update();
        }
    }

    private void beginDay(Key key, LocalDate day, long seconds) {
        try {
            jdbc.sql(
                            """
                            insert into notification_source_day
                                (cloud, exchange, service, spoke_on, longest_pause_seconds)
                            values (?, ?, ?, ?, ?)
                            """)
                    .params(key.cloud(), key.exchange(), key.service(), day, seconds)
                    .update();
        } catch (DuplicateKeyException _) {
            // Another replica was first; the next pause of the day counts again.
        }
        jdbc.sql("delete from notification_source_day" + ONE + " and spoke_on <= ?")
                .params(key.cloud(), key.exchange(), key.service(), day.minusDays(DAYS))
                .update();
    }

    /** What is known today, by exchange and service. */
    public List<Row> list(CloudName cloud, LocalDate today) {
        return jdbc.sql(
                        """
                        select s.exchange, s.service, s.first_seen, s.last_seen,
                               count(d.spoke_on), coalesce(max(d.longest_pause_seconds), 0)
                        from notification_source s
                        left join notification_source_day d
                          on d.cloud = s.cloud and d.exchange = s.exchange
                         and d.service = s.service and d.spoke_on > ?
                        where s.cloud = ?
                        group by s.exchange, s.service, s.first_seen, s.last_seen
                        order by s.exchange, s.service
                        """)
                .params(today.minusDays(DAYS), cloud.value())
                .query((row, _) ->
                        new Row(
                                new Key(cloud.value(), row.getString(1), row.getString(2)),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                row.getObject(4, OffsetDateTime.class).toInstant(),
                                row.getInt(5),
                                Duration.ofSeconds(row.getLong(6))))
                .list();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
