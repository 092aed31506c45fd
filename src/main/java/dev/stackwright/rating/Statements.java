package dev.stackwright.rating;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.UsageSource;
import dev.stackwright.rating.Statement.Line;
import dev.stackwright.rating.store.StatementStore;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The monthly statements of projects. */
@Service
public class Statements {

    /** How many closed months are looked at again when the next one is closed. */
    private static final int LOOK_BACK = 3;

    private static final int MOST_MONTHS = 24;

    private final Rating rating;
    private final PriceBooks books;
    private final UsageSource source;
    private final StatementStore store;
    private final Clock clock;

    public Statements(
            Rating rating,
            PriceBooks books,
            UsageSource source,
            StatementStore store,
            Clock clock) {
        this.rating = rating;
        this.books = books;
        this.source = source;
        this.store = store;
        this.clock = clock;
    }

    /** The months that can have a statement, the newest first. */
    public List<YearMonth> months(Viewer viewer) {
        var now = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        var first =
                books.holding(viewer.cloud()).stream()
                        .map(version ->
                                YearMonth.from(
                                        Objects.requireNonNull(version.validFrom())
                                                .atZone(ZoneOffset.UTC)))
                        .min(java.util.Comparator.naturalOrder())
                        .orElse(null);
        List<YearMonth> months = new ArrayList<>();
        for (var month = now;
                first != null && !month.isBefore(first) && months.size() < MOST_MONTHS;
                month = month.minusMonths(1)) {
            months.add(month);
        }
        return months;
    }

    /** Closed as it was, or as it looks while it is open; nothing without prices. */
    public Optional<Statement> of(Viewer viewer, YearMonth month) {
        return store.find(viewer.cloud(), viewer.project(), month)
                .or(() ->
                        months(viewer).contains(month)
                                ? rated(viewer, month).map(lines -> open(viewer, month, lines))
                                : Optional.empty());
    }

    /** Whether every project's statement of a month is closed. */
    public boolean isClosed(Viewer viewer, YearMonth month) {
        return store.isClosed(viewer.cloud(), month);
    }

    private Statement open(Viewer viewer, YearMonth month, List<Line> lines) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(corrections(viewer, month));
        var prices = rating.prices(viewer).orElseThrow();
        return new Statement(month, prices.currency(), prices.digits(), all, null, null);
    }

    /**
     * Closes a month that is over for all projects of the cloud, with corrections of the months
     * before. What is closed already stays as it is.
     *
     * @return how many statements were closed
     */
    public int close(Viewer administrator, YearMonth month, String by) {
        if (!administrator.admin()) {
            throw new IllegalArgumentException("Only administrators close a month");
        }
        var now = clock.instant();
        if (period(month).to().isAfter(now)) {
            throw new IllegalArgumentException(month + " is not over yet");
        }
        int closed = 0;
        for (var project : projects(administrator, month)) {
            var viewer =
                    new Viewer(
                            administrator.cloud(),
                            project,
                            administrator.user(),
                            administrator.roles(),
                            true);
            if (store.find(viewer.cloud(), project, month).isEmpty()) {
                var lines = rated(viewer, month).orElse(List.of());
                var open = open(viewer, month, lines);
                try {
                    store.add(
                            viewer.cloud(),
                            project,
                            new Statement(
                                    month, open.currency(), open.digits(), open.lines(), by, now));
                    closed++;
                } catch (DuplicateKeyException _) {
                    // Somebody else closed it at the same time: with the same figures.
                    continue;
                }
            }
        }
        return closed;
    }

    private Set<ProjectId> projects(Viewer administrator, YearMonth month) {
        Set<ProjectId> projects = new LinkedHashSet<>();
        source.intervalsOfCloud(administrator, period(month)).stream()
                .map(Interval::project)
                .forEach(projects::add);
        for (int back = 1; back <= LOOK_BACK; back++) {
            projects.addAll(store.projects(administrator.cloud(), month.minusMonths(back)));
        }
        return projects;
    }

    private Optional<List<Line>> rated(Viewer viewer, YearMonth month) {
        return rating.usage(viewer, period(month), Granularity.MONTH, ZoneOffset.UTC)
                .map(usage ->
                        usage.lines().stream().map(line -> line(usage, line, month)).toList());
    }

    private static Line line(RatedUsage usage, RatedLine line, YearMonth month) {
        var known = usage.resource(line);
        var stack = known == null ? null : known.stack();
        return new Line(
                month,
                line.resource(),
                usage.name(line),
                stack == null ? "" : stack.name(),
                line.measure(),
                line.quantity(),
                line.amount());
    }

    /** What closed months before turn out to be now, less all that was billed of them. */
    private List<Line> corrections(Viewer viewer, YearMonth month) {
        List<Line> corrections = new ArrayList<>();
        for (int back = LOOK_BACK; back >= 1; back--) {
            var about = month.minusMonths(back);
            if (store.find(viewer.cloud(), viewer.project(), about).isPresent()) {
                corrections.addAll(correction(viewer, about));
            }
        }
        return corrections;
    }

    private record Key(String resource, Measure measure) {}

    private List<Line> correction(Viewer viewer, YearMonth about) {
        Map<Key, Line> sums = new LinkedHashMap<>();
        rated(viewer, about)
                .orElse(List.of())
                .forEach(line -> sums.merge(key(line), line, Statements::plus));
        store.about(viewer.cloud(), viewer.project(), about)
                .forEach(line -> sums.merge(key(line), negated(line), Statements::plus));
        return sums.values().stream().filter(line -> line.amount().signum() != 0).toList();
    }

    private static Key key(Line line) {
        return new Key(line.resource(), line.measure());
    }

    private static Line plus(Line one, Line other) {
        return with(one, one.quantity().add(other.quantity()), one.amount().add(other.amount()));
    }

    private static Line negated(Line line) {
        return with(line, line.quantity().negate(), line.amount().negate());
    }

    private static Line with(Line line, BigDecimal quantity, BigDecimal amount) {
        return new Line(
                line.about(),
                line.resource(),
                line.name(),
                line.stack(),
                line.measure(),
                quantity,
                amount);
    }

    /** Months are those of UTC, whoever reads. */
    static Period period(YearMonth month) {
        return new Period(
                month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
