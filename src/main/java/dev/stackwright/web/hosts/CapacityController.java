package dev.stackwright.web.hosts;

import dev.stackwright.operations.Capacities;
import dev.stackwright.operations.clearing.Capacity;
import dev.stackwright.operations.clearing.Spare;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Free slots, and which losses the cloud bears; for administrators. */
@Controller
@RequestMapping("/c/{cloud}/admin/capacity")
class CapacityController {

    private static final int SHOWN = 20;
    private static final int NAMED = 8;

    private final Capacities capacities;

    CapacityController(Capacities capacities) {
        this.capacities = capacities;
    }

    @GetMapping
    String capacity(Visit visit, Model model) {
        var known = capacities.of(visit.viewer());
        var links = new CapacityPage.Links(visit.adminPath("hosts"));
        model.addAttribute(
                "page",
                known.map(each -> page(each, links))
                        .orElseGet(() ->
                                new CapacityPage(
                                        Words.of("hosts.capacity.unread"),
                                        null,
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        Words.verbatim(""),
                                        Words.verbatim(""),
                                        links)));
        return "hosts/capacity";
    }

    private static CapacityPage page(Capacities.Known known, CapacityPage.Links links) {
        var capacity = known.capacity();
        var slots = capacity.slots();
        var zones = slots.stream().flatMap(each -> each.byZone().keySet().stream());
        var aggregates = slots.stream().flatMap(each -> each.byAggregate().keySet().stream());
        var shownZones = zones.distinct().sorted().toList();
        var shownAggregates = aggregates.distinct().sorted().toList();
        return new CapacityPage(
                lead(capacity),
                known.read(),
                shownZones,
                shownAggregates,
                slots.stream().map(each -> row(each, shownZones, shownAggregates)).toList(),
                capacity.single().stream().limit(SHOWN).map(CapacityController::loss).toList(),
                capacity.pairs().stream().limit(SHOWN).map(CapacityController::loss).toList(),
                Words.of("hosts.capacity.pairs.note", capacity.pairsOf(), capacity.pairs().size()),
                Words.of("hosts.capacity.bound", capacity.most()),
                links);
    }

    private static Words lead(Capacity capacity) {
        if (!capacity.single().isEmpty()) {
            var worst = capacity.single().getFirst();
            return Words.of(
                    worst.certain() ? "hosts.capacity.lead.one" : "hosts.capacity.lead.one.perhaps",
                    worst.host(),
                    HostWords.count("instances", worst.homeless().size()));
        }
        return capacity.pairs().isEmpty()
                ? Words.of("hosts.capacity.lead.well")
                : Words.of("hosts.capacity.lead.two", capacity.pairs().size());
    }

    private static CapacityPage.Row row(
            Capacity.Slots slots, List<String> zones, List<String> aggregates) {
        var best = slots.best();
        return new CapacityPage.Row(
                slots.flavor(),
                slots.all(),
                zones.stream().map(zone -> number(slots.byZone(), zone)).toList(),
                aggregates.stream().map(name -> number(slots.byAggregate(), name)).toList(),
                best,
                number(slots.byHost(), best),
                slots.byHost().entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(SHOWN)
                        .map(each -> new CapacityPage.OnHost(each.getKey(), each.getValue()))
                        .toList());
    }

    private static long number(Map<String, Long> counts, @Nullable String name) {
        return name == null ? 0 : counts.getOrDefault(name, 0L);
    }

    private static CapacityPage.Loss loss(Spare loss) {
        var named = String.join(", ", loss.homeless().stream().limit(NAMED).toList());
        return new CapacityPage.Loss(
                loss.host(),
                Words.of(
                        loss.certain()
                                ? "hosts.capacity.homeless"
                                : "hosts.capacity.homeless.perhaps",
                        HostWords.count("instances", loss.homeless().size())),
                loss.homeless().size() > NAMED ? named + " …" : named);
    }
}
