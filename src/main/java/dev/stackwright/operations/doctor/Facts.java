package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known of a cloud at a moment, as far as it may tell what is wrong.
 *
 * @param instances those that may be in trouble, and those that stopped
 * @param volumes those that may be in trouble
 */
public record Facts(
        Instant now,
        List<Api> apis,
        Account account,
        Bus bus,
        List<Beat> beats,
        List<Host> hosts,
        List<Aggregate> aggregates,
        List<Pool> pools,
        List<Group> groups,
        List<Instance> instances,
        List<Volume> volumes) {

    /** Reports that were read longer ago than this say nothing of now. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    public Facts {
        apis = List.copyOf(apis);
        beats = List.copyOf(beats);
        hosts = List.copyOf(hosts);
        aggregates = List.copyOf(aggregates);
        pools = List.copyOf(pools);
        groups = List.copyOf(groups);
        instances = List.copyOf(instances);
        volumes = List.copyOf(volumes);
    }

    /** A cloud of which nothing is known. */
    public static Facts at(Instant now) {
        return new Facts(
                now,
                List.of(),
                Account.TAKEN,
                Bus.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    Optional<Api> api(Api.Name name) {
        return apis.stream().filter(api -> api.name() == name).findFirst();
    }

    /** Reports that are still true. */
    Stream<Beat> fresh() {
        return beats.stream()
                .filter(beat -> Duration.between(beat.read(), now).compareTo(FRESH) <= 0);
    }

    Stream<Beat> of(String binary) {
        return fresh().filter(beat -> beat.binary().equals(binary));
    }

    Optional<Beat> computeOn(String host) {
        return of("nova-compute").filter(beat -> beat.host().equals(host)).findFirst();
    }

    /** Whether new instances may be put on a host. */
    boolean takesInstances(String host) {
        return computeOn(host)
                .map(beat -> beat.alive() && beat.enabled() && !beat.forcedDown())
                .orElse(false);
    }
}
