package dev.stackwright.database;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the embedded database is backed up; PostgreSQL has its own ways.
 *
 * @param backupFolder where backups of the embedded database go; none are made without it
 * @param backupEvery how old the newest backup may be
 * @param backupsKept how many of them are kept
 */
@ConfigurationProperties("stackwright.database")
public record DatabaseSettings(
        @Nullable Path backupFolder,
        @DefaultValue("24h") Duration backupEvery,
        @DefaultValue("7") int backupsKept) {

    public DatabaseSettings {
        if (backupFolder != null && backupFolder.toString().isBlank()) {
            backupFolder = null;
        }
        if (backupEvery.isNegative() || backupEvery.isZero() || backupsKept < 1) {
            throw new IllegalArgumentException(
                    "stackwright.database.backup-every is a length of time above zero, and"
                            + " stackwright.database.backups-kept at least 1");
        }
    }
}
