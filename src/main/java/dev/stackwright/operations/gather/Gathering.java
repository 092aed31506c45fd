package dev.stackwright.operations.gather;

import dev.stackwright.cloud.Account;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Survey;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.BusState;
import dev.stackwright.operations.doctor.Aggregate;
import dev.stackwright.operations.doctor.Beat;
import dev.stackwright.operations.doctor.Bus;
import dev.stackwright.operations.doctor.Facts;
import dev.stackwright.operations.doctor.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes together what is known of one cloud, round after round. */
public final class Gathering {

    private final Account account;
    private final dev.stackwright.notification.Bus bus;
    private final CloudName cloud;
    private final Clock clock;
    private final Soundings soundings;
    private final Suspects suspects;
    private final Pulse pulse = new Pulse();
    private final Map<Question, Sounding> last = new EnumMap<>(Question.class);
    private @Nullable Instant busLost;

    public Gathering(
            CloudName cloud,
            Account account,
            Inventory inventory,
            Survey survey,
            dev.stackwright.notification.Bus bus,
            Clock clock) {
        this.cloud = cloud;
        this.account = account;
        this.bus = bus;
        this.clock = clock;
        this.soundings = new Soundings(clock);
        this.suspects =
                new Suspects(cloud, inventory, survey, new Demands(cloud, account, inventory));
    }

    /** Asks the cloud how it is and answers with everything that is known. */
    public Facts facts() {
        var heard = soundings.ask(account);
        pulse.take(heard);
        heard.stream()
                .filter(each -> each.body() != null)
                .forEach(each -> last.put(each.question(), each));
        var now = clock.instant();
        var beats = new ArrayList<Beat>();
        var pools = new ArrayList<Pool>();
        var aggregates = new ArrayList<Aggregate>();
        last.values()
                .forEach(each -> {
                    beats.addAll(Answers.beats(each));
                    if (each.question() == Question.POOLS) {
                        pools.addAll(Answers.pools(each));
                    } else if (each.question() == Question.AGGREGATES) {
                        aggregates.addAll(Answers.aggregates(each));
                    }
                });
        var instances = suspects.instances(now);
        return new Facts(
                now,
                pulse.apis(),
                pulse.account(),
                bus(bus.state(cloud), now),
                beats,
                suspects.hosts(),
                aggregates,
                pools,
                suspects.groups(instances),
                instances,
                suspects.volumes());
    }

    private Bus bus(BusState state, Instant now) {
        if (!state.configured() || state.connected()) {
            busLost = null;
        } else if (busLost == null) {
            busLost = now;
        }
        var trouble = state.trouble();
        return new Bus(state.configured(), busLost, trouble == null ? "" : trouble, List.of());
    }
}
