package dev.stackwright.stack;

import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A quota into which a plan does not fit.
 *
 * @param most what would be used at most while the plan runs; memory in MB, storage in GB
 */
public record Shortfall(Quota quota, long most, long limit) {

    /** Judges by what the project uses as it was last seen; what was never seen is enough. */
    public static List<Shortfall> of(Plan plan, List<QuotaLine> lines) {
        var shortfalls = new ArrayList<Shortfall>();
        for (var effect : plan.quota()) {
            for (var line : lines) {
                var limit = line.limit();
                if (limit != null
                        && is(line, effect.quota())
                        && effect.peak() > 0
                        && line.used() + effect.peak() > limit) {
                    shortfalls.add(
                            new Shortfall(effect.quota(), line.used() + effect.peak(), limit));
                }
            }
        }
        return shortfalls;
    }

    private static boolean is(QuotaLine line, Quota quota) {
        return line.service().equals(quota.service()) && line.resource().equals(quota.resource());
    }

    static String sentence(List<Shortfall> shortfalls) {
        return shortfalls.stream()
                .map(Shortfall::words)
                .collect(
                        Collectors.joining(
                                "; ",
                                "The plan does not fit into the quota of the project: ",
                                ". Ask for a higher quota, delete what is not needed, or make the"
                                        + " plan smaller."));
    }

    private String words() {
        var what = quota.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var unit =
                switch (quota) {
                    case RAM -> " MB of memory";
                    case GIGABYTES -> " GB of volumes";
                    default -> " " + what;
                };
        return "it needs %d%s at most while it runs, and %d are allowed"
                .formatted(most, unit, limit);
    }
}
