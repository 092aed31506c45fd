package dev.stackwright.web.usage;

import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceTotals;
import dev.stackwright.metering.Usage;
import dev.stackwright.rating.Budgets;
import dev.stackwright.rating.RatedLine;
import dev.stackwright.rating.RatedUsage;
import dev.stackwright.rating.Rating;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.chart.Canvas;
import dev.stackwright.web.frame.Csv;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The usage page and what hangs on it: the same figures as JSON and CSV, a resource, its samples.
 */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/usage")
class UsageController {

    private static final int MOST_SAMPLES = 500;

    private final UsagePages pages;
    private final Usage usage;
    private final Rating rating;
    private final Budgets budgets;
    private final Trail trail;

    UsageController(UsagePages pages, Usage usage, Rating rating, Budgets budgets, Trail trail) {
        this.pages = pages;
        this.usage = usage;
        this.rating = rating;
        this.budgets = budgets;
        this.trail = trail;
    }

    @GetMapping
    String page(Visit visit, Model model) {
        model.addAttribute("page", pages.usage(visit));
        return "usage/index";
    }

    @GetMapping(path = "/data", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Canvas data(Visit visit) {
        return Canvas.of(pages.bars(visit));
    }

    /** Exact amounts: what is rounded on the page is not rounded here. */
    @GetMapping(path = "/figures", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    UsageFile figures(Visit visit) {
        return pages.file(visit);
    }

    @GetMapping("/figures.csv")
    void csv(Visit visit, HttpServletResponse response) throws IOException {
        var file = pages.file(visit);
        Csv.write(
                response,
                "usage-" + file.measure() + ".csv",
                List.of("from", "to", "measure", "unit", "id", "name", "amount"),
                file.slices().stream().flatMap(slice -> rows(file, slice)));
    }

    private static Stream<List<String>> rows(UsageFile file, UsageFile.Slice slice) {
        return IntStream.range(0, file.buckets().size())
                .mapToObj(i ->
                        List.of(
                                file.buckets().get(i).from().toString(),
                                file.buckets().get(i).to().toString(),
                                file.measure(),
                                file.unit(),
                                Objects.requireNonNullElse(slice.id(), ""),
                                Objects.requireNonNullElse(slice.name(), ""),
                                plain(slice.amounts().get(i))));
    }

    @GetMapping("/resources.csv")
    void resources(Visit visit, HttpServletResponse response) throws IOException {
        var heads = new ArrayList<>(List.of("id", "name", "kind", "stack", "deleted"));
        for (var measure : Measure.values()) {
            heads.add(measure.id() + " (" + visit.format().say(Amounts.unit(measure)) + ")");
        }
        Csv.write(
                response,
                "usage-resources.csv",
                heads,
                pages.resources(visit).stream().map(UsageController::row));
    }

    private static List<String> row(ResourceTotals line) {
        var resource = line.resource();
        var stack = resource.stack();
        var ended = resource.endedAt();
        List<String> row = new ArrayList<>();
        row.add(resource.id());
        row.add(resource.name());
        row.add(Objects.requireNonNull(resource.kind()).meter());
        row.add(stack == null ? "" : stack.name());
        row.add(ended == null ? "" : ended.toString());
        for (var measure : Measure.values()) {
            row.add(plain(line.amounts().getOrDefault(measure, BigDecimal.ZERO)));
        }
        return row;
    }

    /** Every line of the cost with its exact amount beside the rounded one. */
    @GetMapping("/cost.csv")
    void cost(Visit visit, HttpServletResponse response) throws IOException {
        var range = pages.range(visit);
        Csv.write(
                response,
                "cost.csv",
                List.of(
                        "id",
                        "name",
                        "stack",
                        "measure",
                        "unit",
                        "quantity",
                        "exact",
                        "amount",
                        "currency"),
                rating
                        .usage(visit.viewer(), range.period(), Granularity.MONTH, range.zone())
                        .stream()
                        .flatMap(
                                cost -> cost.lines().stream().map(line -> row(visit, cost, line))));
    }

    private static List<String> row(Visit visit, RatedUsage cost, RatedLine line) {
        var known = cost.resource(line);
        var stack = known == null ? null : known.stack();
        return List.of(
                line.resource(),
                cost.name(line),
                stack == null ? "" : stack.name(),
                line.measure().id(),
                visit.format().say(Amounts.unit(line.measure())),
                plain(line.quantity()),
                plain(line.exact()),
                line.amount().toPlainString(),
                cost.currency());
    }

    @PostMapping("/budget")
    String budget(
            Visit visit,
            @RequestParam(defaultValue = "") String amount,
            RedirectAttributes redirect) {
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
        var here = "redirect:" + visit.path("usage");
        var prices = rating.prices(visit.viewer()).orElseThrow(PageFailure::notFound);
        if (amount.isBlank()) {
            budgets.remove(visit.viewer());
            trail.of(visit, "budget.remove").done();
            Flash.done("usage.budget.none").on(redirect);
            return here;
        }
        var money = amount(amount.strip(), prices.digits());
        if (money.isEmpty()) {
            trail.of(visit, "budget.set").saying(amount).refused();
            Flash.failed(Words.of("usage.budget.wrong", amount)).on(redirect);
            return here;
        }
        budgets.set(visit.viewer(), money.get(), prices.currency(), visit.person().name());
        var said = money.get().toPlainString() + " " + prices.currency();
        trail.of(visit, "budget.set").saying(said).done();
        Flash.done("usage.budget.done", said).on(redirect);
        return here;
    }

    private static Optional<BigDecimal> amount(String text, int digits) {
        return text.matches("[0-9]{1,15}([.,][0-9]{1,6})?")
                ? Optional.of(
                        new BigDecimal(text.replace(',', '.'))
                                .setScale(digits, RoundingMode.HALF_UP))
                : Optional.empty();
    }

    @GetMapping("/resources/{id}")
    String resource(Visit visit, @PathVariable String id, Model model) {
        model.addAttribute("page", pages.resource(visit, id).orElseThrow(PageFailure::notFound));
        return "usage/resource";
    }

    @GetMapping("/resources/{id}/samples")
    String samples(Visit visit, @PathVariable String id, @RequestParam String meter, Model model) {
        model.addAttribute(
                "page",
                pages.samples(visit, id, meter, MOST_SAMPLES).orElseThrow(PageFailure::notFound));
        return "usage/samples";
    }

    @GetMapping(path = "/resources/{id}/samples/data", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Canvas series(Visit visit, @PathVariable String id, @RequestParam String meter) {
        var range = pages.range(visit);
        var fine =
                range.granularity() == Granularity.HOUR || range.period().length().toDays() <= 31
                        ? Granularity.HOUR
                        : Granularity.DAY;
        var series =
                usage.series(visit.viewer(), id, meter, range.period(), fine)
                        .orElseThrow(PageFailure::notFound);
        return new Canvas(
                series.meter().type() == MeterType.GAUGE ? "line" : "bar",
                series.buckets().stream().map(b -> label(visit, range, b, fine)).toList(),
                List.of(),
                List.of(
                        new Canvas.Dataset(
                                meter,
                                1,
                                null,
                                series.values().stream()
                                        .<@Nullable Double>map(
                                                v -> v == null ? null : v.doubleValue())
                                        .toList())),
                series.meter().unit());
    }

    private static String label(Visit visit, Range range, Period bucket, Granularity fine) {
        var day = Amounts.day(bucket.from(), range.zone(), visit.format().now());
        return fine == Granularity.HOUR
                ? day + ", " + Amounts.clock(bucket.from(), range.zone())
                : day;
    }

    @GetMapping("/resources/{id}/samples.csv")
    void samplesCsv(
            Visit visit,
            @PathVariable String id,
            @RequestParam String meter,
            HttpServletResponse response)
            throws IOException {
        var lines = usage.samples(visit.viewer(), id, meter, pages.range(visit).period(), 100_000);
        Csv.write(
                response,
                "samples.csv",
                List.of("time", "meter", "volume", "event", "request", "message"),
                lines.stream()
                        .map(line ->
                                List.of(
                                        line.at().toString(),
                                        meter,
                                        plain(line.volume()),
                                        line.origin().eventType(),
                                        Objects.requireNonNullElse(line.origin().requestId(), ""),
                                        line.origin().messageId())));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
