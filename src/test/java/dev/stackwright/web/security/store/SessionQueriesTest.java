package dev.stackwright.web.security.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

class SessionQueriesTest {

    private static DataSource database(String kind) {
        return kind.equals("H2") ? Databases.h2() : Databases.postgres();
    }

    private static JdbcIndexedSessionRepository sessions(DataSource database) {
        var sessions =
                new JdbcIndexedSessionRepository(
                        new JdbcTemplate(database),
                        new TransactionTemplate(new JdbcTransactionManager(database)));
        sessions.setTableName("web_session");
        SessionQueries.of(database).customize(sessions);
        sessions.afterPropertiesSet();
        return sessions;
    }

    private static <S extends Session> String begin(SessionRepository<S> sessions) {
        S session = sessions.createSession();
        session.setAttribute("who", "alice");
        sessions.save(session);
        return session.getId();
    }

    private static <S extends Session> void set(S session, SessionRepository<S> in, String value) {
        session.setAttribute("what", value);
        in.save(session);
    }

    private static <S extends Session> S found(SessionRepository<S> sessions, String id) {
        return Objects.requireNonNull(sessions.findById(id));
    }

    private static <S extends Session> String attribute(
            SessionRepository<S> sessions, String id, String name) {
        Session session = found(sessions, id);
        return String.valueOf(session.<Object>getAttribute(name));
    }

    private static <S extends Session> void writeTheSameAtOnce(
            SessionRepository<S> sessions, String id) {
        S one = found(sessions, id);
        S other = found(sessions, id);
        set(one, sessions, "first");
        set(other, sessions, "second");
        assertThat(attribute(sessions, id, "what")).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void aSessionOutlivesTheProcess(String kind) {
        var database = database(kind);
        var id = begin(sessions(database));

        assertThat(attribute(sessions(database), id, "who")).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void twoRequestsMayWriteTheSameAndTheLaterOneWins(String kind) {
        var sessions = sessions(database(kind));

        writeTheSameAtOnce(sessions, begin(sessions));
    }
}
