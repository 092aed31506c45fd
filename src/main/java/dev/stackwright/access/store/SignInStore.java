package dev.stackwright.access.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes sign-ins. */
@Repository
public class SignInStore {

    private final JdbcClient jdbc;

    public SignInStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    public void add(StoredSignIn signIn, Instant checkAt) {
        jdbc.sql(
                        """
                        insert into sign_in (id, cloud, user_id, user_name, domain_name, token,
                            signed_in_at, ends_at, seen_at, checked_at, check_at)
                        values (:id, :cloud, :user, :name, :domain, :token,
                            :signedIn, :ends, :seen, :checked, :checkAt)
                        """)
                .param("id", signIn.id())
                .param("cloud", signIn.cloud().value())
                .param("user", signIn.user().value())
                .param("name", signIn.name())
                .param("domain", signIn.domain())
                .param("token", signIn.token())
                .param("signedIn", utc(signIn.signedIn()))
                .param("ends", utc(signIn.ends()))
                .param("seen", utc(signIn.seen()))
                .param("checked", utc(signIn.checked()))
                .param("checkAt", utc(checkAt))
                .update();
        signIn.projects().forEach(project -> add(signIn.id(), project));
    }

    public Optional<StoredSignIn> find(UUID id) {
        List<StoredSignIn> rows =
                jdbc.sql(
                                """
                                select s.id, s.cloud, s.user_id, s.user_name, s.domain_name, s.token,
                                    s.signed_in_at, s.ends_at, s.seen_at, s.checked_at,
                                    p.project_id, p.project_name, p.roles, p.token as project_token
                                from sign_in s left join sign_in_project p on p.sign_in = s.id
                                where s.id = :id
                                order by lower(p.project_name), p.project_id
                                """)
                        .param("id", id)
                        .query(SignInStore::together);
        return rows.stream().findFirst();
    }

    private static List<StoredSignIn> together(ResultSet rows) throws SQLException {
        List<StoredProject> projects = new ArrayList<>();
        List<StoredSignIn> found = new ArrayList<>(1);
        while (rows.next()) {
            if (rows.getString("project_id") != null) {
                projects.add(
                        new StoredProject(
                                new ProjectId(rows.getString("project_id")),
                                rows.getString("project_name"),
                                roles(rows.getString("roles")),
                                rows.getString("project_token")));
            }
            if (found.isEmpty()) {
                found.add(
                        new StoredSignIn(
                                rows.getObject("id", UUID.class),
                                new CloudName(rows.getString("cloud")),
                                new UserId(rows.getString("user_id")),
                                rows.getString("user_name"),
                                rows.getString("domain_name"),
                                rows.getString("token"),
                                instant(rows, "signed_in_at"),
                                instant(rows, "ends_at"),
                                instant(rows, "seen_at"),
                                instant(rows, "checked_at"),
                                List.of()));
            }
        }
        return found.stream().map(s -> with(s, projects)).toList();
    }

    private static StoredSignIn with(StoredSignIn s, List<StoredProject> projects) {
        return new StoredSignIn(
                s.id(),
                s.cloud(),
                s.user(),
                s.name(),
                s.domain(),
                s.token(),
                s.signedIn(),
                s.ends(),
                s.seen(),
                s.checked(),
                projects);
    }

    public void seen(UUID id, Instant now) {
        jdbc.sql("update sign_in set seen_at = :now where id = :id")
                .param("now", utc(now))
                .param("id", id)
                .update();
    }

    /** A project was entered: its token and roles. */
    public void enter(UUID id, StoredProject project) {
        jdbc.sql(
                        """
                        update sign_in_project set token = :token, roles = :roles
                        where sign_in = :id and project_id = :project
                        """)
                .param("token", project.token())
                .param("roles", text(project.roles()))
                .param("id", id)
                .param("project", project.project().value())
                .update();
    }

    /** The roles were checked: these are the projects now. */
    @Transactional
    public void checked(UUID id, List<StoredProject> projects, Instant now) {
        int changed =
                jdbc.sql("update sign_in set checked_at = :now where id = :id")
                        .param("now", utc(now))
                        .param("id", id)
                        .update();
        if (changed == 0) {
            return;
        }
        jdbc.sql("delete from sign_in_project where sign_in = :id").param("id", id).update();
        projects.forEach(project -> add(id, project));
    }

    /**
     * Takes the sign-ins whose roles are due for a check, at most {@code limit}; nobody else gets
     * them before {@code next}.
     */
    public List<UUID> takeDue(Instant now, Instant next, int limit) {
        return jdbc
                .sql(
                        """
                        select id, check_at from sign_in where check_at <= :now
                        order by check_at fetch first :limit rows only
                        """)
                .param("now", utc(now))
                .param("limit", limit)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .stream()
                .filter(id -> take(id, now, next))
                .toList();
    }

    private boolean take(UUID id, Instant now, Instant next) {
        return jdbc.sql(
                                """
                                update sign_in set check_at = :next
                                where id = :id and check_at <= :now
                                """)
                        .param("next", utc(next))
                        .param("id", id)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    public void remove(UUID id) {
        jdbc.sql("delete from sign_in where id = :id").param("id", id).update();
    }

    /** Those that ended by themselves. */
    public List<UUID> ended(Instant now, Instant seenBefore, Instant checkedBefore) {
        return jdbc.sql(
                        """
                        select id from sign_in
                        where ends_at <= :now or seen_at <= :seen or checked_at <= :checked
                        """)
                .param("now", utc(now))
                .param("seen", utc(seenBefore))
                .param("checked", utc(checkedBefore))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    private void add(UUID id, StoredProject project) {
        jdbc.sql(
                        """
                        insert into sign_in_project (sign_in, project_id, project_name, roles, token)
                        values (:id, :project, :name, :roles, :token)
                        """)
                .param("id", id)
                .param("project", project.project().value())
                .param("name", project.name())
                .param("roles", text(project.roles()))
                .param("token", project.token())
                .update();
    }

    private static String text(Set<String> roles) {
        return String.join("\n", new TreeSet<>(roles));
    }

    private static Set<String> roles(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split("\n"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
