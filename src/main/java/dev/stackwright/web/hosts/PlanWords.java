package dev.stackwright.web.hosts;

import dev.stackwright.operations.clearing.Amounts;
import dev.stackwright.operations.clearing.ClearingPlan;
import dev.stackwright.operations.clearing.Load;
import dev.stackwright.operations.clearing.Move;
import dev.stackwright.operations.clearing.Reason;
import dev.stackwright.operations.clearing.Spare;
import dev.stackwright.operations.clearing.Way;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.io.Serializable;
import java.time.Duration;

/** Says what a plan for a host has in mind. */
final class PlanWords {

    private static final int NAMED = 5;

    private PlanWords() {}

    static Status way(Move move) {
        return switch (move.way()) {
            case LIVE -> Status.of(Tone.OK, "hosts.way.live");
            case COLD -> Status.of(Tone.WARN, "hosts.way.cold");
            case EVACUATE -> Status.of(Tone.WARN, "hosts.way.evacuate");
            case STAYS -> Status.of(Tone.BAD, "hosts.way.stays");
        };
    }

    static Words reason(Reason reason) {
        return Words.of(
                "hosts.reason." + reason.obstacle().key(),
                reason.terms().toArray(Serializable[]::new));
    }

    static Words drain(ClearingPlan plan, int parallel) {
        var live = plan.going(Way.LIVE).size();
        var cold = plan.going(Way.COLD).size();
        var stays = plan.going(Way.STAYS).size();
        if (plan.moves().isEmpty()) {
            return Words.of("hosts.drain.nothing", plan.host());
        }
        var rest =
                stays == 0
                        ? Words.of("hosts.drain.all")
                        : Words.of("hosts.drain.stay", HostWords.count("instances", stays));
        if (live + cold == 0) {
            return Words.of("hosts.drain.sentence.none", plan.host(), rest);
        }
        if (cold == 0) {
            return Words.of(
                    "hosts.drain.sentence.live",
                    plan.host(),
                    HostWords.count("instances", live),
                    rest);
        }
        var down =
                plan.moves().stream()
                        .map(Move::down)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        return Words.of(
                live == 0 ? "hosts.drain.sentence.cold" : "hosts.drain.sentence",
                plan.host(),
                HostWords.count("instances", live),
                HostWords.count("instances", cold),
                down.isZero() ? Words.of("hosts.drain.nodown") : Words.of("hosts.drain.down", down),
                rest);
    }

    static Words recovery(ClearingPlan plan) {
        var anew = plan.going(Way.EVACUATE).size();
        var stays = plan.going(Way.STAYS).size();
        if (plan.moves().isEmpty()) {
            return Words.of("hosts.drain.nothing", plan.host());
        }
        return Words.of(
                "hosts.recovery.sentence",
                HostWords.count("instances", anew),
                plan.host(),
                stays == 0
                        ? Words.of("hosts.recovery.all")
                        : Words.of("hosts.drain.stay", HostWords.count("instances", stays)));
    }

    static Words spare(Spare spare, boolean after) {
        if (spare.isThere()) {
            return Words.of(after ? "hosts.spare.after.there" : "hosts.spare.there");
        }
        var names = String.join(", ", spare.homeless().stream().limit(NAMED).toList());
        var more = spare.homeless().size() - NAMED;
        return Words.of(
                (after ? "hosts.spare.after" : "hosts.spare") + (spare.certain() ? "" : ".perhaps"),
                spare.host(),
                HostWords.count("instances", spare.homeless().size()),
                more > 0 ? Words.of("hosts.spare.more", names, more) : Words.verbatim(names));
    }

    static Meter load(Load load) {
        var place = load.place();
        var all = place.capacity().get(Amounts.MEMORY);
        var now = place.used().get(Amounts.MEMORY);
        var after = load.after().get(Amounts.MEMORY);
        return Meter.of(
                        Words.verbatim(place.host()),
                        now,
                        all,
                        Words.of(
                                "hosts.load",
                                all == 0 ? 0 : 100 * now / all,
                                all == 0 ? 0 : 100 * after / all),
                        null)
                .withPlanned(all == 0 ? 0 : (double) (after - now) / all);
    }
}
