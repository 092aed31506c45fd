package dev.stackwright.web.security;

import dev.stackwright.access.AccessSettings;
import dev.stackwright.web.security.store.SessionQueries;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;

/** Sessions lie in the database, so that restarts and other replicas know them. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(tableName = "web_session")
class SessionConfiguration {

    @Bean
    CookieSerializer cookieSerializer() {
        return new HostCookie();
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionQueries(DataSource database) {
        return SessionQueries.of(database);
    }

    /** Every request asks this one; what lies in the database is behind it. */
    @Bean
    @Primary
    SteadySessions<?> steadySessions(JdbcIndexedSessionRepository sessions) {
        return new SteadySessions<>(sessions);
    }

    /**
     * A session that nobody signed in to is soon forgotten; {@code web.signin} gives one that
     * somebody did its full time.
     */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionLife(AccessSettings settings) {
        Duration anonymous = Duration.ofMinutes(30);
        return repository -> {
            repository.setDefaultMaxInactiveInterval(
                    anonymous.compareTo(settings.idle()) < 0 ? anonymous : settings.idle());
            // See SessionSweep.
            repository.setCleanupCron(ScheduledTaskRegistrar.CRON_DISABLED);
        };
    }
}
