package dev.stackwright.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.OutsideCloud;
import dev.stackwright.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The present version on what a release left behind: {@code src/test/resources/upgrade/0.1} holds
 * the database of a Stackwright 0.1 with two stacks, on both kinds of database, and its keys.
 */
class UpgradeTest {

    private static final String FIXTURE = "/upgrade/0.1/";

    @TempDir Path folder;

    @Test
    void takesOverWhatTheLastReleaseKeptInH2() throws Exception {
        var url = "jdbc:h2:async:" + folder.resolve("db") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        var dump = folder.resolve("dump.sql");
        Files.writeString(dump, text("h2.sql.gz"));
        try (var connection = DriverManager.getConnection(url, "", "");
                var statement = connection.createStatement()) {
            statement.execute("runscript from '" + dump + "'");
        }
        everythingIsThere(url, "h2");
    }

    @Test
    void takesOverWhatTheLastReleaseKeptInPostgreSql() throws Exception {
        try (var postgres = new TestPostgres()) {
            var url = postgres.create("upgraded");
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute(
                        text("postgresql.sql.gz")
                                .lines()
                                .filter(line -> !line.startsWith("\\"))
                                .collect(Collectors.joining("\n")));
            }
            everythingIsThere(url, "postgresql");
        }
    }

    private void everythingIsThere(String url, String kind) throws Exception {
        var keys = folder.resolve("vault.keys");
        try (var in = resource(kind + ".keys")) {
            Files.copy(in, keys);
        }
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        try (var cloud = new OutsideCloud(folder);
                var app =
                        App.fresh(
                                cloud.and(
                                        "--spring.datasource.url=" + url,
                                        "--stackwright.access.key-file=" + keys))) {
            var alice = new Client(app.url());
            assertThat(alice.signIn("alice", "demo").status()).isIn(302, 303);
            var shop = cloud.project("shop");
            var list = alice.get(shop + "/stacks");
            assertThat(list.status()).isEqualTo(200);
            var kept =
                    list.page().select("main a[href*=/stacks/]").stream()
                            .filter(link -> link.text().equals("kept"))
                            .findFirst()
                            .orElseThrow()
                            .attr("href");
            var stack = alice.get(kept);
            assertThat(stack.status()).isEqualTo(200);
            assertThat(stack.body()).contains("server", "volume", "subnet");
            var edit = alice.get(kept + "/edit");
            assertThat(edit.status()).isEqualTo(200);
            // The environment is sealed: the keys of then still open it.
            assertThat(edit.body())
                    .contains("This remark has been here since 0.1.", "a word of 0.1");
            var usage = alice.get(shop + "/usage");
            assertThat(usage.status()).isEqualTo(200);
            var audit = alice.get(shop + "/audit");
            assertThat(audit.status()).isEqualTo(200);
            assertThat(audit.body()).contains("kept");
            assertThat(new Client(app.url()).get("/actuator/health").status()).isEqualTo(200);
        }
    }

    private static String text(String name) throws IOException {
        try (var in = new GZIPInputStream(resource(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(UpgradeTest.class.getResourceAsStream(FIXTURE + name), name);
    }
}
