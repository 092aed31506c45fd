package dev.stackwright.metering.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Who polls what. A lease is a row that is not free before a time, by the clock of the database;
 * taking it moves that time, and only one taker changes the row.
 */
@Component
public class PollStore {

    private final MeteringDatabase database;

    public PollStore(MeteringDatabase database) {
        this.database = database;
    }

    /** Takes a poll that is due; false when it is not, or somebody else has it. */
    public boolean claim(String cloud, String poll, String owner, Duration lease) {
        var now = now();
        var taken =
                database.jdbc()
                        .update(
                                "update metering_poll set owner = ?, leased_to = ? where cloud = ?"
                                        + " and poll = ? and leased_to <= ?",
                                owner,
                                now.plus(lease),
                                cloud,
                                poll,
                                now);
        return taken == 1 || isNew(cloud, poll) && add(cloud, poll, owner, now.plus(lease));
    }

    private boolean isNew(String cloud, String poll) {
        return database.jdbc()
                .queryForList(
                        "select 1 from metering_poll where cloud = ? and poll = ?", cloud, poll)
                .isEmpty();
    }

    private boolean add(String cloud, String poll, String owner, OffsetDateTime to) {
        try {
            database.jdbc()
                    .update(
                            "insert into metering_poll (cloud, poll, owner, leased_to) values (?,"
                                    + " ?, ?, ?)",
                            cloud,
                            poll,
                            owner,
                            to);
            return true;
        } catch (DuplicateKeyException _) {
            return false;
        }
    }

    /** When the last poll that went well began. */
    public Optional<Instant> lastBegun(String cloud, String poll) {
        return database
                .jdbc()
                .query(
                        "select begun_at from metering_poll where cloud = ? and poll = ?",
                        (row, _) -> Optional.ofNullable(Rows.instantOrNull(row, "begun_at")),
                        cloud,
                        poll)
                .stream()
                .findFirst()
                .flatMap(found -> found);
    }

    /** Writes down that a poll went well. */
    public void begun(String cloud, String poll, String owner, Instant at) {
        database.jdbc()
                .update(
                        "update metering_poll set begun_at = ?, done_at = ? where cloud = ? and"
                                + " poll = ? and owner = ?",
                        Ids.time(at),
                        Ids.time(at),
                        cloud,
                        poll,
                        owner);
    }

    /** Gives a poll back; it is due again after a while. */
    public void done(
            String cloud, String poll, String owner, Duration again, @Nullable String trouble) {
        database.jdbc()
                .update(
                        "update metering_poll set leased_to = ?, trouble = ? where cloud = ? and"
                                + " poll = ? and owner = ?",
                        now().plus(again),
                        Ids.text(trouble, 1000),
                        cloud,
                        poll,
                        owner);
    }

    private OffsetDateTime now() {
        var now = database.jdbc().queryForObject("select current_timestamp", OffsetDateTime.class);
        if (now == null) {
            throw new IllegalStateException("The database does not know the time");
        }
        return now;
    }
}
