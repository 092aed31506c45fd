package dev.stackwright.web.setup;

import dev.stackwright.kernel.CloudName;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Runs the tests when asked to, and remembers for this process what the last ones found. */
@Component
class Examinations {

    private final List<Check> checks;
    private final Clock clock;
    private final Map<CloudName, Examination> latest = new ConcurrentHashMap<>();

    Examinations(List<Check> checks, Clock clock) {
        this.checks = checks.stream().sorted(Comparator.comparingInt(Check::order)).toList();
        this.clock = clock;
    }

    /** What was found, and when. */
    record Examination(Instant when, List<Finding> findings) {}

    Optional<Examination> latest(CloudName cloud) {
        return Optional.ofNullable(latest.get(cloud));
    }

    Examination examine(CloudName cloud) {
        var findings = checks.stream().flatMap(check -> check.check(cloud).stream()).toList();
        var examination = new Examination(clock.instant(), findings);
        latest.put(cloud, examination);
        return examination;
    }
}
