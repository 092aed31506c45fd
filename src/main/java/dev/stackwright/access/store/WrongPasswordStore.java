package dev.stackwright.access.store;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts of wrong passwords, which all replicas share. */
@Repository
public class WrongPasswordStore {

    private final JdbcClient jdbc;

    public WrongPasswordStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many there were since the first of them. */
    public record Count(int attempts, Instant since) {}

    public Optional<Count> find(String who) {
        return jdbc.sql("select attempts, since from wrong_password where who = ?")
                .param(who)
                .query((row, _) ->
                        new Count(
                                row.getInt("attempts"),
                                row.getObject("since", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** One more; a count that began before {@code oldest} begins anew. */
    public void add(String who, Instant now, Instant oldest) {
        if (increase(who, oldest)) {
            return;
        }
        forgetBefore(oldest);
        try {
            jdbc.sql("insert into wrong_password (who, attempts, since) values (?, 1, ?)")
                    .param(1, who)
                    .param(2, utc(now), Types.TIMESTAMP_WITH_TIMEZONE)
                    .update();
        } catch (DuplicateKeyException _) {
            increase(who, oldest);
        }
    }

    private boolean increase(String who, Instant oldest) {
        return jdbc.sql(
                                """
                                update wrong_password set attempts = attempts + 1
                                where who = ? and since >= ?
                                """)
                        .param(1, who)
                        .param(2, utc(oldest), Types.TIMESTAMP_WITH_TIMEZONE)
                        .update()
                == 1;
    }

    private void forgetBefore(Instant oldest) {
        jdbc.sql("delete from wrong_password where since < ?")
                .param(1, utc(oldest), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    public void forget(String who) {
        jdbc.sql("delete from wrong_password where who = ?").param(who).update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
