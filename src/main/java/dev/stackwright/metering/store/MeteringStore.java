package dev.stackwright.metering.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Sample;
import dev.stackwright.metering.StackOf;
import dev.stackwright.metering.packed.SamplePack;
import dev.stackwright.metering.rollup.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes samples and facts in. What it is given a second time changes nothing; whatever the order,
 * the figures come out the same, because they are made anew from all that is known.
 *
 * <p>Writers of one resource take turns (see {@code metering_slot}), so that two processes that
 * each bring half of a story both see the whole of it.
 */
@Component
public class MeteringStore {

    /** So many keys go into one question. */
    private static final int KEYS_AT_ONCE = 500;

    private static final int LONGEST_DETAIL = 20_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MeteringDatabase database;
    private final HourStore hours;
    private final LastHours lastHours = new LastHours();
    private final UUID writer = UUID.randomUUID();

    public MeteringStore(MeteringDatabase database) {
        this.database = database;
        this.hours = new HourStore(database);
    }

    /** Stores everything in one transaction: that of the caller, when it is of this database. */
    public void keep(Collection<Sample> samples, Collection<Fact> facts) {
        if (samples.isEmpty() && facts.isEmpty()) {
            return;
        }
        var turn =
                database.inTransaction(() -> {
                    var held = lock(samples, facts);
                    addEvents(samples, facts);
                    addSamples(samples, held);
                    database.add(Table.FACT, facts.stream().map(Rows::row).toList());
                    var touches = touches(samples);
                    fold(facts, touches);
                    rememberResources(touches);
                    return held;
                });
        database.afterCommit(turn::committed);
    }

    private LastHours.Turn lock(Collection<Sample> samples, Collection<Fact> facts) {
        Map<Resource, Integer> places = new HashMap<>();
        samples.forEach(
                s -> places.computeIfAbsent(new Resource(s.cloud(), s.resource()), Resource::slot));
        facts.forEach(
                f -> places.computeIfAbsent(new Resource(f.cloud(), f.resource()), Resource::slot));
        Set<Integer> slots = new TreeSet<>(places.values());
        Set<Integer> own = new HashSet<>();
        database.jdbc()
                .query(
                        "select slot, writer from metering_slot where slot in ("
                                + marks(slots.size())
                                + ") order by slot for update",
                        row -> {
                            if (writer.equals(row.getObject("writer", UUID.class))) {
                                own.add(row.getInt("slot"));
                            }
                        },
                        slots.toArray());
        database.jdbc()
                .batchUpdate(
                        "update metering_slot set writer = ? where slot = ?",
                        slots.stream()
                                .filter(slot -> !own.contains(slot))
                                .map(slot -> new Object[] {writer, slot})
                                .toList());
        return lastHours.turn(places, own);
    }

    private void addEvents(Collection<Sample> samples, Collection<Fact> facts) {
        Map<String, @Nullable Object[]> events = new LinkedHashMap<>();
        for (var sample : samples) {
            var project = Ids.project(sample.project());
            events.computeIfAbsent(
                    project + " " + sample.cloud() + " " + sample.origin().messageId(),
                    _ -> event(project, sample.cloud(), sample.origin(), detail(sample)));
        }
        for (var fact : facts) {
            var project = Ids.project(fact.project());
            events.computeIfAbsent(
                    project + " " + fact.cloud() + " " + fact.origin().messageId(),
                    _ -> event(project, fact.cloud(), fact.origin(), null));
        }
        database.add(Table.EVENT, List.copyOf(events.values()));
    }

    private static @Nullable Object[] event(
            String project, CloudName cloud, Origin origin, @Nullable String detail) {
        return new @Nullable Object[] {
            project,
            cloud.value(),
            Ids.origin(origin.messageId()),
            Ids.text(origin.messageId(), 255),
            Ids.text(origin.eventType(), 255),
            Ids.time(origin.at()),
            Ids.text(origin.publisher(), 255),
            Ids.text(origin.requestId(), 255),
            Ids.text(origin.userId(), 64),
            detail
        };
    }

    private static @Nullable String detail(Sample sample) {
        var text = sample.metadata().isEmpty() ? "" : JSON.writeValueAsString(sample.metadata());
        return text.isEmpty() || text.length() > LONGEST_DETAIL ? null : text;
    }

    private void addSamples(Collection<Sample> samples, LastHours.Turn turn) {
        Map<SeriesKey, Arrivals> arrivals = new LinkedHashMap<>();
        Map<String, UUID> origins = new HashMap<>();
        for (var sample : samples) {
            arrivals.computeIfAbsent(
                            SeriesKey.of(sample),
                            key ->
                                    new Arrivals(
                                            key,
                                            turn.slotOf(
                                                    new Resource(
                                                            sample.cloud(), sample.resource()))))
                    .add(sample, origins.computeIfAbsent(sample.origin().messageId(), Ids::origin));
        }
        List<@Nullable Object[]> series = new ArrayList<>();
        List<@Nullable Object[]> following = new ArrayList<>();
        List<@Nullable Object[]> others = new ArrayList<>();
        List<Arrivals> all = List.copyOf(arrivals.values());
        for (var some : all) {
            some.look(turn);
            if (some.followsOn()) {
                following.addAll(some.rows());
            } else {
                series.add(seriesRow(some.key(), some.first()));
                others.addAll(some.rows());
            }
        }
        database.add(Table.SERIES, series);
        database.add(Table.SAMPLE, others);
        database.append(Table.SAMPLE, following);
        hours.recompute(all, turn);
    }

    /**
     * A gauge that an event brings says what the lifecycle intervals say already, and better: hours
     * are kept of what is counted and of what is polled.
     */
    static boolean rolledUp(Sample sample) {
        return sample.meter().type() != MeterType.GAUGE
                || sample.origin().eventType().startsWith("poll.");
    }

    private static @Nullable Object[] seriesRow(SeriesKey key, Sample sample) {
        return new @Nullable Object[] {
            key.project(),
            key.series(),
            sample.cloud().value(),
            Ids.text(sample.resource(), 255),
            Ids.text(sample.meter().name(), 255),
            sample.meter().type().name(),
            Ids.text(sample.meter().unit(), 64)
        };
    }

    private static Map<ResourceKey, Touch> touches(Collection<Sample> samples) {
        Map<ResourceKey, Touch> touches = new LinkedHashMap<>();
        for (var sample : samples) {
            if (sample.project() != null) {
                touches.computeIfAbsent(
                                new ResourceKey(
                                        sample.project().value(),
                                        sample.cloud().value(),
                                        sample.resource()),
                                _ -> new Touch())
                        .sample(sample);
            }
        }
        return touches;
    }

    /** Folds the facts of every resource that one of these facts is about. */
    private void fold(Collection<Fact> facts, Map<ResourceKey, Touch> touches) {
        Map<CloudName, Set<String>> resources = new LinkedHashMap<>();
        facts.forEach(fact ->
                resources
                        .computeIfAbsent(fact.cloud(), _ -> new LinkedHashSet<>())
                        .add(fact.resource()));
        resources.forEach((cloud, ids) -> inParts(ids, some -> fold(cloud, some, touches)));
    }

    private void fold(CloudName cloud, List<String> resources, Map<ResourceKey, Touch> touches) {
        Map<String, List<Fact>> facts = new LinkedHashMap<>();
        var arguments = arguments(cloud, resources);
        var where = "where cloud = ? and resource_id in (" + marks(resources.size()) + ")";
        database.jdbc()
                .query(
                        Rows.FACTS + where,
                        row -> {
                            var fact = Rows.fact(row);
                            facts.computeIfAbsent(fact.resource(), _ -> new ArrayList<>())
                                    .add(fact);
                        },
                        arguments);
        Set<Interval> before =
                new HashSet<>(
                        database.jdbc()
                                .query(
                                        Rows.INTERVALS + where,
                                        (row, _) -> Rows.interval(row),
                                        arguments));
        Set<Interval> after = new LinkedHashSet<>();
        facts.values()
                .forEach(life -> {
                    var intervals = Lifecycle.fold(life);
                    after.addAll(intervals);
                    touch(life, intervals, touches);
                });
        replace(before, after);
    }

    private static void touch(
            List<Fact> life, List<Interval> intervals, Map<ResourceKey, Touch> touches) {
        Map<ResourceKey, List<Interval>> owners = new LinkedHashMap<>();
        life.stream()
                .filter(fact -> fact.project() != null)
                .forEach(fact -> owners.put(ResourceKey.of(fact), new ArrayList<>()));
        intervals.forEach(interval ->
                owners.computeIfAbsent(ResourceKey.of(interval), _ -> new ArrayList<>())
                        .add(interval));
        owners.forEach((key, own) ->
                touches.computeIfAbsent(key, _ -> new Touch()).life(life, own, intervals));
    }

    private void replace(Set<Interval> before, Set<Interval> after) {
        var gone = before.stream().filter(interval -> !after.contains(interval)).toList();
        var come = after.stream().filter(interval -> !before.contains(interval)).toList();
        database.jdbc()
                .batchUpdate(
                        "delete from metered_interval where project_id = ? and cloud = ? and"
                                + " resource_id = ? and from_ts = ?",
                        gone.stream()
                                .map(i ->
                                        new Object[] {
                                            i.project().value(),
                                            i.cloud().value(),
                                            i.resource(),
                                            Ids.time(i.from())
                                        })
                                .toList());
        database.put(Table.INTERVAL, come.stream().map(Rows::row).toList());
    }

    private void rememberResources(Map<ResourceKey, Touch> touches) {
        inParts(
                touches.entrySet(),
                some -> {
                    Map<ResourceKey, Known> known =
                            known(some.stream().map(Map.Entry::getKey).toList());
                    database.put(
                            Table.RESOURCE,
                            some.stream()
                                    .map(touch ->
                                            touch.getValue()
                                                    .row(touch.getKey(), known.get(touch.getKey())))
                                    .toList());
                });
    }

    private Map<ResourceKey, Known> known(List<ResourceKey> keys) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        keys.forEach(key ->
                rows.add(new @Nullable Object[] {key.project(), key.cloud(), key.resource()}));
        Map<ResourceKey, Known> known = new HashMap<>();
        database.find(
                Table.RESOURCE,
                rows,
                row -> {
                    var kind = row.getString("kind");
                    known.put(
                            new ResourceKey(
                                    row.getString("project_id"),
                                    row.getString("cloud"),
                                    row.getString("resource_id")),
                            new Known(
                                    kind == null ? null : ResourceKind.valueOf(kind),
                                    row.getString("name"),
                                    Rows.instantOrNull(row, "name_at"),
                                    row.getString("user_id"),
                                    row.getString("stack_id"),
                                    row.getString("stack_name"),
                                    Rows.instant(row, "first_seen"),
                                    Rows.instant(row, "last_seen"),
                                    Rows.instantOrNull(row, "ended_at")));
                });
        return known;
    }

    /** The intervals of a kind that last, in all projects of a cloud. */
    public List<Interval> open(CloudName cloud, ResourceKind kind) {
        return database.jdbc()
                .query(
                        Rows.INTERVALS + "where cloud = ? and kind = ? and to_ts = ?",
                        (row, _) -> Rows.interval(row),
                        cloud.value(),
                        kind.name(),
                        Ids.time(Ids.FOREVER));
    }

    /** Resources without a stack that were first seen after an instant: they may get one yet. */
    public List<MeteredResource> withoutStack(CloudName cloud, Instant firstSeenAfter) {
        return database.jdbc()
                .query(
                        Rows.RESOURCES
                                + "where cloud = ? and first_seen >= ? and stack_id is null"
                                + " and ended_at is null and kind is not null"
                                + " order by first_seen desc fetch first 5000 rows only",
                        (row, _) -> Rows.resource(row),
                        cloud.value(),
                        Ids.time(firstSeenAfter));
    }

    /** Remembers to which stacks resources of a project belong. */
    public void belongTo(CloudName cloud, String project, Map<String, StackOf> stacks) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        stacks.forEach((resource, stack) ->
                rows.add(
                        new @Nullable Object[] {
                            stack.id(),
                            Ids.text(stack.name(), 1024),
                            project,
                            cloud.value(),
                            resource
                        }));
        database.jdbc()
                .batchUpdate(
                        "update metered_resource set stack_id = ?, stack_name = ? where project_id"
                                + " = ? and cloud = ? and resource_id = ?",
                        rows);
    }

    /** Deletes samples before one instant, and hours and events before another. */
    public long forget(Instant samplesBefore, Instant hoursBefore) {
        var samples = Ids.time(samplesBefore);
        lastHours.forget();
        return database.inTransaction(() ->
                (long) database.jdbc().update("delete from sample_hot where ts < ?", samples)
                        + database.jdbc()
                                .update(
                                        "delete from sample_pack where day_no < ?",
                                        SamplePack.day(samplesBefore))
                        + database.jdbc()
                                .update(
                                        "delete from sample_hour_pack where day_no < ?",
                                        SamplePack.day(hoursBefore))
                        + database.jdbc()
                                .update(
                                        "delete from sample_hour where hr < ?",
                                        Ids.time(hoursBefore))
                        // The event that began an interval is shown beside it: events stay
                        // as long as a fact stands on them.
                        + database.jdbc()
                                .update(
                                        "delete from metered_event e where ts < ? and not"
                                                + " exists (select 1 from metered_fact f where"
                                                + " f.project_id = e.project_id and f.cloud ="
                                                + " e.cloud and f.origin_id = e.origin_id)",
                                        samples));
    }

    private static <T> void inParts(Collection<T> all, java.util.function.Consumer<List<T>> work) {
        var list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += KEYS_AT_ONCE) {
            work.accept(list.subList(from, Math.min(list.size(), from + KEYS_AT_ONCE)));
        }
    }

    static String marks(int count) {
        return "?, ".repeat(Math.max(0, count - 1)) + "?";
    }

    private static Object[] arguments(CloudName cloud, List<String> resources) {
        List<Object> arguments = new ArrayList<>(List.of(cloud.value()));
        arguments.addAll(resources);
        return arguments.toArray();
    }

    /** What writers take turns at. */
    record Resource(CloudName cloud, String id) {

        int slot() {
            return Ids.slot(cloud.value(), id);
        }
    }

    /** A resource in a project. */
    record ResourceKey(String project, String cloud, String resource) {

        static ResourceKey of(Fact fact) {
            return new ResourceKey(
                    Ids.project(fact.project()), fact.cloud().value(), fact.resource());
        }

        static ResourceKey of(Interval interval) {
            return new ResourceKey(
                    interval.project().value(), interval.cloud().value(), interval.resource());
        }
    }

    private record Known(
            @Nullable ResourceKind kind,
            @Nullable String name,
            @Nullable Instant nameAt,
            @Nullable String user,
            @Nullable String stackId,
            @Nullable String stackName,
            Instant first,
            Instant last,
            @Nullable Instant ended) {}

    /** What a batch says about one resource. */
    private static final class Touch {

        private final TreeMap<Instant, String> names = new TreeMap<>();
        private @Nullable ResourceKind kind;
        private @Nullable String user;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;
        private boolean lifeKnown;
        private @Nullable Instant ended;

        void sample(Sample sample) {
            seen(sample.at());
            user = sample.userId() == null ? user : sample.userId();
            var name = sample.metadata().get("display_name");
            name = name == null ? sample.metadata().get("name") : name;
            if (name instanceof tools.jackson.databind.JsonNode node && node.isString()) {
                names.put(sample.at(), node.asString());
            }
        }

        /**
         * @param own the intervals in this project
         * @param all its intervals in any project
         */
        void life(List<Fact> facts, List<Interval> own, List<Interval> all) {
            lifeKnown = true;
            for (var fact : facts) {
                kind = fact.kind();
                seen(fact.at());
                if (fact.name() != null) {
                    names.put(fact.at(), fact.name());
                }
            }
            own.forEach(interval -> seen(interval.from()));
            if (!own.isEmpty()) {
                ended = own.getLast().to();
            } else if (all.isEmpty() || all.getLast().to() != null) {
                ended = last;
            }
        }

        private void seen(Instant at) {
            first = at.isBefore(first) ? at : first;
            last = at.isAfter(last) ? at : last;
        }

        @Nullable Object[] row(ResourceKey key, @Nullable Known known) {
            var newest = names.isEmpty() ? null : names.lastEntry();
            @Nullable String name = newest == null ? null : Ids.text(newest.getValue(), 1024);
            @Nullable Instant nameAt = newest == null ? null : newest.getKey();
            if (known != null
                    && known.nameAt() != null
                    && (nameAt == null || known.nameAt().isAfter(nameAt))) {
                name = known.name();
                nameAt = known.nameAt();
            }
            var keptKind = kind == null && known != null ? known.kind() : kind;
            return new @Nullable Object[] {
                key.project(),
                key.cloud(),
                key.resource(),
                keptKind == null ? null : keptKind.name(),
                name,
                Ids.timeOrNull(nameAt),
                user == null && known != null ? known.user() : user,
                known == null ? null : known.stackId(),
                known == null ? null : known.stackName(),
                Ids.time(known != null && known.first().isBefore(first) ? known.first() : first),
                Ids.time(known != null && known.last().isAfter(last) ? known.last() : last),
                Ids.timeOrNull(lifeKnown || known == null ? ended : known.ended())
            };
        }
    }

    /** A series in a project. */
    record SeriesKey(String project, long series) {

        static SeriesKey of(Sample sample) {
            return new SeriesKey(
                    Ids.project(sample.project()),
                    Ids.series(sample.cloud().value(), sample.resource(), sample.meter().name()));
        }
    }

    /** A stored sample of a series. */
    record Stored(SeriesKey series, Instant at, UUID origin, BigDecimal volume) {}
}
