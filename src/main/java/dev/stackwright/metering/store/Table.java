package dev.stackwright.metering.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table as the bulk statements see it: its columns, the key first. */
enum Table {
    EVENT(
            "metered_event",
            3,
            "project_id varchar, cloud varchar, origin_id uuid, message_id varchar, event_type"
                    + " varchar, ts timestamp, publisher varchar, request_id varchar, user_id varchar,"
                    + " detail varchar"),
    FACT(
            "metered_fact",
            5,
            "project_id varchar, cloud varchar, resource_id varchar, origin_id uuid, what varchar,"
                    + " kind varchar, ts timestamp, owner_id varchar, state varchar, vcpus numeric,"
                    + " ram_mb numeric, disk_gb numeric, gb numeric, sold_as varchar, since_ts"
                    + " timestamp, name varchar"),
    SERIES(
            "metered_series",
            2,
            "project_id varchar, series_id bigint, cloud varchar, resource_id varchar, meter"
                    + " varchar, type varchar, unit varchar"),
    SAMPLE(
            "sample_hot",
            4,
            "project_id varchar, series_id bigint, ts timestamp, origin_id uuid, volume numeric"),
    HOUR(
            "sample_hour",
            3,
            "project_id varchar, series_id bigint, hr timestamp, samples bigint, total numeric, low"
                    + " numeric, high numeric, last_ts timestamp, last_value numeric, increase numeric,"
                    + " resets integer"),
    INTERVAL(
            "metered_interval",
            4,
            "project_id varchar, cloud varchar, resource_id varchar, from_ts timestamp, to_ts"
                    + " timestamp, kind varchar, state varchar, vcpus numeric, ram_mb numeric, disk_gb"
                    + " numeric, gb numeric, sold_as varchar, estimated boolean"),
    RESOURCE(
            "metered_resource",
            3,
            "project_id varchar, cloud varchar, resource_id varchar, kind varchar, name varchar,"
                    + " name_at timestamp, user_id varchar, stack_id varchar, stack_name varchar,"
                    + " first_seen timestamp, last_seen timestamp, ended_at timestamp"),
    SAMPLE_PACK(
            "sample_pack",
            3,
            "project_id varchar, series_id bigint, day_no integer, samples integer, data bytea"),
    HOUR_PACK(
            "sample_hour_pack",
            5,
            "project_id varchar, cloud varchar, meter varchar, day_no integer, part integer, grown"
                    + " bytea, rest bytea, version bigint"),
    PACKED("metered_packed", 1, "project_id varchar, to_day integer");

    private final String title;
    private final int keys;
    private final List<String> columns;
    private final List<String> types;

    Table(String title, int keys, String columns) {
        this.title = title;
        this.keys = keys;
        var parts = Arrays.stream(columns.split(", ")).map(part -> part.split(" ")).toList();
        this.columns = parts.stream().map(part -> part[0]).toList();
        this.types = parts.stream().map(part -> part[1]).toList();
    }

    /**
     * Adds a row, or puts it in the place of the one with its key. Rows that are only ever added
     * say the same when they come again, so H2 needs no second way.
     */
    String putH2() {
        return "merge into "
                + title
                + " ("
                + String.join(", ", columns)
                + ") key ("
                + keyColumns()
                + ") values ("
                + MeteringStore.marks(width())
                + ")";
    }

    String insertH2() {
        return "insert into "
                + title
                + " ("
                + String.join(", ", columns)
                + ") values ("
                + MeteringStore.marks(width())
                + ")";
    }

    /** The rows with some keys, which come as arrays. */
    String findPostgres() {
        StringBuilder arrays = new StringBuilder();
        for (int i = 0; i < keys; i++) {
            arrays.append(i == 0 ? "" : ", ").append("cast(? as " + sqlType(i) + "[])");
        }
        return "select t.* from unnest("
                + arrays
                + ") as k("
                + keyColumns()
                + ") join "
                + title
                + " t on "
                + columns.subList(0, keys).stream()
                        .map(column -> "t." + column + " = k." + column)
                        .collect(Collectors.joining(" and "));
    }

    String findH2(int rows) {
        String one = "(" + MeteringStore.marks(keys) + ")";
        return "select * from "
                + title
                + " where ("
                + keyColumns()
                + ") in ("
                + (one + ", ").repeat(rows - 1)
                + one
                + ")";
    }

    String copyPostgres() {
        return "copy " + title + " (" + String.join(", ", columns) + ") from stdin";
    }

    /**
     * Adds what is not there yet, any number of rows in one statement: each column comes as an
     * array.
     */
    String insertPostgres(boolean replace) {
        return "insert into "
                + title
                + " ("
                + String.join(", ", columns)
                + ") select * from unnest("
                + each("cast(? as %2$s[])")
                + ") on conflict ("
                + keyColumns()
                + (replace ? ") do update set " + set("excluded.") : ") do nothing");
    }

    String deleteH2(int given) {
        return "delete from "
                + title
                + " where "
                + columns.subList(0, given).stream()
                        .map(column -> column + " = ?")
                        .collect(Collectors.joining(" and "));
    }

    /** The same for any number of rows in one statement. */
    String deletePostgres(int given) {
        StringBuilder arrays = new StringBuilder();
        for (int i = 0; i < given; i++) {
            arrays.append(i == 0 ? "" : ", ").append("cast(? as " + sqlType(i) + "[])");
        }
        return "delete from "
                + title
                + " t using unnest("
                + arrays
                + ") as gone("
                + String.join(", ", columns.subList(0, given))
                + ") where "
                + columns.subList(0, given).stream()
                        .map(column -> "t." + column + " = gone." + column)
                        .collect(Collectors.joining(" and "));
    }

    /** Room for the values of a column. */
    @Nullable Object[] values(int column, int rows) {
        return types.get(column).equals("bytea") ? new byte[rows][] : new @Nullable Object[rows];
    }

    /**
     * Rows as their index has them: what lies together is written together, once, and two writers
     * come to the same rows in the same order.
     */
    List<@Nullable Object[]> inOrder(List<@Nullable Object[]> rows) {
        List<@Nullable Object[]> sorted = new ArrayList<>(rows);
        sorted.sort((one, other) -> {
            int order = 0;
            for (int i = 0; i < keys && order == 0; i++) {
                order = compare(one[i], other[i]);
            }
            return order;
        });
        return sorted;
    }

    /** A key has no column without a value, and each column values of one kind. */
    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object one, @Nullable Object other) {
        return ((Comparable<@Nullable Object>) Objects.requireNonNull(one)).compareTo(other);
    }

    int keys() {
        return keys;
    }

    private String keyColumns() {
        return String.join(", ", columns.subList(0, keys));
    }

    private String set(String from) {
        return columns.stream()
                .skip(keys)
                .map(column -> column + " = " + from + column)
                .collect(Collectors.joining(", "));
    }

    private String each(String format) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            all.append(i == 0 ? "" : ", ").append(format.formatted(columns.get(i), sqlType(i)));
        }
        return all.toString();
    }

    private String sqlType(int column) {
        return switch (types.get(column)) {
            case "timestamp" -> "timestamp(6) with time zone";
            case "numeric" -> "numeric(38, 12)";
            default -> types.get(column);
        };
    }

    /** The name of the element type of PostgreSQL's array for a column. */
    String arrayType(int column) {
        return types.get(column).equals("timestamp") ? "timestamptz" : types.get(column);
    }

    int width() {
        return columns.size();
    }
}
