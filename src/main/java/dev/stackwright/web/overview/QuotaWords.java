package dev.stackwright.web.overview;

import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Words;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The limits that an owner thinks in, in the order in which they run out. */
final class QuotaWords {

    /** Service and resource as the cloud calls them. */
    private static final List<String> SHOWN =
            List.of(
                    "compute/instances",
                    "compute/cores",
                    "compute/ram",
                    "volume/volumes",
                    "volume/gigabytes",
                    "network/floatingip",
                    "network/network",
                    "network/router",
                    "network/port");

    private QuotaWords() {}

    static List<QuotaLine> shown(List<QuotaLine> lines) {
        return SHOWN.stream()
                .map(name -> lines.stream().filter(line -> name(line).equals(name)).findFirst())
                .flatMap(Optional::stream)
                .toList();
    }

    static Words label(QuotaLine line) {
        return Words.of("overview.quota." + line.service() + "." + line.resource());
    }

    static String amount(QuotaLine line, long amount, Format format) {
        return switch (name(line)) {
            case "compute/ram" -> format.mebibytes(amount);
            case "volume/gigabytes" -> format.gibibytes(amount);
            default -> format.number(amount);
        };
    }

    static Meter meter(QuotaLine line, Format format) {
        Words used = Words.verbatim(amount(line, line.used(), format));
        if (line.limit() == null) {
            return Meter.of(label(line), 0, 0, used, null);
        }
        long limit = Objects.requireNonNull(line.limit());
        return Meter.of(
                label(line), line.used(), limit, used, Words.verbatim(amount(line, limit, format)));
    }

    private static String name(QuotaLine line) {
        return line.service() + "/" + line.resource();
    }
}
