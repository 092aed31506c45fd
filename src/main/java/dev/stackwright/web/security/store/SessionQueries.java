package dev.stackwright.web.security.store;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

/** Two requests of one session may write the same attribute at once; the later one wins. */
public final class SessionQueries {

    private static final String H2_PUT =
            """
            merge into %TABLE_NAME%_ATTRIBUTES a
            using (values (cast(? as char(36)), cast(? as varchar(200)), cast(? as bytea)))
                s (session_primary_id, attribute_name, attribute_bytes)
            on a.session_primary_id = s.session_primary_id and a.attribute_name = s.attribute_name
            when matched then update set attribute_bytes = s.attribute_bytes
            when not matched then
                insert (session_primary_id, attribute_name, attribute_bytes)
                values (s.session_primary_id, s.attribute_name, s.attribute_bytes)
            """;

    private SessionQueries() {}

    /** The customizer for the kind of database that this is. */
    public static SessionRepositoryCustomizer<JdbcIndexedSessionRepository> of(
            DataSource database) {
        return isPostgres(database)
                ? new PostgreSqlJdbcIndexedSessionRepositoryCustomizer()
                : repository -> repository.setCreateSessionAttributeQuery(H2_PUT);
    }

    private static boolean isPostgres(DataSource database) {
        try {
            return JdbcUtils.extractDatabaseMetaData(
                            database, metaData -> metaData.getDatabaseProductName())
                    .equals("PostgreSQL");
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The database does not say what it is", e);
        }
    }
}
