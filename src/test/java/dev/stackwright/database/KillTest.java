package dev.stackwright.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A process that writes is killed (SIGKILL) at moments that nobody chose; whatever it was told is
 * written must be there afterwards, once. {@code -Dstackwright.kill.rounds=100} goes on for longer.
 */
class KillTest {

    private static final int ROUNDS = Integer.getInteger("stackwright.kill.rounds", 3);

    /** Where each kind of row is found by the id that was acknowledged. */
    private static final String EVERYTHING =
            """
            select 'journal ' || change_name from journal
            union all select 'audit ' || cast(id as varchar(36)) from audit_record
            union all select 'sample ' || resource_id from metered_series
            union all select 'sample ' || s.resource_id from sample_hot h
                join metered_series s on s.project_id = h.project_id and s.series_id = h.series_id
            """;

    private final Random chance = new Random(4711);
    private final Set<String> acknowledged = new HashSet<>();
    private int killed;

    @TempDir Path folder;

    @Test
    void everyAcknowledgedRowIsThereOnceOnH2() throws Exception {
        var url = "jdbc:h2:async:" + folder.resolve("db") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        Databases.migrate(url, "sa");

        for (int round = 0; round < ROUNDS; round++) {
            writeAndDie(url, "sa");
            count(url, "sa");
        }
    }

    @Test
    void everyAcknowledgedRowIsThereOnceOnPostgreSql() throws Exception {
        try (var server = new TestPostgres()) {
            var url = server.create("killed");
            Databases.migrate(url, "postgres");

            for (int round = 0; round < ROUNDS; round++) {
                writeAndDie(url, "postgres");
                count(url, "postgres");
            }
        }
    }

    @Test
    void everyAcknowledgedRowIsThereOnceWhenPostgreSqlItselfIsKilled() throws Exception {
        try (var server = new TestPostgres()) {
            var url = server.create("killed");
            Databases.migrate(url, "postgres");

            for (int round = 0; round < Math.max(1, ROUNDS / 2); round++) {
                write(url, "postgres", server::crash);
                server.start();
                count(url, "postgres");
            }
        }
    }

    private void writeAndDie(String url, String user) throws Exception {
        write(url, user, () -> {});
    }

    /** Writes for a moment; then the given happens, and the writer dies. */
    private void write(String url, String user, Runnable accident) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Scribbler.class.getName(),
                                url,
                                user)
                        .redirectError(folder.resolve("errors").toFile())
                        .start();
        var lines = new ArrayList<String>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            readUntilItIsTime(out, lines);
            accident.run();
            // Process.destroyForcibly would close what is still to be read.
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            killed++;
            out.lines().forEach(lines::add);
        } finally {
            process.destroyForcibly();
        }
        // The last line may be cut; only whole ones were acknowledged.
        lines.stream().filter(KillTest::isWhole).forEach(acknowledged::add);
    }

    private void readUntilItIsTime(BufferedReader out, List<String> lines) throws IOException {
        int enough = 50 + chance.nextInt(700);
        String line;
        while (lines.size() < enough && (line = out.readLine()) != null) {
            if (isWhole(line)) {
                lines.add(line);
            }
        }
        assertThat(lines).as("what was written before it died").hasSizeGreaterThanOrEqualTo(enough);
    }

    private static boolean isWhole(String line) {
        return line.matches("(journal|audit|sample) [0-9a-f-]{36}");
    }

    private void count(String url, String user) {
        var found =
                new JdbcTemplate(new DriverManagerDataSource(url, user, ""))
                        .queryForList(EVERYTHING, String.class);
        var counts = new java.util.HashMap<String, Integer>();
        found.forEach(row -> counts.merge(row, 1, Integer::sum));

        for (var row : acknowledged) {
            // A sample is found as its series and as itself.
            assertThat(counts.getOrDefault(row, 0))
                    .as(row)
                    .isEqualTo(row.startsWith("sample ") ? 2 : 1);
        }
        assertThat(counts.size() - acknowledged.size())
                .as("rows that nobody was told of")
                .isBetween(0, killed * Scribbler.UNDER_WAY);
        System.out.printf(
                "%d kills: %d acknowledged rows are all there, and %d that were under way%n",
                killed, acknowledged.size(), counts.size() - acknowledged.size());
    }
}
