package dev.stackwright.database;

import dev.stackwright.database.store.DeadConnections;
import dev.stackwright.database.store.SqlErrors;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Why the database does not do its part just now. The same thing asked later may well pass. */
public enum DatabaseTrouble {
    /** It does not answer, or has too much to do. */
    AWAY,
    /** It answers, but its disk has no space left for what is to be written. */
    FULL;

    private static final Duration LATELY = Duration.ofSeconds(15);

    /** What is wrong, when a failure is the database's; empty for a fault of anybody else. */
    public static Optional<DatabaseTrouble> of(Throwable failure) {
        boolean away = false;
        for (@Nullable Throwable each = failure; each != null; each = next(each)) {
            if (SqlErrors.isDiskFull(each)) {
                DeadConnections.foundTheDiskFull();
                return Optional.of(FULL);
            }
            away |= isPassing(each) || SqlErrors.isAway(each);
        }
        return away ? Optional.of(fullLately() ? FULL : AWAY) : Optional.empty();
    }

    /** A database that closed itself for want of space says only that it is closed. */
    static boolean fullLately() {
        return DeadConnections.foundTheDiskFullWithin(LATELY);
    }

    private static @Nullable Throwable next(Throwable failure) {
        var cause = failure.getCause();
        return cause == failure ? null : cause;
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransactionException;
    }
}
