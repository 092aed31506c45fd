package dev.stackwright.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stackwright.audit.AuditRecord;
import dev.stackwright.audit.store.AuditStore;
import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionRequest;
import dev.stackwright.execution.StepSpec;
import dev.stackwright.execution.store.Entry;
import dev.stackwright.execution.store.ExecutionStore;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Sample;
import dev.stackwright.metering.store.MeteringDatabase;
import dev.stackwright.metering.store.MeteringStore;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes journal lines, audit records and samples through the stores of the application, as fast as
 * it can and until somebody kills it, and prints the id of each once the store has said that it is
 * written.
 */
public final class Scribbler {

    private static final CloudName CLOUD = new CloudName("demo");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int WRITERS_OF_A_KIND = 2;

    /** How many writes may be under way, that is done and not yet printed, when it is killed. */
    static final int UNDER_WAY = 3 * WRITERS_OF_A_KIND;

    private final HikariDataSource pool;
    private final JdbcTemplate rows;

    private Scribbler(String url, String user) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        Pool.prepare(config);
        pool = new HikariDataSource(config);
        rows = new JdbcTemplate(pool);
    }

    public static void main(String[] words) throws InterruptedException {
        var scribbler = new Scribbler(words[0], words[1]);
        var threads = new Thread[UNDER_WAY];
        for (int i = 0; i < UNDER_WAY; i += 3) {
            threads[i] = Thread.ofPlatform().start(scribbler::journal);
            threads[i + 1] = Thread.ofPlatform().start(scribbler::audit);
            threads[i + 2] = Thread.ofPlatform().start(scribbler::meter);
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void acknowledged(String kind, String id) {
        PrintStream out = System.out;
        synchronized (out) {
            out.print(kind + " " + id + "\n");
            out.flush();
        }
    }

    private void journal() {
        var json = JsonMapper.builder().build();
        var store = new ExecutionStore(rows, new JdbcTransactionManager(pool), json);
        var step = new StepSpec("step", "none", json.createObjectNode(), Set.of(), false);
        var id = ExecutionId.random();
        store.insert(
                new ExecutionRequest(id, "scribble", "", List.of(step), NOON.plusSeconds(1)), NOON);
        var lease =
                store.claim(id.toString(), Set.of(), Duration.ofMinutes(1), 1000).stream()
                        .filter(each -> each.execution().equals(id))
                        .findFirst()
                        .orElseThrow();
        for (long revision = 0; ; revision++) {
            var name = UUID.randomUUID().toString();
            var line = new Entry.Line("step", Entry.Line.Kind.INTENT, name, "", NOON);
            store.record(lease, revision, Duration.ofMinutes(1), List.of(line), () -> {});
            acknowledged("journal", name);
        }
    }

    private void audit() {
        var store = new AuditStore(JdbcClient.create(rows));
        while (true) {
            var id = UUID.randomUUID();
            store.add(
                    new AuditRecord(
                            id,
                            NOON,
                            CLOUD,
                            new ProjectId("shop"),
                            new UserId("alice"),
                            "alice",
                            "server.reboot",
                            "server",
                            "1",
                            "web-1",
                            AuditRecord.Outcome.DONE,
                            null,
                            "",
                            ""));
            acknowledged("audit", id.toString());
        }
    }

    private void meter() {
        var store = new MeteringStore(new MeteringDatabase(pool));
        var meter = new Meter("volume.size", MeterType.GAUGE, "GB");
        while (true) {
            var id = UUID.randomUUID().toString();
            var origin = new Origin(id, "volume.exists", NOON, null, null, null);
            var sample =
                    new Sample(
                            CLOUD,
                            new ProjectId("shop"),
                            "alice",
                            id,
                            meter,
                            BigDecimal.ONE,
                            NOON,
                            origin,
                            Map.of());
            store.keep(List.of(sample), List.of());
            acknowledged("sample", id);
        }
    }
}
