package dev.stackwright.metering.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.StackOf;
import dev.stackwright.metering.rollup.HourRollup;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as records, and records as rows. */
final class Rows {

    static final String FACTS =
            "select project_id, cloud, resource_id, origin_id, what, kind, ts, owner_id, state,"
                    + " vcpus, ram_mb, disk_gb, gb, sold_as, since_ts, name from metered_fact ";
    static final String INTERVALS =
            "select project_id, cloud, resource_id, from_ts, to_ts, kind, state, vcpus, ram_mb,"
                    + " disk_gb, gb, sold_as, estimated from metered_interval ";
    static final String RESOURCES =
            "select project_id, cloud, resource_id, kind, name, name_at, user_id, stack_id,"
                    + " stack_name, first_seen, last_seen, ended_at from metered_resource ";

    private Rows() {}

    static Fact fact(ResultSet row) throws SQLException {
        var at = instant(row, "ts");
        var origin = row.getString("origin_id");
        var owner = row.getString("owner_id");
        return new Fact(
                new CloudName(row.getString("cloud")),
                owner == null ? null : new ProjectId(owner),
                row.getString("resource_id"),
                ResourceKind.valueOf(row.getString("kind")),
                Fact.What.valueOf(row.getString("what")),
                at,
                row.getString("state"),
                row.getBigDecimal("vcpus") == null ? null : size(row),
                instantOrNull(row, "since_ts"),
                row.getString("name"),
                new Origin(origin, "", at, null, null, null));
    }

    static @Nullable Object[] row(Fact fact) {
        var size = fact.size();
        return new @Nullable Object[] {
            Ids.project(fact.project()),
            fact.cloud().value(),
            Ids.text(fact.resource(), 255),
            Ids.origin(fact.origin().messageId()),
            fact.what().name(),
            fact.kind().name(),
            Ids.time(fact.at()),
            fact.project() == null ? null : fact.project().value(),
            Ids.text(fact.state(), 64),
            size == null ? null : size.vcpus(),
            size == null ? null : size.ramMb(),
            size == null ? null : size.diskGb(),
            size == null ? null : size.gb(),
            size == null || size.type().isEmpty() ? null : Ids.text(size.type(), 255),
            Ids.timeOrNull(fact.since()),
            Ids.text(fact.name(), 1024)
        };
    }

    static Interval interval(ResultSet row) throws SQLException {
        var to = instant(row, "to_ts");
        return new Interval(
                new CloudName(row.getString("cloud")),
                new ProjectId(row.getString("project_id")),
                row.getString("resource_id"),
                ResourceKind.valueOf(row.getString("kind")),
                instant(row, "from_ts"),
                to.equals(Ids.FOREVER) ? null : to,
                row.getString("state"),
                size(row),
                row.getBoolean("estimated"));
    }

    static @Nullable Object[] row(Interval interval) {
        return new @Nullable Object[] {
            interval.project().value(),
            interval.cloud().value(),
            interval.resource(),
            Ids.time(interval.from()),
            Ids.time(interval.to() == null ? Ids.FOREVER : interval.to()),
            interval.kind().name(),
            interval.state(),
            interval.size().vcpus(),
            interval.size().ramMb(),
            interval.size().diskGb(),
            interval.size().gb(),
            interval.size().type().isEmpty() ? null : Ids.text(interval.size().type(), 255),
            interval.estimated()
        };
    }

    static MeteredResource resource(ResultSet row) throws SQLException {
        var kind = row.getString("kind");
        var name = row.getString("name");
        var stack = row.getString("stack_id");
        return new MeteredResource(
                new CloudName(row.getString("cloud")),
                new ProjectId(row.getString("project_id")),
                row.getString("resource_id"),
                kind == null ? null : ResourceKind.valueOf(kind),
                name == null || name.isBlank() ? row.getString("resource_id") : name,
                row.getString("user_id"),
                stack == null ? null : new StackOf(stack, text(row, "stack_name")),
                instant(row, "first_seen"),
                instant(row, "last_seen"),
                instantOrNull(row, "ended_at"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    private static Size size(ResultSet row) throws SQLException {
        return new Size(
                number(row, "vcpus"),
                number(row, "ram_mb"),
                number(row, "disk_gb"),
                number(row, "gb"),
                text(row, "sold_as"));
    }

    /** An hour of a series. */
    static HourRollup hour(ResultSet row) throws SQLException {
        return new HourRollup(
                row.getLong("samples"),
                number(row, "total"),
                number(row, "low"),
                number(row, "high"),
                instant(row, "last_ts"),
                number(row, "last_value"),
                number(row, "increase"),
                row.getInt("resets"));
    }

    static byte[] bytes(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getBytes(column), column);
    }

    static BigDecimal number(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getBigDecimal(column), BigDecimal.ZERO);
    }

    /** The same without the zeros that a database puts behind the dot. */
    static BigDecimal plain(ResultSet row, String column) throws SQLException {
        var number = number(row, column);
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
