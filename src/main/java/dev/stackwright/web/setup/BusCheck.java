package dev.stackwright.web.setup;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.Bus;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether notifications come in. */
@Component
class BusCheck implements Check {

    private static final Words BUS = Words.of("setup.bus");

    private final Bus bus;

    BusCheck(Bus bus) {
        this.bus = bus;
    }

    @Override
    public int order() {
        return 2;
    }

    @Override
    public List<Finding> check(CloudName cloud) {
        var state = bus.state(cloud);
        if (!state.configured()) {
            return List.of(Finding.worth(BUS, "setup.bus.none"));
        }
        if (!state.connected()) {
            return List.of(
                    Finding.broken(
                            BUS, "setup.bus.away", state.trouble() == null ? "" : state.trouble()));
        }
        if (state.trouble() != null) {
            return List.of(Finding.broken(BUS, "setup.bus.trouble", state.trouble()));
        }
        var last = state.lastSeen().values().stream().max(Comparator.<Instant>naturalOrder());
        return List.of(
                last.map(when -> Finding.fine(BUS, "setup.bus.fine", state.received(), when))
                        .orElseGet(() -> Finding.worth(BUS, "setup.bus.silent")));
    }
}
