package dev.stackwright.web.setup;

import dev.stackwright.notification.PoisonMessage;
import dev.stackwright.notification.PoisonMessages;
import dev.stackwright.notification.Source;
import dev.stackwright.notification.Sources;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads what there is to say about the bus of a cloud. */
@Component
class BusSheets {

    private static final int SHOWN = 20;

    private final Sources sources;
    private final PoisonMessages poison;

    BusSheets(Sources sources, PoisonMessages poison) {
        this.sources = sources;
        this.poison = poison;
    }

    BusSheet of(Visit visit) {
        var count = poison.count(visit.cloud());
        List<PoisonMessage> newest = count == 0 ? List.of() : poison.newest(visit.cloud(), SHOWN);
        return new BusSheet(
                sources.list(visit.cloud()).stream()
                        .map(source -> row(visit.format(), source))
                        .toList(),
                count == 0
                        ? Words.of("setup.poison.none")
                        : count <= SHOWN
                                ? Words.of("setup.poison.lead.all", count)
                                : Words.of("setup.poison.lead", count, SHOWN),
                count,
                newest.stream().map(BusSheets::row).toList(),
                newest.isEmpty() ? 0 : newest.getFirst().id(),
                newest.isEmpty() ? null : visit.adminPath("setup", "discard"));
    }

    private static BusSheet.Source row(Format format, Source source) {
        return new BusSheet.Source(
                name(source.exchange(), source.service()),
                source.lastSeen(),
                source.longestPause().isZero() ? null : format.duration(source.longestPause()),
                source.isSilent(format.now())
                        ? Status.of(Tone.WARN, "setup.source.silent", source.lastSeen())
                        : source.speaksUsually()
                                ? Status.of(Tone.OK, "setup.source.speaks")
                                : Status.of(Tone.IDLE, "setup.source.seldom"));
    }

    static String name(String exchange, String service) {
        return service.isEmpty() ? exchange : exchange + ", " + service;
    }

    private static BusSheet.Message row(PoisonMessage message) {
        var publisher = message.publisher();
        return new BusSheet.Message(
                message.arrived(),
                name(message.exchange(), publisher == null ? "" : publisher),
                message.eventType(),
                message.reason());
    }
}
