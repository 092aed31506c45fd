package dev.stackwright.metering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A figure that a project owner reads. One kind is existence times size, integrated over lifecycle
 * intervals ({@code vcpus}: vCPU-hours); the other is the growth of a counter ({@code
 * network.outgoing.bytes}: GB).
 */
public enum Measure {
    INSTANCE("instance", Unit.HOURS, ResourceKind.INSTANCE, _ -> BigDecimal.ONE),
    VCPUS("vcpus", Unit.VCPU_HOURS, ResourceKind.INSTANCE, Size::vcpus),
    MEMORY(
            "memory",
            Unit.GB_HOURS,
            ResourceKind.INSTANCE,
            size -> size.ramMb().divide(BigDecimal.valueOf(1024))),
    DISK("disk", Unit.GB_HOURS, ResourceKind.INSTANCE, Size::diskGb),
    VOLUME("volume.size", Unit.GB_HOURS, ResourceKind.VOLUME, Size::gb),
    SNAPSHOT("snapshot.size", Unit.GB_HOURS, ResourceKind.SNAPSHOT, Size::gb),
    BACKUP("backup.size", Unit.GB_HOURS, ResourceKind.BACKUP, Size::gb),
    IMAGE("image.size", Unit.GB_HOURS, ResourceKind.IMAGE, Size::gb),
    FLOATING_IP("ip.floating", Unit.HOURS, ResourceKind.FLOATING_IP, _ -> BigDecimal.ONE),
    ROUTER("router", Unit.HOURS, ResourceKind.ROUTER, _ -> BigDecimal.ONE),
    CPU("cpu", Unit.CPU_HOURS, new BigDecimal("3600000000000")),
    DISK_READ("disk.read.bytes", Unit.GB, BigDecimal.valueOf(1L << 30)),
    DISK_WRITE("disk.write.bytes", Unit.GB, BigDecimal.valueOf(1L << 30)),
    TRAFFIC_IN("network.incoming.bytes", Unit.GB, BigDecimal.valueOf(1L << 30)),
    TRAFFIC_OUT("network.outgoing.bytes", Unit.GB, BigDecimal.valueOf(1L << 30));

    /** The unit in which a measure is shown. */
    public enum Unit {
        HOURS,
        VCPU_HOURS,
        GB_HOURS,
        CPU_HOURS,
        GB
    }

    private static final Map<String, Measure> BY_ID =
            Arrays.stream(values()).collect(Collectors.toMap(Measure::id, measure -> measure));

    private static final Map<ResourceKind, List<Measure>> OF_KIND =
            Arrays.stream(values())
                    .filter(Measure::integrated)
                    .collect(
                            Collectors.groupingBy(measure -> Objects.requireNonNull(measure.kind)));

    private final String id;
    private final Unit unit;
    private final @Nullable ResourceKind kind;
    private final Function<Size, BigDecimal> rate;
    private final BigDecimal divisor;

    Measure(String id, Unit unit, ResourceKind kind, Function<Size, BigDecimal> rate) {
        this.id = id;
        this.unit = unit;
        this.kind = kind;
        this.rate = rate;
        this.divisor = BigDecimal.ONE;
    }

    Measure(String id, Unit unit, BigDecimal divisor) {
        this.id = id;
        this.unit = unit;
        this.kind = null;
        this.rate = _ -> BigDecimal.ZERO;
        this.divisor = divisor;
    }

    public static Optional<Measure> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** The measures that come from lifecycle intervals of a kind. */
    public static List<Measure> of(ResourceKind kind) {
        return OF_KIND.getOrDefault(kind, List.of());
    }

    /** The name in the address of the page; for a counter, the meter's name too. */
    public String id() {
        return id;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether it is integrated over lifecycle intervals; if not, it is the growth of a counter. */
    public boolean integrated() {
        return kind != null;
    }

    /** The kind of resource that is integrated, or nothing for a counter. */
    public @Nullable ResourceKind kind() {
        return kind;
    }

    /** How much of this measure one hour of a resource of that size is. */
    public BigDecimal perHour(Size size) {
        return rate.apply(size);
    }

    /** What so many of the counter's units are in the unit of this measure. */
    public BigDecimal amount(BigDecimal counted) {
        return counted.divide(divisor, 12, RoundingMode.HALF_UP);
    }

    /** How many of the counter's units make one unit of this measure. */
    public BigDecimal divisor() {
        return divisor;
    }
}
