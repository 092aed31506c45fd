package dev.stackwright.database.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** What H2 and PostgreSQL say when it is not the statement that is wrong. */
public final class SqlErrors {

    /** How the systems that databases run on say it; H2 hands it through. */
    private static final List<String> NO_SPACE =
            List.of(
                    "No space left on device",
                    "Disk quota exceeded",
                    "There is not enough space on the disk");

    private static final String POSTGRESQL_DISK_FULL = "53100";

    private SqlErrors() {}

    /** Whether exactly this says that the disk is full; its causes are for the caller to walk. */
    public static boolean isDiskFull(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return failure instanceof SQLException sql && POSTGRESQL_DISK_FULL.equals(sql.getSQLState())
                || NO_SPACE.stream().anyMatch(message::contains);
    }

    /** Whether exactly this says that the database cannot be used now. */
    public static boolean isAway(Throwable failure) {
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof MVStoreException
                || failure instanceof SQLException sql && isAway(sql.getSQLState());
    }

    /** Classes 08 (connection), 53 (resources), 57P (told to go), 58 (the system beneath it). */
    private static boolean isAway(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P")
                        || state.startsWith("58"));
    }
}
