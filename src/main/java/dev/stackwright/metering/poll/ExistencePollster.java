package dev.stackwright.metering.poll;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Fact.What;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.poll.Existence.Seen;
import dev.stackwright.metering.store.MeteringStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what an API lists with the intervals that last, and makes facts of the differences only:
 * what is there and was not known, what is otherwise than known, and what is gone without an event.
 * A thing counts as gone when its service does not know it by its id either; it is closed at the
 * last look that still saw it.
 */
final class ExistencePollster implements Pollster {

    /** More than this many missing at once is looked into again at the next poll. */
    private static final int MISSING_AT_ONCE = 1_000;

    private final Existence existence;
    private final MeteringStore store;
    private final Duration every;

    ExistencePollster(Existence existence, MeteringStore store, Duration every) {
        this.existence = existence;
        this.store = store;
        this.every = every;
    }

    @Override
    public String name() {
        return existence.key();
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void poll(CloudName cloud, Account account, Instant at, @Nullable Instant previous) {
        var facts = account.as(os -> facts(cloud, os, at, previous));
        store.keep(List.of(), facts);
    }

    private List<Fact> facts(
            CloudName cloud, OpenStack os, Instant at, @Nullable Instant previous) {
        if (!os.offers(existence.service())) {
            return List.of();
        }
        Map<String, Interval> known = new LinkedHashMap<>();
        store.open(cloud, existence.kind())
                .forEach(interval -> known.put(interval.resource(), interval));
        List<Fact> facts = new ArrayList<>();
        os.eachPage(
                existence.list(),
                existence.key(),
                page ->
                        page.forEach(object -> {
                            var seen = existence.read(object);
                            var before = known.remove(object.path("id").asString(""));
                            seen.filter(now -> differs(now, before))
                                    .map(now -> seen(cloud, now, at))
                                    .ifPresent(facts::add);
                        }));
        known.values().stream()
                .filter(interval -> interval.from().isBefore(at))
                .limit(MISSING_AT_ONCE)
                .filter(interval -> os.find(existence.one(interval.resource())).isEmpty())
                .forEach(interval -> facts.add(gone(interval, at, previous)));
        return facts;
    }

    private boolean differs(Seen now, @Nullable Interval before) {
        return before == null
                || !now.size().orSoldAs(before.size()).equals(before.size())
                || !now.project().equals(before.project().value())
                || existence.kind() == ResourceKind.INSTANCE && !now.state().equals(before.state());
    }

    private Fact seen(CloudName cloud, Seen now, Instant at) {
        return new Fact(
                cloud,
                new ProjectId(now.project()),
                now.id(),
                existence.kind(),
                What.SEEN,
                at,
                now.state(),
                now.size(),
                now.since(),
                now.name(),
                origin(at));
    }

    private Fact gone(Interval interval, Instant at, @Nullable Instant previous) {
        var lastSeen =
                previous == null || previous.isBefore(interval.from()) ? interval.from() : previous;
        return new Fact(
                interval.cloud(),
                interval.project(),
                interval.resource(),
                interval.kind(),
                What.GONE,
                lastSeen,
                null,
                null,
                null,
                null,
                origin(at));
    }

    private Origin origin(Instant at) {
        return new Origin("poll." + name() + " " + at, "poll." + name(), at, null, null, null);
    }
}
