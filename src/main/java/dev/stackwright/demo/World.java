package dev.stackwright.demo;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that the demo cloud knows: documents in tables, the way its APIs show them, and what
 * will happen to them later.
 *
 * <p>Time moves only when somebody looks: each call first lets everything happen that was due by
 * then, each thing at its own instant. So a test that moves its clock by an hour sees the same
 * course of events as a person who waited for an hour. Fields that start with an underscore are the
 * cloud's own and never shown.
 */
final class World {

    /**
     * Does what was planned for the document with this id; {@code plan} is what {@link #later} was
     * told.
     */
    interface Deed {
        void perform(String id, ObjectNode plan);
    }

    private record Due(Instant at, long order, String deed, String id, ObjectNode plan)
            implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(World.class);
    private static final DateTimeFormatter WITH_MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITH_SPACE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Duration step;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<String, ObjectNode>> tables = new HashMap<>();
    private final Map<String, Deed> deeds = new HashMap<>();
    private final PriorityQueue<Due> plans = new PriorityQueue<>();
    private Instant now;
    private long order;
    private Runnable afterChange = () -> {};

    World(Clock clock, Duration step) {
        this.clock = clock;
        this.step = step;
        this.now = clock.instant();
    }

    /** Lets what was due happen, then runs the work, with nobody else in between. */
    <T> T inTurn(Supplier<T> work) {
        lock.lock();
        try {
            advance();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void advance() {
        lock.lock();
        try {
            Instant until = clock.instant();
            boolean moved = false;
            for (Due due = plans.peek();
                    due != null && !due.at().isAfter(until);
                    due = plans.peek()) {
                plans.poll();
                moved = true;
                now = due.at();
                Deed deed = deeds.get(due.deed());
                if (deed == null) {
                    throw new IllegalStateException("Nobody knows how to " + due.deed());
                }
                try {
                    deed.perform(due.id(), due.plan());
                } catch (RuntimeException e) {
                    log.error(
                            "Demo cloud: {} of {} went wrong and is dropped.",
                            due.deed(),
                            due.id(),
                            e);
                }
            }
            now = until;
            if (moved) {
                afterChange.run();
            }
        } finally {
            lock.unlock();
        }
    }

    Instant clockTime() {
        return clock.instant();
    }

    void on(String deed, Deed action) {
        deeds.put(deed, action);
    }

    /** Plans a deed some steps from now; a step is a second, or what the options say. */
    void later(double steps, String deed, String id, ObjectNode plan) {
        plans.add(new Due(now.plusNanos((long) (step.toNanos() * steps)), order++, deed, id, plan));
    }

    void at(Instant when, String deed, String id, ObjectNode plan) {
        plans.add(new Due(when, order++, deed, id, plan));
    }

    Instant now() {
        return now;
    }

    /** Pretends that it is another time: only for writing down how things came to be. */
    void pretend(Instant time) {
        now = time;
    }

    Map<String, ObjectNode> table(String name) {
        return tables.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    /** Everything as one document, to be kept in a file. */
    ObjectNode written() {
        ObjectNode written = Json.object();
        ObjectNode all = written.putObject("tables");
        tables.forEach((name, documents) -> all.set(name, Json.of(documents)));
        ArrayNode later = written.putArray("plans");
        plans.stream()
                .sorted()
                .forEach(due ->
                        later.add(
                                Json.object(
                                        "at",
                                        due.at().toString(),
                                        "deed",
                                        due.deed(),
                                        "id",
                                        due.id(),
                                        "plan",
                                        due.plan())));
        return written;
    }

    /** Takes the place of everything that was. */
    void read(JsonNode written) {
        tables.values().forEach(Map::clear);
        written.path("tables")
                .properties()
                .forEach(table -> {
                    Map<String, ObjectNode> documents = table(table.getKey());
                    table.getValue()
                            .properties()
                            .forEach(each ->
                                    documents.put(each.getKey(), (ObjectNode) each.getValue()));
                });
        plans.clear();
        for (JsonNode due : written.path("plans")) {
            at(
                    Instant.parse(Json.text(due, "at")),
                    Json.text(due, "deed"),
                    Json.text(due, "id"),
                    (ObjectNode) due.path("plan"));
        }
    }

    /**
     * Runs after each call that may have changed something, and after deeds, with nobody else in
     * between.
     */
    void afterChange(Runnable action) {
        afterChange = action;
    }

    void changed() {
        afterChange.run();
    }

    Map<String, Map<String, ObjectNode>> tables() {
        return tables;
    }

    String newId() {
        return UUID.randomUUID().toString();
    }

    /** The same id for the same name in every demo cloud of the same seed. */
    static String idOf(String name) {
        return UUID.nameUUIDFromBytes(("stackwright demo " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static String hexOf(String name) {
        return idOf(name).replace("-", "");
    }

    /** 2026-11-22T13:21:43Z, as Nova, Neutron and Glance write it. */
    String stamp() {
        return stamp(now);
    }

    static String stamp(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(SECONDS));
    }

    /** 2026-11-22T13:21:43.000000, as Cinder and the newer corners of Nova write it. */
    String stampWithMicros() {
        return stampWithMicros(now);
    }

    static String stampWithMicros(Instant time) {
        return WITH_MICROS.format(time.truncatedTo(SECONDS));
    }

    /** 2026-11-22 13:21:43.123456, as oslo.messaging writes it. */
    static String stampWithSpace(Instant time) {
        return WITH_SPACE.format(time);
    }
}
