package dev.stackwright.database;

import dev.stackwright.database.store.EmbeddedBackup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Backs the embedded database up while it runs: nobody else can, because its file belongs to this
 * process alone.
 */
@Component
class Backups implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'stackwright-'yyyyMMdd'T'HHmmss'Z.zip'")
                    .withZone(ZoneOffset.UTC);

    private final DatabaseSettings settings;
    private final EmbeddedBackup backup;
    private final Clock clock;
    private volatile @Nullable Thread thread;

    Backups(DatabaseSettings settings, EmbeddedBackup backup, Clock clock) {
        this.settings = settings;
        this.backup = backup;
        this.clock = clock;
    }

    @Override
    public void start() {
        var folder = settings.backupFolder();
        if (folder == null) {
            return;
        }
        if (!backup.isPossible()) {
            LOG.warn(
                    "stackwright.database.backup-folder is for the embedded database; back"
                            + " PostgreSQL up with pg_dump");
            return;
        }
        thread = Thread.ofVirtual().name("backups").start(() -> run(folder));
    }

    private void run(Path folder) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                makeWhenDue(folder);
            } catch (IOException | RuntimeException e) {
                LOG.error(
                        "No backup could be made in {}; it is tried again in a minute", folder, e);
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** The backup that was made, if one was due. */
    Optional<Path> makeWhenDue(Path folder) throws IOException {
        Files.createDirectories(folder);
        var made = made(folder);
        var now = clock.instant();
        if (!made.isEmpty()
                && timeOf(made.getLast())
                        .map(last -> now.isBefore(last.plus(settings.backupEvery())))
                        .orElse(false)) {
            return Optional.empty();
        }
        var file = folder.resolve(NAME.format(now));
        var part = folder.resolve("unfinished.zip");
        Files.deleteIfExists(part);
        backup.to(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("The database is backed up in {}", file);
        var all = made(folder);
        for (var old : all.subList(0, Math.max(0, all.size() - settings.backupsKept()))) {
            Files.delete(old);
        }
        return Optional.of(file);
    }

    /** Oldest first; what has another name is somebody else's. */
    private static List<Path> made(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> timeOf(file).isPresent()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Instant> timeOf(Path file) {
        try {
            return Optional.of(NAME.parse(file.getFileName().toString(), Instant::from));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
