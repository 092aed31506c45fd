package dev.stackwright.web.instances;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Usage;
import dev.stackwright.web.chart.Canvas;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Processor, memory, disk and network of one instance over time, from what was polled. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/instances/{id}/metrics")
class MetricsController {

    private final Inventory inventory;
    private final @Nullable Usage usage;

    MetricsController(Inventory inventory, ObjectProvider<Usage> usage) {
        this.inventory = inventory;
        this.usage = usage.getIfAvailable();
    }

    /** The stretches to choose from; up to a day every sample is a point, beyond it every hour. */
    private enum Stretch {
        DAY("24h", Duration.ofHours(24)),
        WEEK("7d", Duration.ofDays(7)),
        MONTH("30d", Duration.ofDays(30));

        private final String id;
        private final Duration length;

        Stretch(String id, Duration length) {
            this.id = id;
            this.length = length;
        }

        static Stretch of(Visit visit) {
            var asked = visit.here().get("range");
            return Arrays.stream(values())
                    .filter(one -> one.id.equals(asked))
                    .findFirst()
                    .orElse(DAY);
        }

        Period until(Visit visit) {
            var now = visit.format().now();
            return new Period(now.minus(length), now);
        }
    }

    @GetMapping
    String show(Visit visit, @PathVariable String id, Model model) {
        var server = DeedController.found(inventory, visit, id);
        var stretch = Stretch.of(visit);
        var courses = courses(visit, server, stretch);
        var here = visit.path("instances", id, "metrics");
        List<MetricsPage.Chart> charts = new ArrayList<>();
        for (var course : courses) {
            charts.add(
                    course.chart(
                            visit.format(),
                            Address.of(visit.path("instances", id, "metrics", "data"))
                                    .with("of", course.id())
                                    .with("range", stretch == Stretch.DAY ? "" : stretch.id)
                                    .toString()));
        }
        model.addAttribute(
                "page",
                new MetricsPage(
                        id,
                        server.row().name().isBlank() ? id : server.row().name(),
                        lead(courses, stretch),
                        Arrays.stream(Stretch.values())
                                .map(one ->
                                        new Tab(
                                                Words.of("instances.metrics.range." + one.id),
                                                Address.of(here)
                                                        .with(
                                                                "range",
                                                                one == Stretch.DAY ? "" : one.id)
                                                        .toString(),
                                                null,
                                                one == stretch))
                                .toList(),
                        charts,
                        visit.path("instances", id),
                        visit.path("instances"),
                        visit.path("instances", id, "log"),
                        visit.path("usage", "resources", id)));
        return "instances/metrics";
    }

    private static Words lead(List<MetricCourse> courses, Stretch stretch) {
        return courses.stream().allMatch(MetricCourse::isEmpty)
                ? Words.of("instances.metrics.none")
                : Words.of(
                        stretch == Stretch.DAY
                                ? "instances.metrics.lead.samples"
                                : "instances.metrics.lead.hours");
    }

    private List<MetricCourse> courses(Visit visit, ServerDetail server, Stretch stretch) {
        return Arrays.stream(Metric.values())
                .map(metric -> course(visit, server, stretch, metric))
                .toList();
    }

    private MetricCourse course(Visit visit, ServerDetail server, Stretch stretch, Metric metric) {
        var known = usage;
        return MetricCourse.of(
                metric,
                server.row(),
                stretch.until(visit),
                stretch != Stretch.DAY,
                meter ->
                        known == null
                                ? List.of()
                                : known.course(
                                                visit.viewer(),
                                                server.row().id(),
                                                meter,
                                                stretch.until(visit),
                                                stretch != Stretch.DAY)
                                        .map(dev.stackwright.metering.Course::moments)
                                        .orElse(List.of()));
    }

    @GetMapping(path = "/data", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Canvas data(
            Visit visit, @PathVariable String id, @RequestParam(defaultValue = "cpu") String of) {
        var server = DeedController.found(inventory, visit, id);
        var wanted = Metric.find(of).orElseThrow(PageFailure::notFound);
        return course(visit, server, Stretch.of(visit), wanted).canvas(visit.format());
    }
}
