package dev.stackwright.web.setup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stackwright.Databases;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.env.MockEnvironment;

/** What an administrator reads when the database is not as it should be at start. */
class StartProblemsTest {

    @TempDir Path folder;

    @Test
    void aDatabaseThatDoesNotExistIsNamedWithoutThePassword() {
        var url = Databases.postgresUrl().replaceFirst("/test_\\d+", "/nowhere");

        var said = opening(url + (url.contains("?") ? "&" : "?") + "password=hunter2");

        assertThat(said.getDescription())
                .startsWith("There is no such database")
                .endsWith("/nowhere");
        assertThat(said.getDescription() + said.getAction()).doesNotContain("hunter2");
        assertThat(said.getAction()).contains("Create it");
    }

    @Test
    void aServerThatDoesNotListenIsSaidSo() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        var said = opening("jdbc:postgresql://127.0.0.1:" + port + "/stackwright");

        assertThat(said.getDescription()).startsWith("The database does not answer at");
    }

    @Test
    void aFileThatAnotherProcessHasOpenIsNotTakenForBroken() throws Exception {
        var file = folder.resolve("stackwright.mv.db");
        var url = "jdbc:h2:async:" + folder.resolve("stackwright") + ";WRITE_DELAY=0";
        DriverManager.getConnection(url, "sa", "").close();

        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = Objects.requireNonNull(channel.tryLock())) {
            var said = opening(url);

            assertThat(lock.isValid()).isTrue();
            assertThat(said.getDescription()).contains("in use by another process");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsKeptAndTheBackupIsPointedAt() throws Exception {
        Files.writeString(folder.resolve("stackwright.mv.db"), "x".repeat(20_000));

        var said = opening("jdbc:h2:async:" + folder.resolve("stackwright"));

        assertThat(said.getDescription()).contains("cannot be read");
        assertThat(said.getAction()).contains("restore the latest backup");
        assertThat(folder.resolve("stackwright.mv.db")).hasContent("x".repeat(20_000));
    }

    @Test
    void tablesOfANewerReleaseAreNotTouched() {
        var file = "jdbc:h2:async:" + folder.resolve("stackwright");
        starting(file)
                .run(first ->
                        first.getBean(JdbcTemplate.class)
                                .update(
                                        """
                                        insert into "flyway_schema_history"
                                        select 9999, '9999', 'later', "type", 'V9999__later.sql', 1,
                                            "installed_by", "installed_on", 1, true
                                        from "flyway_schema_history" where "installed_rank" = 1
                                        """));

        starting(file)
                .run(second -> {
                    var refused =
                            Objects.requireNonNull(
                                    NestedExceptionUtils.getRootCause(
                                            Objects.requireNonNull(second.getStartupFailure())));
                    var said =
                            Objects.requireNonNull(new MigrationProblemAnalyzer().analyze(refused));

                    assertThat(said.getDescription())
                            .contains("another release of Stackwright")
                            .contains("9999");
                    assertThat(said.getAction()).contains("restore the backup");
                });
    }

    /** Only the database, with the settings that the application has. */
    private static ApplicationContextRunner starting(String url) {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(
                        AutoConfigurations.of(
                                DataSourceAutoConfiguration.class,
                                JdbcTemplateAutoConfiguration.class,
                                FlywayAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=" + url);
    }

    private static FailureAnalysis opening(String url) {
        var refused =
                catchThrowableOfType(
                        SQLException.class,
                        () -> DriverManager.getConnection(url, "sa", "").close());
        var environment = new MockEnvironment().withProperty("spring.datasource.url", url);
        return Objects.requireNonNull(
                new DatabaseProblemAnalyzer(environment)
                        .analyze(new IllegalStateException("wrapped", refused)));
    }
}
