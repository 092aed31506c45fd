package dev.stackwright.stack.store;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.Draft;
import dev.stackwright.stack.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Drafts as rows, sealed as a whole; those that nobody has touched for long are thrown away. */
public final class DraftStore implements Drafts {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final String NEW = "new";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final UnaryOperator<String> seal;
    private final UnaryOperator<String> open;

    public DraftStore(
            JdbcTemplate rows,
            JsonMapper json,
            UnaryOperator<String> seal,
            UnaryOperator<String> open) {
        this.jdbc = JdbcClient.create(rows);
        this.json = json;
        this.seal = seal;
        this.open = open;
    }

    /** Drafts that were kept by earlier releases have no files. */
    private record Content(
            String name,
            String template,
            String environment,
            @Nullable Map<String, String> files,
            Map<String, String> parameters) {}

    @Override
    public Optional<Draft> find(Viewer viewer, @Nullable UUID stack) {
        return of(
                        jdbc.sql(
                                """
                                select * from stack_draft
                                where cloud = :cloud and project = :project and person = :person
                                  and target = :target
                                """),
                        viewer,
                        stack)
                .query((row, _) ->
                        draft(
                                open.apply(row.getString("content")),
                                row.getInt("base_version"),
                                row.getObject("saved_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private Draft draft(String content, int version, Instant at) {
        var kept = json.readValue(content, Content.class);
        return new Draft(
                kept.name(),
                kept.template(),
                kept.environment(),
                kept.files() == null ? Map.of() : kept.files(),
                kept.parameters(),
                version,
                at);
    }

    @Override
    public void keep(Viewer viewer, @Nullable UUID stack, Draft draft) {
        var content =
                seal.apply(
                        json.writeValueAsString(
                                new Content(
                                        draft.name(),
                                        draft.template(),
                                        draft.environment(),
                                        draft.files(),
                                        draft.parameters())));
        jdbc.sql("delete from stack_draft where saved_at < :long")
                .param("long", utc(draft.savedAt().minus(KEPT)))
                .update();
        if (update(viewer, stack, draft, content) == 0) {
            try {
                insert(viewer, stack, draft, content);
            } catch (DuplicateKeyException justNow) {
                update(viewer, stack, draft, content);
            }
        }
    }

    private int update(Viewer viewer, @Nullable UUID stack, Draft draft, String content) {
        return with(
                        jdbc.sql(
                                """
                                update stack_draft set content = :content, base_version = :version,
                                    saved_at = :at
                                where cloud = :cloud and project = :project and person = :person
                                  and target = :target
                                """),
                        draft,
                        content,
                        viewer,
                        stack)
                .update();
    }

    private void insert(Viewer viewer, @Nullable UUID stack, Draft draft, String content) {
        with(
                        jdbc.sql(
                                """
                                insert into stack_draft (cloud, project, person, target, content,
                                    base_version, saved_at)
                                values (:cloud, :project, :person, :target, :content, :version, :at)
                                """),
                        draft,
                        content,
                        viewer,
                        stack)
                .update();
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec statement,
            Draft draft,
            String content,
            Viewer viewer,
            @Nullable UUID stack) {
        return of(statement, viewer, stack)
                .param("content", content)
                .param("version", draft.baseVersion())
                .param("at", utc(draft.savedAt()));
    }

    @Override
    public boolean discard(Viewer viewer, @Nullable UUID stack) {
        return of(
                                jdbc.sql(
                                        """
                                        delete from stack_draft
                                        where cloud = :cloud and project = :project and person = :person
                                          and target = :target
                                        """),
                                viewer,
                                stack)
                        .update()
                > 0;
    }

    private static JdbcClient.StatementSpec of(
            JdbcClient.StatementSpec statement, Viewer viewer, @Nullable UUID stack) {
        return statement
                .param("cloud", viewer.cloud().value())
                .param("project", viewer.project().value())
                .param("person", viewer.user().value())
                .param("target", stack == null ? NEW : stack.toString());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
