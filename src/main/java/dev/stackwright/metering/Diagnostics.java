package dev.stackwright.metering;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.store.MeteringStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The counters of running instances, as Nova's diagnostics tell them. They are those of the whole
 * instance: the sums over its processors, disks and ports.
 */
@Component
public class Diagnostics {

    private static final String EVENT = "poll.diagnostics";

    private final MeteringStore store;

    public Diagnostics(MeteringStore store) {
        this.store = store;
    }

    /**
     * What Nova said of one instance.
     *
     * @param server its id, tenant_id and user_id, as Nova lists it
     * @param body the diagnostics, in the form since microversion 2.48
     */
    public record Reading(CloudName cloud, JsonNode server, JsonNode body, Instant at) {}

    /** Keeps their samples; what it is given a second time changes nothing. */
    public void keep(Collection<Reading> readings) {
        store.keep(
                readings.stream().flatMap(reading -> samples(reading).stream()).toList(),
                List.of());
    }

    static List<Sample> samples(Reading reading) {
        var body = reading.body();
        Map<Meter, @Nullable BigDecimal> values = new LinkedHashMap<>();
        values.put(counter("cpu", "ns"), sum(body.path("cpu_details"), "time"));
        var memory = body.path("memory_details").path("used");
        values.put(
                new Meter("memory.usage", MeterType.GAUGE, "MiB"),
                memory.isNumber() ? memory.decimalValue() : null);
        var disks = body.path("disk_details");
        values.put(counter("disk.read.bytes", "B"), sum(disks, "read_bytes"));
        values.put(counter("disk.write.bytes", "B"), sum(disks, "write_bytes"));
        values.put(counter("disk.read.requests", "request"), sum(disks, "read_requests"));
        values.put(counter("disk.write.requests", "request"), sum(disks, "write_requests"));
        var ports = body.path("nic_details");
        values.put(counter("network.incoming.bytes", "B"), sum(ports, "rx_octets"));
        values.put(counter("network.outgoing.bytes", "B"), sum(ports, "tx_octets"));
        values.put(counter("network.incoming.packets", "packet"), sum(ports, "rx_packets"));
        values.put(counter("network.outgoing.packets", "packet"), sum(ports, "tx_packets"));
        var server = reading.server();
        var project = server.path("tenant_id").asString("");
        var origin = new Origin(EVENT + " " + reading.at(), EVENT, reading.at(), null, null, null);
        List<Sample> samples = new ArrayList<>();
        values.forEach((meter, volume) -> {
            if (volume != null && !project.isEmpty()) {
                samples.add(
                        new Sample(
                                reading.cloud(),
                                new ProjectId(project),
                                server.path("user_id").asString(null),
                                server.path("id").asString(),
                                meter,
                                volume,
                                reading.at(),
                                origin,
                                Map.of()));
            }
        });
        return samples;
    }

    private static Meter counter(String name, String unit) {
        return new Meter(name, MeterType.CUMULATIVE, unit);
    }

    /** Nothing when a part is missing: a sum without it would look like a counter that fell. */
    private static @Nullable BigDecimal sum(JsonNode parts, String field) {
        if (!parts.isArray() || parts.isEmpty()) {
            return null;
        }
        var sum = BigDecimal.ZERO;
        for (var part : parts) {
            if (!part.path(field).isNumber()) {
                return null;
            }
            sum = sum.add(part.path(field).decimalValue());
        }
        return sum;
    }
}
