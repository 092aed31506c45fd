package dev.stackwright.operations.gather;

import dev.stackwright.operations.doctor.Aggregate;
import dev.stackwright.operations.doctor.Beat;
import dev.stackwright.operations.doctor.Pool;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the services answered about themselves; takes any shape without failing. */
final class Answers {

    private Answers() {}

    static List<Beat> beats(Sounding sounding) {
        var body = sounding.body();
        var beats = new ArrayList<Beat>();
        if (body == null) {
            return beats;
        }
        switch (sounding.question()) {
            case COMPUTE_SERVICES ->
                    body.path("services")
                            .forEach(each -> beats.add(service(Beat.Family.NOVA, each, sounding)));
            case VOLUME_SERVICES ->
                    body.path("services")
                            .forEach(
                                    each -> beats.add(service(Beat.Family.CINDER, each, sounding)));
            case AGENTS -> body.path("agents").forEach(each -> beats.add(agent(each, sounding)));
            default -> {
                // Says nothing of services.
            }
        }
        return beats;
    }

    private static Beat service(Beat.Family family, JsonNode node, Sounding sounding) {
        return new Beat(
                family,
                text(node, "binary"),
                text(node, "host"),
                !text(node, "state").equals("down"),
                !text(node, "status").equals("disabled"),
                node.path("forced_down").asBoolean(false),
                textOrNull(node, "disabled_reason"),
                time(text(node, "updated_at"), Instant.EPOCH),
                sounding.at());
    }

    private static Beat agent(JsonNode node, Sounding sounding) {
        return new Beat(
                Beat.Family.NEUTRON,
                text(node, "binary"),
                text(node, "host"),
                node.path("alive").asBoolean(true),
                node.path("admin_state_up").asBoolean(true),
                false,
                null,
                time(text(node, "heartbeat_timestamp"), Instant.EPOCH),
                sounding.at());
    }

    static List<Pool> pools(Sounding sounding) {
        var pools = new ArrayList<Pool>();
        var body = sounding.body();
        if (body == null) {
            return pools;
        }
        for (var node : body.path("pools")) {
            var can = node.path("capabilities");
            // Some back ends say "infinite" or "unknown": of those nothing is known.
            if (can.path("total_capacity_gb").isNumber()
                    && can.path("free_capacity_gb").isNumber()) {
                var total = can.path("total_capacity_gb").asDouble();
                var kept = can.path("reserved_percentage").asDouble(0) / 100 * total;
                pools.add(
                        new Pool(
                                text(node, "name"),
                                total,
                                Math.max(0, can.path("free_capacity_gb").asDouble() - kept),
                                sounding.at()));
            }
        }
        return pools;
    }

    static List<Aggregate> aggregates(Sounding sounding) {
        var aggregates = new ArrayList<Aggregate>();
        var body = sounding.body();
        if (body == null) {
            return aggregates;
        }
        for (var node : body.path("aggregates")) {
            var hosts = new HashSet<String>();
            node.path("hosts").forEach(each -> hosts.add(each.asString("")));
            aggregates.add(new Aggregate(text(node, "name"), hosts, texts(node.path("metadata"))));
        }
        return aggregates;
    }

    static Map<String, String> texts(JsonNode node) {
        var texts = new HashMap<String, String>();
        node.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asString("")));
        return texts;
    }

    static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString("") : "";
    }

    static @Nullable String textOrNull(JsonNode node, String field) {
        var text = text(node, field);
        return text.isEmpty() ? null : text;
    }

    /** The services write times in three ways, all of them in UTC. */
    static Instant time(String text, Instant otherwise) {
        var iso = text.strip().replace(' ', 'T').toUpperCase(Locale.ROOT);
        try {
            return iso.endsWith("Z") || iso.matches(".*T.*[+-]\\d\\d:?\\d\\d")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return otherwise;
        }
    }
}
