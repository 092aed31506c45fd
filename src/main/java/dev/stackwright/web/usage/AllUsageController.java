package dev.stackwright.web.usage;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.UsageSource;
import dev.stackwright.rating.PriceBooks;
import dev.stackwright.rating.PriceVersion;
import dev.stackwright.rating.RatedUsage;
import dev.stackwright.rating.Rating;
import dev.stackwright.rating.Statements;
import dev.stackwright.rating.hashmap.Rule;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.chart.Plot;
import dev.stackwright.web.chart.Series;
import dev.stackwright.web.chart.StackedBars;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.rating.ProjectNames;
import dev.stackwright.web.usage.AllUsagePage.CapacityRow;
import dev.stackwright.web.usage.AllUsagePage.MonthRow;
import dev.stackwright.web.usage.AllUsagePage.ProjectRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What all projects of the cloud use, for administrators: who most, who grows, what is nobody's.
 */
@Controller
@RequestMapping("/c/{cloud}/admin/usage")
class AllUsageController {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MOST = 200;
    private static final int MONTHS = 4;

    private final Rating rating;
    private final PriceBooks books;
    private final Statements statements;
    private final UsageSource source;
    private final ProjectNames names;
    private final Trail trail;
    private final @Nullable Inventory inventory;

    AllUsageController(
            Rating rating,
            PriceBooks books,
            Statements statements,
            UsageSource source,
            ProjectNames names,
            Trail trail,
            ObjectProvider<Inventory> inventory) {
        this.rating = rating;
        this.books = books;
        this.statements = statements;
        this.source = source;
        this.names = names;
        this.trail = trail;
        this.inventory = inventory.getIfAvailable();
    }

    /** Two periods, and what the unit of their amounts is. */
    private record Figures(RatedUsage now, RatedUsage before, boolean priced, Ledger ledger) {

        Words unit() {
            return priced ? Words.verbatim(now.currency()) : Words.of("usage.unit.vcpu_hours");
        }

        String number(Format format, BigDecimal amount) {
            return priced
                    ? new Money(now.currency(), now.digits()).number(format, amount)
                    : Amounts.number(format, amount);
        }
    }

    /** One project in both periods. */
    private record Project(
            String id, String name, boolean known, BigDecimal now, BigDecimal before) {

        BigDecimal growth() {
            return now.subtract(before);
        }
    }

    @GetMapping
    String page(Visit visit, Model model) {
        var range = range(visit);
        var format = visit.format();
        var figures = figures(visit, range);
        var projects = projects(visit, figures);
        var bars = bars(visit, range, figures, projects);
        model.addAttribute(
                "page",
                new AllUsagePage(
                        answer(visit, range, figures, projects),
                        Amounts.stretch(range.period(), range.zone(), format.now()),
                        Amounts.stretch(range.compared(), range.zone(), format.now()),
                        range.errors(),
                        UsagePages.presets(visit.here(), range),
                        projects.stream()
                                .limit(MOST)
                                .map(project -> row(visit, figures, project))
                                .toList(),
                        figures.unit(),
                        figures.number(format, figures.now().total()),
                        figures.number(format, figures.before().total()),
                        bars,
                        bars.rows().stream()
                                .map(line ->
                                        new UsagePage.TwinRow(
                                                line.label(),
                                                line.href(),
                                                line.cells().stream()
                                                        .map(cell -> figures.number(format, cell))
                                                        .toList(),
                                                figures.number(format, line.total())))
                                .toList(),
                        Plot.of(bars, 1140, 234),
                        Words.of(
                                "usage.per." + range.granularity().name().toLowerCase(Locale.ROOT),
                                figures.unit()),
                        grows(figures, projects, format),
                        capacity(visit, figures.ledger()),
                        months(visit),
                        visit.adminPath("usage", "close"),
                        new dev.stackwright.web.frame.Address(
                                        visit.adminPath("usage", "projects.csv"),
                                        visit.here().parameters())
                                .toString()));
        return "usage/all";
    }

    private static Range range(Visit visit) {
        return Range.of(visit.here(), visit.format().zone(), visit.format().now());
    }

    private Figures figures(Visit visit, Range range) {
        var known = books.holding(visit.cloud());
        var priced = !known.isEmpty();
        // Without prices, a vCPU-hour is what everything is counted in.
        var versions =
                priced
                        ? known
                        : List.of(
                                new PriceVersion(
                                        visit.cloud(),
                                        0,
                                        "EUR",
                                        Instant.EPOCH,
                                        "",
                                        List.of(Rule.flat("vcpus", "1")),
                                        0,
                                        "",
                                        Instant.EPOCH));
        var viewer = administrator(visit);
        var ledger = ledger(viewer, range, versions, visit.format().now());
        return new Figures(
                rating.cloud(
                        ledger,
                        viewer,
                        range.period(),
                        range.granularity(),
                        range.zone(),
                        versions),
                rating.cloud(
                        ledger,
                        viewer,
                        range.compared(),
                        Granularity.MONTH,
                        range.zone(),
                        versions),
                priced,
                ledger);
    }

    /** Both periods and what lies between them. */
    private Ledger ledger(
            dev.stackwright.kernel.Viewer viewer,
            Range range,
            List<PriceVersion> versions,
            Instant now) {
        var period = range.period();
        var compared = range.compared();
        var cuts = Ledger.cuts(period.cut(range.granularity(), range.zone()));
        cuts.addAll(List.of(compared.from(), compared.to(), now));
        versions.stream().map(PriceVersion::validFrom).filter(Objects::nonNull).forEach(cuts::add);
        var from = compared.from().isBefore(period.from()) ? compared.from() : period.from();
        return source.ledgerOfCloud(viewer, new Period(from, period.to()), cuts);
    }

    /** An administrator of any project is one of the cloud. */
    private static dev.stackwright.kernel.Viewer administrator(Visit visit) {
        var viewer = visit.viewer();
        return new dev.stackwright.kernel.Viewer(
                viewer.cloud(), viewer.project(), viewer.user(), viewer.roles(), true);
    }

    private List<Project> projects(Visit visit, Figures figures) {
        var known = names.of(visit);
        Map<String, BigDecimal> now = sums(figures.now());
        Map<String, BigDecimal> before = sums(figures.before());
        List<Project> projects = new ArrayList<>();
        var all = new java.util.LinkedHashSet<>(now.keySet());
        all.addAll(before.keySet());
        for (var id : all) {
            projects.add(
                    new Project(
                            id,
                            known.getOrDefault(id, id),
                            known.containsKey(id),
                            now.getOrDefault(id, BigDecimal.ZERO),
                            before.getOrDefault(id, BigDecimal.ZERO)));
        }
        projects.sort(Comparator.comparing(Project::now).reversed().thenComparing(Project::name));
        return projects;
    }

    private static Map<String, BigDecimal> sums(RatedUsage usage) {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        usage.lines()
                .forEach(
                        line -> sums.merge(line.project().value(), line.amount(), BigDecimal::add));
        return sums;
    }

    private static Words answer(Visit visit, Range range, Figures figures, List<Project> projects) {
        var format = visit.format();
        var stretch = Amounts.stretch(range.period(), range.zone(), format.now());
        var total = figures.now().total();
        if (total.signum() == 0) {
            return Words.of("usage.all.none", stretch);
        }
        var biggest = projects.getFirst();
        var change = Amounts.change(total, figures.before().total());
        return Words.of(
                projects.size() == 1 ? "usage.all.answer.one" : "usage.all.answer",
                stretch,
                figures.number(format, total),
                figures.unit(),
                projects.size(),
                change.equals("–")
                        ? Words.verbatim("")
                        : Words.of(
                                "usage.all.change",
                                change,
                                Amounts.stretch(range.compared(), range.zone(), format.now())),
                biggest.name(),
                biggest.now()
                        .multiply(HUNDRED)
                        .divide(total, 0, RoundingMode.HALF_UP)
                        .toPlainString());
    }

    private static Words grows(Figures figures, List<Project> projects, Format format) {
        var most = projects.stream().max(Comparator.comparing(Project::growth)).orElse(null);
        var nobodys =
                projects.stream()
                        .filter(project -> !project.known())
                        .map(Project::now)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var growth =
                most == null || most.growth().signum() <= 0
                        ? Words.of("usage.all.grows.none")
                        : Words.of(
                                "usage.all.grows",
                                most.name(),
                                figures.number(format, most.growth()),
                                figures.unit());
        return nobodys.signum() == 0
                ? growth
                : Words.of(
                        "usage.all.nobodys",
                        growth,
                        figures.number(format, nobodys),
                        figures.unit());
    }

    private static ProjectRow row(Visit visit, Figures figures, Project project) {
        var format = visit.format();
        var total = figures.now().total();
        return new ProjectRow(
                project.known()
                        ? Words.verbatim(project.name())
                        : Words.of("usage.all.unknown", project.id()),
                visit.person().membership(new ProjectId(project.id())).isPresent()
                        ? "/c/" + visit.cloud().value() + "/p/" + project.id() + "/usage"
                        : null,
                figures.number(format, project.now()),
                figures.number(format, project.before()),
                Amounts.change(project.now(), project.before()),
                total.signum() == 0
                        ? "0"
                        : project.now()
                                .multiply(HUNDRED)
                                .divide(total, 1, RoundingMode.HALF_UP)
                                .toPlainString());
    }

    private static StackedBars bars(
            Visit visit, Range range, Figures figures, List<Project> projects) {
        var format = visit.format();
        List<String> labels = new ArrayList<>();
        List<String> hrefs = new ArrayList<>();
        for (var bucket : figures.now().buckets()) {
            labels.add(UsagePages.label(bucket, range, format.now()));
            hrefs.add(UsagePages.closer(visit.here(), range, bucket));
        }
        Map<String, List<BigDecimal>> values = new LinkedHashMap<>();
        for (var line : figures.now().lines()) {
            var sums =
                    values.computeIfAbsent(
                            line.project().value(),
                            _ ->
                                    new ArrayList<>(
                                            java.util.Collections.nCopies(
                                                    labels.size(), BigDecimal.ZERO)));
            for (int i = 0; i < labels.size(); i++) {
                sums.set(i, sums.get(i).add(line.buckets().get(i)));
            }
        }
        var parts =
                projects.stream()
                        .filter(project -> values.containsKey(project.id()))
                        .map(project ->
                                new Series(
                                        project.name(),
                                        null,
                                        values.getOrDefault(project.id(), List.of())))
                        .toList();
        return StackedBars.of(
                labels, hrefs, parts, format.say(figures.unit()), format.say("usage.other"));
    }

    /** What exists against what the hosts have. */
    private List<CapacityRow> capacity(Visit visit, Ledger ledger) {
        if (inventory == null) {
            return List.of();
        }
        var now = visit.format().now();
        var today = new Period(now.minusMillis(1), now);
        var here =
                ledger.covers(today)
                        ? ledger
                        : source.ledgerOfCloud(administrator(visit), today, List.of());
        var open =
                here.intervals(today).stream()
                        .filter(interval -> interval.to() == null)
                        .filter(interval -> interval.kind() == ResourceKind.INSTANCE)
                        .map(Interval::size)
                        .toList();
        var hosts = inventory.objects(visit.viewer(), Kind.HYPERVISOR);
        List<CapacityRow> rows = new ArrayList<>();
        var format = visit.format();
        var vcpus = open.stream().mapToLong(size -> size.vcpus().longValue()).sum();
        var ram = open.stream().mapToLong(size -> size.ramMb().longValue()).sum();
        var disk = open.stream().mapToLong(size -> size.diskGb().longValue()).sum();
        long allVcpus = sum(hosts, "vcpus");
        long allRam = sum(hosts, "memory_mb");
        long allDisk = sum(hosts, "local_gb");
        if (allVcpus > 0) {
            rows.add(
                    new CapacityRow(
                            Words.of("usage.measure.vcpus"),
                            format.number(vcpus),
                            format.number(allVcpus),
                            percent(vcpus, allVcpus)));
        }
        if (allRam > 0) {
            rows.add(
                    new CapacityRow(
                            Words.of("usage.measure.memory"),
                            format.mebibytes(ram),
                            format.mebibytes(allRam),
                            percent(ram, allRam)));
        }
        if (allDisk > 0) {
            rows.add(
                    new CapacityRow(
                            Words.of("usage.measure.disk"),
                            format.gibibytes(disk),
                            format.gibibytes(allDisk),
                            percent(disk, allDisk)));
        }
        return rows;
    }

    private static long sum(List<dev.stackwright.inventory.CloudObject> hosts, String field) {
        return hosts.stream().mapToLong(host -> host.facts().path(field).asLong(0)).sum();
    }

    private static String percent(long part, long whole) {
        return Math.round(part * 100.0 / whole) + "\u00a0%";
    }

    /** The last months that are over, as far as there were prices. */
    private List<MonthRow> months(Visit visit) {
        return statements.months(visit.viewer()).stream()
                .skip(1)
                .limit(MONTHS)
                .map(month ->
                        new MonthRow(
                                month.toString(),
                                name(month),
                                statements.isClosed(visit.viewer(), month)))
                .toList();
    }

    static Words name(YearMonth month) {
        return Words.of(
                "usage.monthname",
                Words.of("usage.month." + month.getMonthValue()),
                String.valueOf(month.getYear()));
    }

    @GetMapping("/projects.csv")
    ResponseEntity<String> csv(Visit visit) {
        var range = range(visit);
        var figures = figures(visit, range);
        var csv =
                new dev.stackwright.web.frame.Csv(
                        "project", "name", "amount", "before", "unit", "from", "to");
        for (var project : projects(visit, figures)) {
            csv.row(
                    project.id(),
                    project.name(),
                    project.now().toPlainString(),
                    project.before().toPlainString(),
                    figures.priced() ? figures.now().currency() : "vCPU-hours",
                    range.period().from().toString(),
                    range.period().to().toString());
        }
        return csv.as("projects.csv");
    }

    @PostMapping("/close")
    String close(
            Visit visit,
            @RequestParam(defaultValue = "") String month,
            RedirectAttributes redirect) {
        var wanted = month(month);
        var now = YearMonth.from(visit.format().now().atZone(ZoneOffset.UTC));
        if (wanted == null || !wanted.isBefore(now)) {
            throw PageFailure.badRequest(Words.of("usage.close.not", month));
        }
        int closed = statements.close(administrator(visit), wanted, visit.person().name());
        trail.of(visit, "statements.close")
                .on("statement", month, month)
                .saying(closed + " statements")
                .done();
        Flash.done("usage.close.done", name(wanted), closed).on(redirect);
        return "redirect:" + visit.adminPath("usage") + "#months";
    }

    static @Nullable YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
