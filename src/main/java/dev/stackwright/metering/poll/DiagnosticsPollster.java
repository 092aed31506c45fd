package dev.stackwright.metering.poll;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Sample;
import dev.stackwright.metering.store.MeteringStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the counters of running instances from Nova's diagnostics, which serve where no agent runs
 * on the hosts. They are those of the whole instance: the sums over its processors, disks and
 * ports.
 */
final class DiagnosticsPollster implements Pollster {

    /** So many questions are open at Nova at a time; each goes on to a hypervisor. */
    private static final int AT_ONCE = 8;

    private static final int SERVERS_AT_ONCE = 500;

    private final MeteringStore store;
    private final Duration every;

    DiagnosticsPollster(MeteringStore store, Duration every) {
        this.store = store;
        this.every = every;
    }

    @Override
    public String name() {
        return "diagnostics";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void poll(CloudName cloud, Account account, Instant begun, @Nullable Instant previous) {
        // Whole seconds take less room beside each of the samples.
        var at = begun.truncatedTo(ChronoUnit.SECONDS);
        List<JsonNode> running = new ArrayList<>();
        account.as(os -> {
            os.eachPage(
                    Request.get(Service.COMPUTE, "/servers/detail")
                            .query("all_tenants", "1")
                            .query("status", "ACTIVE"),
                    "servers",
                    page -> page.forEach(server -> running.add(brief(server))));
            return running;
        });
        var origin = new Origin("poll.diagnostics " + at, "poll.diagnostics", at, null, null, null);
        for (var i = 0; i < running.size(); i += SERVERS_AT_ONCE) {
            var some = running.subList(i, Math.min(running.size(), i + SERVERS_AT_ONCE));
            keep(answers(cloud, account, some, at, origin));
        }
    }

    /** Ten thousand whole servers are more than a heap should hold for three words of each. */
    private static JsonNode brief(JsonNode server) {
        return server instanceof ObjectNode object
                ? object.retain("id", "tenant_id", "user_id")
                : server;
    }

    private static List<Future<List<Sample>>> answers(
            CloudName cloud, Account account, List<JsonNode> running, Instant at, Origin origin) {
        var turns = new Semaphore(AT_ONCE);
        List<Future<List<Sample>>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var server : running) {
                Callable<List<Sample>> question =
                        () -> {
                            turns.acquire();
                            try {
                                return diagnostics(account, server)
                                        .map(body -> samples(cloud, server, body, at, origin))
                                        .orElse(List.of());
                            } finally {
                                turns.release();
                            }
                        };
                answers.add(threads.submit(question));
            }
        }
        return answers;
    }

    private void keep(List<Future<List<Sample>>> answers) {
        List<Sample> samples = new ArrayList<>();
        for (var answer : answers) {
            samples.addAll(answered(answer));
        }
        store.keep(samples, List.of());
    }

    private static List<Sample> answered(Future<List<Sample>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Empty for an instance that has just stopped, or whose host does not answer. */
    private static Optional<JsonNode> diagnostics(Account account, JsonNode server) {
        try {
            return account.as(os ->
                    os.find(
                                    Request.get(
                                                    Service.COMPUTE,
                                                    "/servers/{}/diagnostics",
                                                    server.path("id").asString())
                                            .microversion("2.48"))
                            .map(answer -> answer.body()));
        } catch (CloudFailure failure) {
            return Optional.empty();
        }
    }

    static List<Sample> samples(
            CloudName cloud, JsonNode server, JsonNode body, Instant at, Origin origin) {
        Map<Meter, @Nullable BigDecimal> readings = new LinkedHashMap<>();
        readings.put(counter("cpu", "ns"), sum(body.path("cpu_details"), "time"));
        var memory = body.path("memory_details").path("used");
        readings.put(
                new Meter("memory.usage", MeterType.GAUGE, "MiB"),
                memory.isNumber() ? memory.decimalValue() : null);
        var disks = body.path("disk_details");
        readings.put(counter("disk.read.bytes", "B"), sum(disks, "read_bytes"));
        readings.put(counter("disk.write.bytes", "B"), sum(disks, "write_bytes"));
        readings.put(counter("disk.read.requests", "request"), sum(disks, "read_requests"));
        readings.put(counter("disk.write.requests", "request"), sum(disks, "write_requests"));
        var ports = body.path("nic_details");
        readings.put(counter("network.incoming.bytes", "B"), sum(ports, "rx_octets"));
        readings.put(counter("network.outgoing.bytes", "B"), sum(ports, "tx_octets"));
        readings.put(counter("network.incoming.packets", "packet"), sum(ports, "rx_packets"));
        readings.put(counter("network.outgoing.packets", "packet"), sum(ports, "tx_packets"));
        var project = server.path("tenant_id").asString("");
        List<Sample> samples = new ArrayList<>();
        readings.forEach((meter, volume) -> {
            if (volume != null && !project.isEmpty()) {
                samples.add(
                        new Sample(
                                cloud,
                                new ProjectId(project),
                                server.path("user_id").asString(null),
                                server.path("id").asString(),
                                meter,
                                volume,
                                at,
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
