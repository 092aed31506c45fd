package dev.stackwright.web.setup;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.Bus;
import dev.stackwright.notification.Source;
import dev.stackwright.notification.Sources;
import dev.stackwright.web.frame.Words;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether notifications come in. */
@Component
class BusCheck implements Check {

    private static final Words BUS = Words.of("setup.bus");

    private final Bus bus;
    private final Sources sources;
    private final Clock clock;

    BusCheck(Bus bus, Sources sources, Clock clock) {
        this.bus = bus;
        this.sources = sources;
        this.clock = clock;
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
        var silent =
                sources.list(cloud).stream()
                        .filter(source -> source.isSilent(clock.instant()))
                        .min(Comparator.comparing(Source::lastSeen));
        var last = state.lastSeen().values().stream().max(Comparator.<Instant>naturalOrder());
        return List.of(
                silent.map(BusCheck::quiet)
                        .or(() ->
                                last.map(when ->
                                        Finding.fine(
                                                BUS, "setup.bus.fine", state.received(), when)))
                        .orElseGet(() -> Finding.worth(BUS, "setup.bus.silent")));
    }

    private static Finding quiet(Source source) {
        return Finding.worth(
                BUS,
                "setup.bus.quiet",
                BusSheets.name(source.exchange(), source.service()),
                source.lastSeen());
    }
}
