package dev.stackwright.inventory;

import dev.stackwright.kernel.CloudName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How old what the inventory says about a cloud is, kind by kind. */
public record Freshness(CloudName cloud, List<OfKind> kinds) {

    public Freshness {
        kinds = List.copyOf(kinds);
    }

    /**
     * One kind.
     *
     * @param swept when all of them were last read, null before the first time
     * @param notified when the bus last spoke of one of them
     * @param interval how often all are read
     * @param trouble why the last reading failed, in a sentence; null when it did not
     * @param count how many there were
     */
    public record OfKind(
            Kind kind,
            @Nullable Instant swept,
            @Nullable Instant notified,
            Duration interval,
            @Nullable String trouble,
            long count) {

        /** Two readings missed: what is shown may no longer be so. */
        public boolean isStale(Instant now) {
            return swept == null
                    || swept.plus(interval.multipliedBy(2)).plusSeconds(30).isBefore(now);
        }
    }

    public Optional<OfKind> of(Kind kind) {
        return kinds.stream().filter(each -> each.kind() == kind).findFirst();
    }

    /** When the cloud last told anything, by an answer or by the bus. */
    public Optional<Instant> lastHeard() {
        return kinds.stream()
                .flatMap(each ->
                        java.util.stream.Stream.of(
                                Optional.ofNullable(each.swept()),
                                Optional.ofNullable(each.notified())))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** Since when the oldest stale kind was not read; empty while all are current. */
    public Optional<Instant> staleSince(Instant now) {
        return kinds.stream()
                .filter(each -> each.isStale(now))
                .map(OfKind::swept)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** The first sentence about what is wrong. */
    public Optional<String> trouble() {
        return kinds.stream().map(OfKind::trouble).filter(Objects::nonNull).findFirst();
    }

    /** Whether everything was read at least once. */
    public boolean isComplete() {
        return !kinds.isEmpty() && kinds.stream().allMatch(each -> each.swept() != null);
    }
}
