package dev.stackwright.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.database.store.EmbeddedBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class BackupsTest {

    private final MovableClock clock = MovableClock.at("2026-11-22T03:00:00Z");
    private final JdbcTemplate database = new JdbcTemplate(Databases.h2());

    @TempDir Path folder;

    @Test
    void aBackupIsADatabaseThatOpens() throws Exception {
        var written = new dev.stackwright.database.store.HealthProbe(JdbcClient.create(database));
        written.write(Instant.parse("2026-11-22T02:00:00Z"));

        var file = backups(7).makeWhenDue(folder.resolve("backups")).orElseThrow();
        written.write(Instant.parse("2026-11-22T04:00:00Z"));

        try (var zip = new ZipFile(file.toFile())) {
            var entry = zip.entries().nextElement();
            try (var in = zip.getInputStream(entry)) {
                Files.copy(in, folder.resolve("restored.mv.db"));
            }
        }
        var restored =
                new JdbcTemplate(
                        new DriverManagerDataSource(
                                "jdbc:h2:async:" + folder.resolve("restored"), "sa", ""));
        assertThat(
                        restored.queryForObject(
                                "select extract(hour from written_at at time zone 'UTC') from"
                                        + " health_probe",
                                Integer.class))
                .isEqualTo(2);
    }

    @Test
    void makesOneWhenTheLastIsOldEnoughAndKeepsTheNewest() throws Exception {
        var backups = backups(2);
        assertThat(backups.makeWhenDue(folder)).isPresent();
        clock.advance(Duration.ofHours(23));
        assertThat(backups.makeWhenDue(folder)).isEmpty();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofHours(25));
            assertThat(backups.makeWhenDue(folder)).isPresent();
        }

        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "stackwright-20261125T040000Z.zip", "stackwright-20261126T050000Z.zip");
        }
    }

    @Test
    void leavesPostgreSqlToItsOwnTools() {
        assertThat(new EmbeddedBackup(new JdbcTemplate(Databases.postgres())).isPossible())
                .isFalse();
        assertThat(new EmbeddedBackup(database).isPossible()).isTrue();
    }

    private Backups backups(int kept) {
        return new Backups(
                new DatabaseSettings(folder, Duration.ofHours(24), kept),
                new EmbeddedBackup(database),
                clock);
    }
}
