package dev.stackwright.operations.clearing;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/** How much of each class of resource, by the names that placement gives them. */
public record Amounts(Map<String, Long> of) {

    public static final String VCPU = "VCPU";
    public static final String PCPU = "PCPU";
    public static final String MEMORY = "MEMORY_MB";
    public static final String DISK = "DISK_GB";

    public static final Amounts NONE = new Amounts(Map.of());

    public Amounts {
        of = Map.copyOf(of);
    }

    public static Amounts of(long vcpus, long memoryMb, long diskGb) {
        return new Amounts(Map.of(VCPU, vcpus, MEMORY, memoryMb, DISK, diskGb));
    }

    public long get(String resource) {
        return of.getOrDefault(resource, 0L);
    }

    public Amounts plus(Amounts more) {
        return each(more, Long::sum);
    }

    public Amounts minus(Amounts less) {
        return each(less, (mine, its) -> mine - its);
    }

    private Amounts each(Amounts other, LongBinaryOperator together) {
        var result = new TreeMap<>(of);
        other.of.forEach(
                (name, amount) -> result.put(name, together.applyAsLong(get(name), amount)));
        return new Amounts(result);
    }

    public boolean fitsInto(Amounts room) {
        for (var each : of.entrySet()) {
            if (each.getValue() > 0 && each.getValue() > room.get(each.getKey())) {
                return false;
            }
        }
        return true;
    }

    /** The part of the whole that the scarcest class takes; more than 1 when it does not fit. */
    public double shareOf(Amounts whole) {
        double share = 0;
        for (var each : of.entrySet()) {
            if (each.getValue() > 0) {
                var all = whole.get(each.getKey());
                share =
                        Math.max(
                                share,
                                all <= 0 ? Double.MAX_VALUE : (double) each.getValue() / all);
            }
        }
        return share;
    }
}
