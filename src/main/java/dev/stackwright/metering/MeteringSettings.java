package dev.stackwright.metering;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of metering.
 *
 * @param datasource a database of its own for metering; the main one when not given
 * @param existenceEvery how often the APIs are asked what exists
 * @param diagnosticsEvery how often the counters of running instances are read from Nova
 * @param collect whether this process polls at all
 * @param keepSamples how long samples and the notifications behind them are kept
 * @param keepRollups how long hourly figures are kept
 * @param packAfter how long after its end a day's samples are packed
 * @param freeStates states in which an instance counts for nothing
 * @param futureTolerance a sample from further ahead than this comes from a wrong clock and is left
 *     out
 */
@ConfigurationProperties("stackwright.metering")
public record MeteringSettings(
        @Nullable Database datasource,
        @DefaultValue("5m") Duration existenceEvery,
        @DefaultValue("10m") Duration diagnosticsEvery,
        @DefaultValue("true") boolean collect,
        @DefaultValue("90d") Duration keepSamples,
        @DefaultValue("400d") Duration keepRollups,
        @DefaultValue("6h") Duration packAfter,
        @DefaultValue("shelved_offloaded") List<String> freeStates,
        @DefaultValue("1h") Duration futureTolerance) {

    /** Where the database is; a JDBC URL with its account. */
    public record Database(String url, @Nullable String username, @Nullable String password) {

        @Override
        public String toString() {
            return url;
        }
    }

    public MeteringSettings {
        atLeast(existenceEvery, Duration.ofSeconds(10), "existence-every");
        atLeast(diagnosticsEvery, Duration.ofSeconds(10), "diagnostics-every");
        atLeast(keepSamples, Duration.ofDays(1), "keep-samples");
        atLeast(packAfter, Duration.ofHours(1), "pack-after");
        atLeast(futureTolerance, Duration.ZERO, "future-tolerance");
        if (keepRollups.compareTo(keepSamples) < 0) {
            throw new IllegalArgumentException(
                    "stackwright.metering.keep-rollups is shorter than keep-samples; hourly figures"
                            + " outlive the samples that they are made of");
        }
        freeStates = List.copyOf(freeStates);
    }

    private static void atLeast(Duration given, Duration least, String name) {
        if (given.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "stackwright.metering."
                            + name
                            + " is "
                            + given
                            + "; it has to be at least "
                            + least);
        }
    }
}
