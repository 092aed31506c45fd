package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The diagnostics of a server at a time that is past.
 *
 * @param server its id, tenant_id and user_id
 * @param body what Nova answered
 */
public record DemoReading(Instant at, JsonNode server, JsonNode body) {

    /** A minute before the hour, so that what grew counts for the time in which it grew. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final Duration STEP = Duration.ofDays(1);
    private static final Duration RECENT_STEP = Duration.ofHours(1);
    private static final Duration RECENT = Duration.ofDays(2);

    /** Each day from the server's beginning, and each hour of the last two days. */
    static List<DemoReading> before(Instant origin, ObjectNode server) {
        var launched = text(server, "_launched");
        if (launched.isEmpty()) {
            return List.of();
        }
        var from = Instant.parse(launched + "Z");
        boolean runs = Json.number(server, "_power", 0) == 1;
        var until = runs ? origin : Instant.parse(text(server, "updated"));
        var brief =
                object(
                        "id", text(server, "id"),
                        "tenant_id", text(server, "tenant_id"),
                        "user_id", text(server, "user_id"));
        List<DemoReading> readings = new ArrayList<>();
        var recent = origin.minus(RECENT);
        var next = from.truncatedTo(ChronoUnit.DAYS).plus(STEP);
        while (next.isBefore(until)) {
            var at = next.minus(BEFORE);
            if (at.isAfter(from)) {
                readings.add(new DemoReading(at, brief, Counters.standard(server, at)));
            }
            next = next.plus(next.isBefore(recent) ? STEP : RECENT_STEP);
        }
        return readings;
    }
}
