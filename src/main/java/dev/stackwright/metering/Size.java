package dev.stackwright.metering;

import java.math.BigDecimal;

/**
 * How big a resource is.
 *
 * @param ramMb memory of an instance in MB of 1024 KB, as its flavor says
 * @param diskGb local disk of an instance; nothing when it boots from a volume
 * @param gb of a volume, snapshot, backup or image
 */
public record Size(BigDecimal vcpus, BigDecimal ramMb, BigDecimal diskGb, BigDecimal gb) {

    public static final Size NONE = storage(BigDecimal.ZERO);

    public Size {
        vcpus = plain(vcpus);
        ramMb = plain(ramMb);
        diskGb = plain(diskGb);
        gb = plain(gb);
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

    /** Equal sizes are equal whatever the number of zeros a database gives back behind the dot. */
    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
