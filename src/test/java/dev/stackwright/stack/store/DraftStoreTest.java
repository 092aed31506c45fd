package dev.stackwright.stack.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.Draft;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

class DraftStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID STACK = UUID.randomUUID();

    private final Viewer alice = viewer("alice", "shop");

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void eachPersonHasADraftOfTheirOwnForEachStackByteForByte(String kind) {
        var rows = new JdbcTemplate(kind.equals("h2") ? Databases.h2() : Databases.postgres());
        var drafts =
                new DraftStore(
                        rows,
                        new JsonMapper(),
                        text -> new StringBuilder(text).reverse().toString(),
                        text -> new StringBuilder(text).reverse().toString());
        var fresh = draft("a: 1\r\n# \u00e4 \uD83D\uDE80\n\tb\r", NOON);
        var change = draft("c: 2\n", NOON);

        drafts.keep(alice, null, draft("first try", NOON.minusSeconds(9)));
        drafts.keep(alice, null, fresh);
        drafts.keep(alice, STACK, change);

        assertThat(drafts.find(alice, null)).contains(fresh);
        assertThat(drafts.find(alice, STACK)).contains(change);
        assertThat(drafts.find(viewer("bob", "shop"), null)).isEmpty();
        assertThat(drafts.find(viewer("alice", "lab"), null)).isEmpty();
        assertThat(rows.queryForList("select content from stack_draft", String.class))
                .noneMatch(content -> content.contains("a: 1"));
        assertThat(drafts.discard(alice, null)).isTrue();
        assertThat(drafts.discard(alice, null)).isFalse();
        assertThat(drafts.find(alice, STACK)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void whatNobodyTouchedForMonthsIsThrownAway(String kind) {
        var rows = new JdbcTemplate(kind.equals("h2") ? Databases.h2() : Databases.postgres());
        var drafts = new DraftStore(rows, new JsonMapper(), text -> text, text -> text);
        drafts.keep(alice, STACK, draft("old", NOON.minusSeconds(100L * 24 * 3600)));

        drafts.keep(alice, null, draft("new", NOON));

        assertThat(drafts.find(alice, STACK)).isEmpty();
        assertThat(drafts.find(alice, null)).isPresent();
    }

    private static Draft draft(String text, Instant at) {
        return new Draft(
                "shop-web",
                text,
                "parameters: {}\n",
                Map.of("a.yaml", "x"),
                Map.of("size", "1"),
                3,
                at);
    }

    private static Viewer viewer(String user, String project) {
        return new Viewer(
                new CloudName("demo"),
                new ProjectId(project),
                new UserId(user),
                Set.of("member"),
                false);
    }
}
