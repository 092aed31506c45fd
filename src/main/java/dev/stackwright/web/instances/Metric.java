package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of an instance is charted, and of which meters. */
enum Metric {
    CPU("cpu"),
    MEMORY("memory.usage"),
    DISK("disk.read.bytes", "disk.write.bytes"),
    NETWORK("network.incoming.bytes", "network.outgoing.bytes");

    private final List<String> meters;

    Metric(String... meters) {
        this.meters = List.of(meters);
    }

    static Optional<Metric> find(String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> meters() {
        return meters;
    }

    Words title() {
        return Words.of("instances.metrics." + id());
    }

    Words line(String meter) {
        return Words.of("instances.metrics.line." + meter);
    }

    /** Whether it is counted in bytes a second, for which a fitting unit is found. */
    boolean isBytes() {
        return this == DISK || this == NETWORK;
    }

    /** A reading in the unit of the chart: percent of all processors, or as it is. */
    BigDecimal shown(BigDecimal value, int vcpus) {
        return this == CPU
                ? value.divide(
                        BigDecimal.valueOf(10_000_000L)
                                .multiply(BigDecimal.valueOf(Math.max(1, vcpus))),
                        java.math.MathContext.DECIMAL64)
                : value;
    }
}
