package dev.stackwright.rating.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.rating.PriceVersion;
import dev.stackwright.rating.hashmap.Rule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Adds, reads and publishes versions of price books. */
@Repository
public class PriceStore {

    private static final TypeReference<List<Rule>> RULES = new TypeReference<>() {};
    private static final String COLUMNS =
            """
            select cloud, number, currency, valid_from, note, rules, revision, changed_by, changed_at
            from price_version
            """;

    private final JdbcClient jdbc;

    public PriceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<PriceVersion> all(CloudName cloud) {
        return jdbc.sql(COLUMNS + "where cloud = ? order by number desc")
                .param(cloud.value())
                .query(PriceStore::version)
                .list();
    }

    public Optional<PriceVersion> find(CloudName cloud, int number) {
        return jdbc.sql(COLUMNS + "where cloud = ? and number = ?")
                .params(cloud.value(), number)
                .query(PriceStore::version)
                .optional();
    }

    /** Adds a version under the next number. */
    public PriceVersion add(
            CloudName cloud,
            String currency,
            @Nullable Instant from,
            String note,
            List<Rule> rules,
            String by,
            Instant at) {
        while (true) {
            int number =
                    jdbc.sql(
                                    "select coalesce(max(number), 0) + 1 from price_version where"
                                            + " cloud = ?")
                            .param(cloud.value())
                            .query(Integer.class)
                            .single();
            try {
                jdbc.sql(
                                """
                                insert into price_version (cloud, number, currency, valid_from, note,
                                    rules, revision, changed_by, changed_at)
                                values (:cloud, :number, :currency, :from, :note, :rules, 1, :by, :at)
                                """)
                        .param("cloud", cloud.value())
                        .param("number", number)
                        .param("currency", currency)
                        .param("from", from == null ? null : utc(from))
                        .param("note", note)
                        .param("rules", text(rules))
                        .param("by", by)
                        .param("at", utc(at))
                        .update();
                return new PriceVersion(cloud, number, currency, from, note, rules, 1, by, at);
            } catch (DuplicateKeyException somebodyElseTookTheNumber) {
                continue;
            }
        }
    }

    /** Changes a draft that is still at the revision. */
    public boolean change(PriceVersion version, long revision, String by, Instant at) {
        return jdbc.sql(
                                """
                                update price_version set currency = :currency, note = :note,
                                    rules = :rules, revision = revision + 1, changed_by = :by,
                                    changed_at = :at
                                where cloud = :cloud and number = :number and revision = :revision
                                    and valid_from is null
                                """)
                        .param("currency", version.currency())
                        .param("note", version.note())
                        .param("rules", text(version.rules()))
                        .param("by", by)
                        .param("at", utc(at))
                        .param("cloud", version.cloud().value())
                        .param("number", version.number())
                        .param("revision", revision)
                        .update()
                == 1;
    }

    public boolean publish(
            CloudName cloud, int number, long revision, Instant from, String by, Instant at) {
        return jdbc.sql(
                                """
                                update price_version set valid_from = :from, revision = revision + 1,
                                    changed_by = :by, changed_at = :at
                                where cloud = :cloud and number = :number and revision = :revision
                                    and valid_from is null
                                """)
                        .param("from", utc(from))
                        .param("by", by)
                        .param("at", utc(at))
                        .param("cloud", cloud.value())
                        .param("number", number)
                        .param("revision", revision)
                        .update()
                == 1;
    }

    public boolean discard(CloudName cloud, int number) {
        return jdbc.sql(
                                "delete from price_version where cloud = ? and number = ? and"
                                        + " valid_from is null")
                        .params(cloud.value(), number)
                        .update()
                == 1;
    }

    private static String text(List<Rule> rules) {
        return JsonMapper.shared().writeValueAsString(rules);
    }

    private static PriceVersion version(ResultSet row, int index) throws SQLException {
        var from = row.getObject("valid_from", OffsetDateTime.class);
        return new PriceVersion(
                new CloudName(row.getString("cloud")),
                row.getInt("number"),
                row.getString("currency"),
                from == null ? null : from.toInstant(),
                row.getString("note"),
                JsonMapper.shared().readValue(row.getString("rules"), RULES),
                row.getLong("revision"),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
