package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A host that was away is back, looks well, and the instances on it are shut off though nobody
 * stopped them. Two or more that stopped together are enough; a single one may have shut itself
 * down.
 */
final class HostIsBack implements Rule {

    private static final Duration TOGETHER = Duration.ofMinutes(5);
    private static final int ENOUGH = 2;
    private static final Set<String> STOPPING =
            Set.of("stop", "shelve", "suspend", "resize", "migrate", "rescue", "delete");

    @Override
    public List<Verdict> examine(Facts facts) {
        var found = new ArrayList<Verdict>();
        facts.instances().stream()
                .filter(HostIsBack::stoppedByNobody)
                .collect(
                        Collectors.groupingBy(
                                instance -> String.valueOf(instance.host()),
                                TreeMap::new,
                                Collectors.toList()))
                .forEach((host, stopped) -> {
                    var up = facts.computeOn(host).map(Beat::alive).orElse(false);
                    var newest =
                            stopped.stream()
                                    .map(Instance::since)
                                    .max(Comparator.naturalOrder())
                                    .orElse(Instant.EPOCH);
                    var together =
                            stopped.stream()
                                    .filter(each ->
                                            Duration.between(each.since(), newest)
                                                            .compareTo(TOGETHER)
                                                    <= 0)
                                    .toList();
                    if (up && together.size() >= ENOUGH) {
                        found.add(verdict(host, together, facts));
                    }
                });
        return found;
    }

    static boolean stoppedByNobody(Instance instance) {
        var actions = instance.actions();
        if (!instance.status().equals("SHUTOFF")
                || instance.task() != null
                || instance.host() == null
                || actions == null) {
            return false;
        }
        // The newest thing that somebody asked for was not to stop.
        return actions.stream()
                .filter(action -> action.user() != null && !action.user().isEmpty())
                .findFirst()
                .map(action -> !STOPPING.contains(action.name().toLowerCase(java.util.Locale.ROOT)))
                .orElse(false);
    }

    private static Verdict verdict(String host, List<Instance> stopped, Facts facts) {
        var since =
                stopped.stream()
                        .map(Instance::since)
                        .min(Comparator.naturalOrder())
                        .orElse(facts.now());
        return Verdict.likely(
                        Code.HOST_RETURNED,
                        Subject.host(host),
                        since,
                        Term.machine(host),
                        stopped.size(),
                        since)
                .because(
                        Evidence.proves(
                                "stopped-by-nobody",
                                Evidence.Source.ACTIONS,
                                facts.now(),
                                stopped.size(),
                                since),
                        Evidence.fits(
                                "host-reports",
                                Evidence.Source.COMPUTE_SERVICES,
                                facts.now(),
                                Term.machine(host)))
                .curedBy(Cure.START_ALL);
    }
}
