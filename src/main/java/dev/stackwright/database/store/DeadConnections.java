package dev.stackwright.database.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which connections the pool throws away at once. H2 closes its file when a write fails, and leaves
 * the connections to it open for ever: they even call themselves valid.
 */
public final class DeadConnections implements SQLExceptionOverride {

    private static volatile long lastFull;
    private static volatile boolean everFull;

    /** Whether a disk was full for some statement lately, whichever that was. */
    public static boolean foundTheDiskFullWithin(Duration lately) {
        return everFull && System.nanoTime() - lastFull < lately.toNanos();
    }

    /** Remembers it, for those who will only see that the database is away. */
    public static void foundTheDiskFull() {
        lastFull = System.nanoTime();
        everFull = true;
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        boolean dead = false;
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (SqlErrors.isDiskFull(each)) {
                foundTheDiskFull();
            }
            dead |= SqlErrors.isAway(each);
        }
        return dead ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
