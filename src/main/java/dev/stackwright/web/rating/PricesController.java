package dev.stackwright.web.rating;

import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.rating.PriceBooks;
import dev.stackwright.rating.PriceBooks.Outcome;
import dev.stackwright.rating.PriceFile;
import dev.stackwright.rating.PriceVersion;
import dev.stackwright.rating.RatedLine;
import dev.stackwright.rating.RatedUsage;
import dev.stackwright.rating.Rating;
import dev.stackwright.rating.RuleCheck;
import dev.stackwright.rating.RuleText;
import dev.stackwright.rating.hashmap.Rule;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.rating.PricesPage.Change;
import dev.stackwright.web.rating.PricesPage.DiffRow;
import dev.stackwright.web.rating.PricesPage.EffectRow;
import dev.stackwright.web.rating.PricesPage.Option;
import dev.stackwright.web.rating.PricesPage.Row;
import dev.stackwright.web.rating.PricesPage.Version;
import dev.stackwright.web.rating.PricesPage.VersionRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The price book for administrators: drafts, what they would do, and what was published. */
@Controller
@RequestMapping("/c/{cloud}/admin/prices")
class PricesController {

    private static final int EMPTY_LINES = 4;

    private final PriceBooks books;
    private final Rating rating;
    private final ProjectNames names;
    private final Trail trail;

    PricesController(PriceBooks books, Rating rating, ProjectNames names, Trail trail) {
        this.books = books;
        this.rating = rating;
        this.names = names;
        this.trail = trail;
    }

    @GetMapping
    String versions(Visit visit, Model model) {
        var now = visit.format().now();
        var current = books.at(visit.cloud(), now).orElse(null);
        var rows =
                books.versions(visit.cloud()).stream()
                        .map(version -> row(visit, version, current, now))
                        .toList();
        model.addAttribute(
                "page",
                new PricesPage.Versions(
                        current == null
                                ? Words.of("rating.answer.none")
                                : Words.of(
                                        "rating.answer",
                                        current.number(),
                                        day(current.validFrom(), visit.format()),
                                        current.rules().size(),
                                        current.currency()),
                        visit.adminPath("prices"),
                        rows));
        return "rating/prices";
    }

    private static VersionRow row(
            Visit visit, PriceVersion version, @Nullable PriceVersion current, Instant now) {
        var from = version.validFrom();
        var state =
                from == null
                        ? "draft"
                        : current != null && current.number() == version.number()
                                ? "current"
                                : from.isAfter(now) ? "future" : "past";
        return new VersionRow(
                version.number(),
                visit.adminPath("prices", String.valueOf(version.number())),
                Words.of("rating.state." + state),
                from,
                version.rules().size(),
                version.note(),
                version.changedBy(),
                version.changedAt());
    }

    @PostMapping
    String draft(Visit visit, RedirectAttributes redirect) {
        var draft = books.draft(visit.cloud(), visit.person().name());
        var number = String.valueOf(draft.number());
        trail.of(visit, "prices.draft").on("prices", number, number).done();
        Flash.done("rating.drafted", draft.number()).on(redirect);
        return "redirect:" + visit.adminPath("prices", number);
    }

    @GetMapping("/{number}")
    String version(Visit visit, @PathVariable String number, Model model) {
        var version = found(visit, number);
        model.addAttribute(
                "page",
                page(
                        visit,
                        version,
                        version.rules().stream().map(RuleText::of).toList(),
                        List.of(),
                        version.currency(),
                        version.note()));
        return "rating/version";
    }

    private Version page(
            Visit visit,
            PriceVersion version,
            List<RuleText> texts,
            List<Words> errors,
            String currency,
            String note) {
        var projects = names.of(visit);
        List<Row> rows = new ArrayList<>();
        for (var text : texts) {
            rows.add(row(rows.size() + 1, text));
        }
        for (int i = 0; i < EMPTY_LINES; i++) {
            rows.add(row(rows.size() + 1, new RuleText("", "", "", "", "", "flat", "", "")));
        }
        var own = String.valueOf(version.number());
        var from = version.validFrom();
        return new Version(
                version.number(),
                from == null
                        ? Words.of("rating.version.draft", version.number())
                        : Words.of(
                                "rating.version.published",
                                version.number(),
                                day(from, visit.format()),
                                version.changedBy()),
                version.isDraft(),
                version.revision(),
                version.rules().stream()
                        .map(rule ->
                                PriceWords.line(rule, version.currency(), visit.format(), projects))
                        .toList(),
                rows,
                errors,
                List.of(
                        Field.text("currency", Words.of("rating.currency"))
                                .value(currency)
                                .example("EUR")
                                .required(),
                        Field.text("note", Words.of("rating.note")).value(note)),
                Arrays.stream(Measure.values())
                        .map(measure ->
                                new Option(
                                        measure.id(),
                                        visit.format().say("usage.measure." + measure.id())))
                        .toList(),
                RuleCheck.allFields().stream()
                        .map(field ->
                                new Option(field, visit.format().say(PriceWords.field(field))))
                        .toList(),
                projects.entrySet().stream()
                        .map(e -> new Option(e.getKey(), e.getValue()))
                        .toList(),
                visit.adminPath("prices", own),
                visit.adminPath("prices", own, "import"),
                visit.adminPath("prices", own, "discard"),
                visit.adminPath("prices", own, "plan"),
                nextMonth(visit),
                visit.adminPath("prices", own, "prices.yaml"),
                visit.adminPath("prices"));
    }

    private static String nextMonth(Visit visit) {
        return YearMonth.from(visit.format().now().atZone(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .toString();
    }

    private static Row row(int number, RuleText text) {
        return new Row(
                number,
                text.service(),
                text.field(),
                text.value(),
                text.from(),
                text.group(),
                text.type(),
                text.cost(),
                text.project());
    }

    @PostMapping("/{number}")
    String change(
            Visit visit,
            @PathVariable String number,
            @RequestParam(defaultValue = "0") long revision,
            @RequestParam(defaultValue = "") String currency,
            @RequestParam(defaultValue = "") String note,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            RedirectAttributes redirect) {
        var version = found(visit, number);
        return changed(
                visit,
                version,
                revision,
                currency.strip().toUpperCase(Locale.ROOT),
                note.strip(),
                texts(form),
                model,
                redirect);
    }

    private String changed(
            Visit visit,
            PriceVersion version,
            long revision,
            String currency,
            String note,
            List<RuleText> texts,
            Model model,
            RedirectAttributes redirect) {
        var check = RuleCheck.of(texts);
        List<Words> errors =
                new ArrayList<>(check.problems().stream().map(PriceWords::problem).toList());
        if (note.length() > 1000) {
            errors.add(Words.of("rating.fault.note"));
        }
        var own = String.valueOf(version.number());
        var entry = trail.of(visit, "prices.change").on("prices", own, own);
        if (errors.isEmpty()) {
            var outcome =
                    books.change(
                            visit.cloud(),
                            version.number(),
                            revision,
                            currency,
                            note,
                            check.rules(),
                            visit.person().name());
            if (outcome == Outcome.DONE) {
                entry.saying(check.rules().size() + " prices").done();
                Flash.done("rating.saved", version.number()).on(redirect);
                return "redirect:" + visit.adminPath("prices", own);
            }
            errors.add(said(outcome, currency));
        }
        entry.saying(errors.size() + " things are wrong").refused();
        model.addAttribute("page", page(visit, version, texts, errors, currency, note));
        return "rating/version";
    }

    private static Words said(Outcome outcome, String currency) {
        return Words.of("rating.outcome." + outcome.name().toLowerCase(Locale.ROOT), currency);
    }

    private static List<RuleText> texts(MultiValueMap<String, String> form) {
        var services = form.getOrDefault("service", List.of());
        List<RuleText> texts = new ArrayList<>();
        for (int i = 0; i < services.size() && i <= PriceBooks.MOST_RULES; i++) {
            var text =
                    new RuleText(
                            services.get(i),
                            at(form, "field", i),
                            at(form, "value", i),
                            at(form, "from", i),
                            at(form, "group", i),
                            at(form, "type", i),
                            at(form, "cost", i),
                            at(form, "project", i));
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static String at(MultiValueMap<String, String> form, String name, int index) {
        var all = form.getOrDefault(name, List.of());
        return index < all.size() ? Objects.requireNonNullElse(all.get(index), "") : "";
    }

    @PostMapping("/{number}/import")
    String read(
            Visit visit,
            @PathVariable String number,
            @RequestParam(defaultValue = "0") long revision,
            @RequestParam(defaultValue = "") String yaml,
            Model model,
            RedirectAttributes redirect) {
        var version = found(visit, number);
        var file = PriceFile.read(yaml);
        var trouble = file.trouble();
        if (trouble != null) {
            trail.of(visit, "prices.change").on("prices", number, number).refused();
            model.addAttribute(
                    "page",
                    page(
                            visit,
                            version,
                            version.rules().stream().map(RuleText::of).toList(),
                            List.of(Words.of("rating.fault.yaml", trouble)),
                            version.currency(),
                            version.note()));
            return "rating/version";
        }
        return changed(
                visit,
                version,
                revision,
                file.currency().isEmpty() ? version.currency() : file.currency(),
                file.note(),
                file.rules(),
                model,
                redirect);
    }

    @GetMapping("/{number}/prices.yaml")
    ResponseEntity<String> yaml(Visit visit, @PathVariable String number) {
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "yaml", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename("prices.yaml").build().toString())
                .body(PriceFile.write(found(visit, number)));
    }

    @PostMapping("/{number}/discard")
    String discard(Visit visit, @PathVariable String number, RedirectAttributes redirect) {
        var version = found(visit, number);
        var outcome = books.discard(visit.cloud(), version.number());
        var entry = trail.of(visit, "prices.discard").on("prices", number, number);
        if (outcome == Outcome.DONE) {
            entry.done();
            Flash.done("rating.discarded", version.number()).on(redirect);
        } else {
            entry.refused();
            Flash.failed(said(outcome, "")).on(redirect);
        }
        return "redirect:" + visit.adminPath("prices");
    }

    /** What the draft would have made of the last month. */
    @GetMapping("/{number}/plan")
    String plan(
            Visit visit,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String from,
            Model model) {
        model.addAttribute("page", plan(visit, found(visit, number), from, List.of()));
        return "rating/plan";
    }

    private Change plan(Visit visit, PriceVersion draft, String from, List<Words> errors) {
        var format = visit.format();
        var month = YearMonth.from(format.now().atZone(ZoneOffset.UTC)).minusMonths(1);
        var period =
                new Period(
                        month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        var viewer = visit.viewer();
        var after =
                rating.cloud(
                        viewer,
                        period,
                        Granularity.MONTH,
                        ZoneOffset.UTC,
                        List.of(draft.from(Instant.EPOCH)));
        var current = books.at(visit.cloud(), format.now()).orElse(null);
        var before =
                current == null
                        ? null
                        : rating.cloud(
                                viewer,
                                period,
                                Granularity.MONTH,
                                ZoneOffset.UTC,
                                List.of(current.from(Instant.EPOCH)));
        var projects = names.of(visit);
        var monthName = format.say("rating.month." + month.getMonthValue());
        var totalBefore = before == null ? BigDecimal.ZERO : before.total();
        var difference = after.total().subtract(totalBefore);
        var places = after.digits();
        return new Change(
                draft.number(),
                Words.of(
                        difference.signum() == 0 ? "rating.plan.same" : "rating.plan.answer",
                        draft.number(),
                        monthName,
                        format.decimal(totalBefore, places),
                        format.decimal(after.total(), places),
                        after.currency(),
                        signed(format, difference, places)),
                errors,
                date(from) == null ? nextMonth(visit) : from,
                monthName,
                after.currency(),
                format.decimal(totalBefore, places),
                format.decimal(after.total(), places),
                signed(format, difference, places),
                effects(
                        before,
                        after,
                        line -> line.project().value(),
                        id -> Words.verbatim(projects.getOrDefault(id, id)),
                        format),
                effects(
                        before,
                        after,
                        line -> line.measure().id(),
                        id -> Words.of("usage.measure." + id),
                        format),
                differences(current, draft, format, projects),
                visit.adminPath("prices", String.valueOf(draft.number()), "publish"),
                draft.revision(),
                draft.isDraft(),
                visit.adminPath("prices", String.valueOf(draft.number())));
    }

    private static List<EffectRow> effects(
            @Nullable RatedUsage before,
            RatedUsage after,
            Function<RatedLine, String> part,
            Function<String, Words> label,
            Format format) {
        Map<String, BigDecimal> then = new LinkedHashMap<>();
        Map<String, BigDecimal> now = new LinkedHashMap<>();
        if (before != null) {
            before.lines()
                    .forEach(line -> then.merge(part.apply(line), line.amount(), BigDecimal::add));
        }
        after.lines().forEach(line -> now.merge(part.apply(line), line.amount(), BigDecimal::add));
        Set<String> all = new LinkedHashSet<>(now.keySet());
        all.addAll(then.keySet());
        return all.stream()
                .sorted(
                        Comparator.comparing((String id) ->
                                        now.getOrDefault(id, BigDecimal.ZERO)
                                                .subtract(then.getOrDefault(id, BigDecimal.ZERO))
                                                .abs())
                                .reversed())
                .limit(100)
                .map(id -> {
                    var one = then.getOrDefault(id, BigDecimal.ZERO);
                    var other = now.getOrDefault(id, BigDecimal.ZERO);
                    return new EffectRow(
                            label.apply(id),
                            format.decimal(one, after.digits()),
                            format.decimal(other, after.digits()),
                            signed(format, other.subtract(one), after.digits()));
                })
                .toList();
    }

    private static List<DiffRow> differences(
            @Nullable PriceVersion before,
            PriceVersion after,
            Format format,
            Map<String, String> projects) {
        Map<Object, Rule> then = new LinkedHashMap<>();
        if (before != null) {
            before.rules().forEach(rule -> then.put(List.of(rule.key(), rule.project()), rule));
        }
        List<DiffRow> rows = new ArrayList<>();
        for (var rule : after.rules()) {
            var old = then.remove(List.of(rule.key(), rule.project()));
            if (!rule.equals(old)) {
                rows.add(diff(old, rule, after.currency(), format, projects));
            }
        }
        then.values()
                .forEach(gone -> rows.add(diff(gone, null, after.currency(), format, projects)));
        return rows;
    }

    private static DiffRow diff(
            @Nullable Rule old,
            @Nullable Rule now,
            String currency,
            Format format,
            Map<String, String> projects) {
        var line =
                PriceWords.line(
                        now == null ? Objects.requireNonNull(old) : now,
                        currency,
                        format,
                        projects);
        return new DiffRow(
                line.what(),
                line.project().isEmpty()
                        ? line.when()
                        : Words.of("rating.when.project", line.when(), line.project()),
                old == null ? "–" : PriceWords.line(old, currency, format, projects).price(),
                now == null ? "–" : line.price());
    }

    @PostMapping("/{number}/publish")
    String publish(
            Visit visit,
            @PathVariable String number,
            @RequestParam(defaultValue = "0") long revision,
            @RequestParam(defaultValue = "") String from,
            Model model,
            RedirectAttributes redirect) {
        var draft = found(visit, number);
        var day = date(from);
        var entry = trail.of(visit, "prices.publish").on("prices", number, number).saying(from);
        var outcome =
                day == null
                        ? null
                        : books.publish(
                                visit.cloud(),
                                draft.number(),
                                revision,
                                day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                                visit.person().name());
        if (outcome == Outcome.DONE) {
            entry.done();
            Flash.done("rating.published", draft.number(), from).on(redirect);
            return "redirect:" + visit.adminPath("prices");
        }
        entry.refused();
        model.addAttribute(
                "page",
                plan(
                        visit,
                        found(visit, number),
                        from,
                        List.of(
                                outcome == null
                                        ? Words.of("rating.fault.date", from)
                                        : said(outcome, draft.currency()))));
        return "rating/plan";
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException _) {
            return null;
        }
    }

    private PriceVersion found(Visit visit, String number) {
        if (!number.matches("[0-9]{1,9}")) {
            throw PageFailure.notFound();
        }
        return books.version(visit.cloud(), Integer.parseInt(number))
                .orElseThrow(PageFailure::notFound);
    }

    static String day(@Nullable Instant instant, Format format) {
        return instant == null ? "" : format.date(instant.atZone(ZoneOffset.UTC).toLocalDate());
    }

    static String signed(Format format, BigDecimal amount, int places) {
        return (amount.signum() > 0 ? "+" : "")
                + format.decimal(amount, places).replace('-', '\u2212');
    }
}
