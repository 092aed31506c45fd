package dev.stackwright.metering;

import java.math.BigDecimal;

/**
 * How big a resource is, and what it is sold as.
 *
 * @param ramMb memory of an instance in MB of 1024 KB, as its flavor says
 * @param diskGb local disk of an instance; nothing when it boots from a volume
 * @param gb of a volume, snapshot, backup or image
 * @param type name of the flavor or of the volume type; empty when the source does not say
 */
public record Size(
        BigDecimal vcpus, BigDecimal ramMb, BigDecimal diskGb, BigDecimal gb, String type) {

    public static final Size NONE = storage(BigDecimal.ZERO);

    public Size {
        vcpus = plain(vcpus);
        ramMb = plain(ramMb);
        diskGb = plain(diskGb);
        gb = plain(gb);
    }

    public Size(BigDecimal vcpus, BigDecimal ramMb, BigDecimal diskGb, BigDecimal gb) {
        this(vcpus, ramMb, diskGb, gb, "");
    }

    public static Size instance(long vcpus, long ramMb, long diskGb) {
        return new Size(
                BigDecimal.valueOf(vcpus),
                BigDecimal.valueOf(ramMb),
                BigDecimal.valueOf(diskGb),
                BigDecimal.ZERO);
    }

    public static Size storage(BigDecimal gb) {
        return new Size(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, gb);
    }

    /** The same, sold under a name. */
    public Size soldAs(String name) {
        return new Size(vcpus, ramMb, diskGb, gb, name);
    }

    /** The same under the name that the other one has, unless it has a name itself. */
    public Size orSoldAs(Size other) {
        return type.isEmpty() && !other.type.isEmpty() ? soldAs(other.type) : this;
    }

    /** Whether two are of one size, under whatever name. */
    public static boolean same(Size one, Size other) {
        return one.soldAs("").equals(other.soldAs(""));
    }

    /** Equal sizes are equal whatever the number of zeros a database gives back behind the dot. */
    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
