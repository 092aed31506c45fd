package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.List;

/** The bus works, and nobody reads a queue that a service should read. */
final class QueueIsUnread implements Rule {

    private static final Duration GROWS = Duration.ofSeconds(25);

    @Override
    public List<Verdict> examine(Facts facts) {
        return facts.bus().queues().stream()
                .filter(queue -> {
                    var since = queue.growingSince();
                    return since != null
                            && Duration.between(since, facts.now()).compareTo(GROWS) >= 0;
                })
                .map(queue -> {
                    var since = queue.growingSince() == null ? facts.now() : queue.growingSince();
                    return Verdict.of(
                                    Code.QUEUE_UNREAD,
                                    new Subject(
                                            Subject.Kind.SERVICE,
                                            "queue " + queue.name(),
                                            queue.name(),
                                            null,
                                            null),
                                    since,
                                    queue.readers() == 0 ? Confidence.CERTAIN : Confidence.LIKELY,
                                    Term.machine(queue.name()),
                                    queue.messages(),
                                    since)
                            .because(
                                    Evidence.proves(
                                            "queue",
                                            Evidence.Source.BUS,
                                            facts.now(),
                                            Term.machine(queue.name()),
                                            queue.messages(),
                                            queue.readers()))
                            .curedBy(Cure.START_SERVICE);
                })
                .toList();
    }
}
