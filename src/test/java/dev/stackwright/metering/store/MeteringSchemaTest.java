package dev.stackwright.metering.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class MeteringSchemaTest {

    /**
     * Tables of figures may be spread over machines by project: all their keys begin with it. The
     * exceptions are turns and leases, which stay with the application's own tables.
     */
    @Test
    void everyKeyOfEveryTableOfFiguresBeginsWithTheProject() {
        var jdbc = new JdbcTemplate(Databases.postgres());

        var keys =
                jdbc.queryForList(
                        """
                        select t.relname || ': ' || a.attname
                        from pg_index i
                        join pg_class t on t.oid = i.indrelid
                        join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
                        where i.indisunique and (t.relname like 'metered\\_%' or t.relname like 'sample\\_%')
                        """,
                        String.class);

        assertThat(keys)
                .hasSizeGreaterThanOrEqualTo(7)
                .allMatch(key -> key.endsWith(": project_id"));
        assertThat(tables(jdbc)).containsExactlyInAnyOrder("metering_poll", "metering_slot");
    }

    private static List<@Nullable String> tables(JdbcTemplate jdbc) {
        return jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = 'public' and"
                        + " table_name like 'metering\\_%'",
                String.class);
    }
}
