package dev.stackwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.audit.AuditRecord.Outcome;
import dev.stackwright.audit.store.AuditStore;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditLogTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T03:00:00Z");
    private static final CloudName CLOUD = new CloudName("demo");

    static Stream<DataSource> databases() {
        return Stream.of(Databases.h2(), Databases.postgres());
    }

    private static AuditRecord record(int second, String project, String name, String action) {
        return new AuditRecord(
                UUID.randomUUID(),
                BEGIN.plusSeconds(second),
                CLOUD,
                new ProjectId(project),
                new UserId("u1"),
                "alice",
                action,
                "server",
                "id-" + second,
                name,
                Outcome.DONE,
                null,
                "",
                "");
    }

    private static Viewer viewer(String project) {
        return new Viewer(CLOUD, new ProjectId(project), new UserId("u1"), Set.of("reader"), false);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void leafsThroughAllRecordsForthAndBackWithoutLosingOne(DataSource database) {
        var log = new AuditLog(new AuditStore(JdbcClient.create(database)));
        for (int i = 0; i < 25; i++) {
            log.record(record(i / 2, "shop", "web-" + i, "server.start"));
            log.record(record(i, "lab", "other", "server.start"));
        }

        List<UUID> forth = new ArrayList<>();
        List<AuditPage> pages = new ArrayList<>();
        String cursor = null;
        do {
            var page = log.list(viewer("shop"), AuditQuery.LATEST.withSize(10).withCursor(cursor));
            page.rows().forEach(r -> forth.add(r.id()));
            pages.add(page);
            cursor = page.next();
        } while (cursor != null);

        assertThat(forth).hasSize(25).doesNotHaveDuplicates();
        assertThat(pages).hasSize(3);
        assertThat(pages.getFirst().previous()).isNull();
        var back =
                log.list(
                        viewer("shop"),
                        AuditQuery.LATEST.withSize(10).withCursor(pages.get(1).previous()));
        assertThat(back.rows()).isEqualTo(pages.getFirst().rows());
        assertThat(back.previous()).isNull();
        assertThat(back.next()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void filtersByPersonThingAndActionAndTakesWildcardsAsText(DataSource database) {
        var log = new AuditLog(new AuditStore(JdbcClient.create(database)));
        log.record(record(1, "shop", "Web_1", "server.start"));
        log.record(record(2, "shop", "webx1", "stack.create"));

        assertThat(names(log, "web_1", "")).containsExactly("Web_1");
        assertThat(names(log, "id-2", "")).containsExactly("webx1");
        assertThat(names(log, "ALICE", "server.")).containsExactly("Web_1");
        assertThat(names(log, "%", "")).isEmpty();
    }

    private static List<String> names(AuditLog log, String text, String action) {
        return log
                .list(viewer("shop"), new AuditQuery(text, action, null, null, "nonsense", 50))
                .rows()
                .stream()
                .map(AuditRecord::objectName)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void keepsWhatEverAnythingIsCalled(DataSource database) {
        var log = new AuditLog(new AuditStore(JdbcClient.create(database)));

        log.record(record(1, "shop", "a\0b" + "😀".repeat(255), "server.start"));

        var kept = log.list(viewer("shop"), AuditQuery.LATEST).rows().getFirst().objectName();
        assertThat(kept).startsWith("a\ufffdb😀").hasSizeLessThanOrEqualTo(255);
    }
}
