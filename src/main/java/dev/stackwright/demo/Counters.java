package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server has done so far, as a function of its id and the time alone: the same server at the
 * same instant has always done the same. Load follows the day, each server has its own temper, and
 * counters never go back.
 */
final class Counters {

    private static final double DAY = 86_400;
    private static final int CONSOLE_LINES = 400;

    private final long seconds;
    private final long started;
    private final int temper;

    private Counters(ObjectNode server, Instant now) {
        String launched = text(server, "_launched");
        started =
                launched.isEmpty()
                        ? now.getEpochSecond()
                        : Instant.parse(launched + "Z").getEpochSecond();
        boolean runs = Json.number(server, "_power", 0) == 1;
        Instant stopped = runs ? now : Instant.parse(text(server, "updated"));
        Instant until = stopped.isBefore(now) ? stopped : now;
        seconds = Math.max(0, until.getEpochSecond() - started);
        temper = Math.floorMod(text(server, "id").hashCode(), 1000);
    }

    /** The integral over the server's life of a rate that swings around {@code rate} once a day. */
    private double sum(double rate) {
        double swing = 0.3 + temper % 7 * 0.09;
        double phase = temper % 24 * 3600.0;
        double turn = 2 * Math.PI / DAY;
        double wave =
                (Math.cos(turn * (started - phase)) - Math.cos(turn * (started + seconds - phase)))
                        / turn;
        return rate * (seconds + swing * wave);
    }

    private double load() {
        return 0.04 + temper % 100 / 250.0;
    }

    private long cpuNanos() {
        return (long) (sum(load()) * 1e9);
    }

    private long disk(double rate) {
        return (long) sum(rate * (1 + temper % 13));
    }

    private long net(double rate) {
        return (long) sum(rate * (1 + temper % 29));
    }

    /** The form before 2.48, as libvirt has it. */
    static ObjectNode plain(ObjectNode server, Instant now) {
        Counters counters = new Counters(server, now);
        int vcpus = Json.number(server.path("_flavor"), "vcpus", 1);
        long memory = Json.number(server.path("_flavor"), "ram", 512) * 1024L;
        ObjectNode diagnostics = object();
        for (int i = 0; i < vcpus; i++) {
            diagnostics.put("cpu" + i + "_time", counters.cpuNanos());
        }
        diagnostics
                .put("memory", memory)
                .put("memory-actual", memory)
                .put("memory-rss", (long) (memory * (0.3 + counters.load())));
        diagnostics
                .put("vda_errors", -1)
                .put("vda_read", counters.disk(900))
                .put("vda_read_req", counters.disk(0.1));
        diagnostics.put("vda_write", counters.disk(2100)).put("vda_write_req", counters.disk(0.3));
        int nic = 1;
        for (JsonNode port : server.path("_ports")) {
            String name = "vnet" + nic++;
            if (port.isString()) {
                diagnostics
                        .put(name + "_rx", counters.net(1500))
                        .put(name + "_rx_drop", 0)
                        .put(name + "_rx_errors", 0);
                diagnostics
                        .put(name + "_rx_packets", counters.net(2))
                        .put(name + "_tx", counters.net(600));
                diagnostics
                        .put(name + "_tx_drop", 0)
                        .put(name + "_tx_errors", 0)
                        .put(name + "_tx_packets", counters.net(1));
            }
        }
        return diagnostics;
    }

    /** The form since 2.48. */
    static ObjectNode standard(ObjectNode server, Instant now) {
        Counters counters = new Counters(server, now);
        int vcpus = Json.number(server.path("_flavor"), "vcpus", 1);
        int memory = Json.number(server.path("_flavor"), "ram", 512);
        var cpus = array();
        for (int i = 0; i < vcpus; i++) {
            cpus.add(
                    object(
                            "id",
                            i,
                            "time",
                            counters.cpuNanos(),
                            "utilisation",
                            (int) (counters.load() * 100)));
        }
        var nics = array();
        for (JsonNode port : server.path("_ports")) {
            String hex = port.asString("000000").replace("-", "");
            nics.add(
                    object(
                            "mac_address",
                            "fa:16:3e:"
                                    + hex.substring(0, 2)
                                    + ":"
                                    + hex.substring(2, 4)
                                    + ":"
                                    + hex.substring(4, 6),
                            "rx_octets",
                            counters.net(1500),
                            "rx_errors",
                            0,
                            "rx_drop",
                            0,
                            "rx_packets",
                            counters.net(2),
                            "rx_rate",
                            null,
                            "tx_octets",
                            counters.net(600),
                            "tx_errors",
                            0,
                            "tx_drop",
                            0,
                            "tx_packets",
                            counters.net(1),
                            "tx_rate",
                            null));
        }
        String state =
                switch (Json.number(server, "_power", 0)) {
                    case 1 -> "running";
                    case 3 -> "paused";
                    case 4 -> "shutdown";
                    case 7 -> "suspended";
                    default -> "pending";
                };
        return object(
                "state",
                state,
                "driver",
                "libvirt",
                "hypervisor",
                "kvm",
                "hypervisor_os",
                "linux",
                "uptime",
                counters.seconds,
                "config_drive",
                false,
                "num_cpus",
                vcpus,
                "num_nics",
                nics.size(),
                "num_disks",
                1,
                "disk_details",
                array(
                        object(
                                "read_bytes",
                                counters.disk(900),
                                "read_requests",
                                counters.disk(0.1),
                                "write_bytes",
                                counters.disk(2100),
                                "write_requests",
                                counters.disk(0.3),
                                "errors_count",
                                -1)),
                "cpu_details",
                cpus,
                "nic_details",
                nics,
                "memory_details",
                object("maximum", memory, "used", (int) (memory * (0.3 + counters.load()))));
    }

    /** What the server printed since it was started; {@code lines} 0 means all that is kept. */
    static String console(ObjectNode server, Instant now, int lines) {
        String launched = text(server, "_launched");
        Instant since = launched.isEmpty() ? now : Instant.parse(launched + "Z");
        boolean runs = Json.number(server, "_power", 0) == 1;
        long seconds =
                Math.max(
                        0,
                        Duration.between(since, runs ? now : Instant.parse(text(server, "updated")))
                                .toSeconds());
        String name = text(server, "_hostname");
        StringBuilder log = new StringBuilder();
        log.append("[    0.000000] Linux version 6.1.0-demo (demo cloud, no real machine)\n");
        log.append("[    0.000000] Command line: root=/dev/vda1 console=ttyS0\n");
        log.append("[    0.412345] pci 0000:00:03.0: virtio network device\n");
        log.append("[    1.204511] cloud-init: host name set to ").append(name).append('\n');
        long ticks = Math.min(CONSOLE_LINES, seconds / 30);
        for (long tick = seconds / 30 - ticks + 1; tick <= seconds / 30; tick++) {
            log.append("[%5d.000000] demo: %s is well, tick %d\n".formatted(tick * 30, name, tick));
        }
        log.append('\n').append(name).append(" login: ");
        if (lines <= 0) {
            return log.toString();
        }
        String[] all = log.toString().split("\n", -1);
        int from = Math.max(0, all.length - lines);
        return String.join("\n", java.util.Arrays.copyOfRange(all, from, all.length));
    }
}
