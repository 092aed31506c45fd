package preview;

import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Banner;
import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An example of a panel: a page record, filled by one method, drawn with every shared part. */
@Controller
class PartsController {

    /** Everything the page shows. */
    record PartsPage(
            List<Column> columns,
            List<Row> rows,
            Pager pager,
            List<Tab> tabs,
            List<Tab> chips,
            List<Fact> facts,
            List<Meter> meters,
            List<Field> fields,
            Banner banner,
            List<Status> states) {}

    record Row(String name, Status status, Instant changed, long size) {}

    @GetMapping("/c/{cloud}/p/{project}/parts")
    String parts(Visit visit, Model model) {
        Instant now = visit.format().now();
        Address here = visit.here();
        String sort = here.get("sort").isEmpty() ? "name" : here.get("sort");
        model.addAttribute(
                "page",
                new PartsPage(
                        List.of(
                                Column.sortable("parts.name", "", here, "name", sort),
                                Column.of("parts.status", ""),
                                Column.sortable("parts.size", "num mid", here, "size", sort),
                                Column.sortable("parts.changed", "num", here, "changed", sort)),
                        List.of(
                                new Row(
                                        "web-1",
                                        Status.of(Tone.OK, "parts.active"),
                                        now.minus(Duration.ofMinutes(2)),
                                        11L << 30),
                                new Row(
                                        "<img src=x onerror=alert(1)>",
                                        Status.of(Tone.BAD, "parts.failed")
                                                .because(Words.verbatim("Quota: 1 port short")),
                                        now.minus(Duration.ofDays(3)),
                                        700)),
                        Pager.of(here, null, "web-1", 50, Words.of("parts.total", 12_345L)),
                        List.of(
                                new Tab(Words.of("parts.facts"), "?", null, true),
                                new Tab(Words.of("parts.events"), "?tab=events", "12", false)),
                        List.of(
                                new Tab(Words.of("parts.all"), "?", "10", true),
                                new Tab(Words.of("parts.failed"), "?status=failed", "1", false)),
                        List.of(
                                Fact.of("parts.name", "web-1"),
                                Fact.mono("parts.id", "3be2a7aa-8a4c-4f3e-9d2a-000000000001")
                                        .leadingTo("?id")),
                        List.of(
                                Meter.of(
                                        Words.of("parts.instances"),
                                        10,
                                        20,
                                        Words.verbatim("10"),
                                        Words.verbatim("20")),
                                Meter.of(
                                                Words.of("parts.storage"),
                                                1.9,
                                                2,
                                                Words.verbatim("1.9"),
                                                Words.verbatim("2 TB"))
                                        .withPlanned(.05)),
                        List.of(
                                Field.text("name", Words.of("parts.name"))
                                        .required()
                                        .value("web 1")
                                        .error(Words.of("parts.name.wrong")),
                                Field.select(
                                                "flavor",
                                                Words.of("parts.flavor"),
                                                List.of(
                                                        Field.Option.of("1", "m1.small"),
                                                        Field.Option.of("2", "m1.large")))
                                        .value("2"),
                                Field.area("text", Words.of("parts.text"))
                                        .unable(Words.of("errors.reader")),
                                Field.check("keep", Words.of("parts.keep"))),
                        Banner.of(Tone.WARN, Words.of("parts.banner"))
                                .leadingTo(Words.of("parts.see"), "?banner"),
                        List.of(Tone.values()).stream()
                                .map(t -> new Status(t, Words.verbatim(t.name()), null))
                                .toList()));
        return "parts/index";
    }

    @PostMapping("/c/{cloud}/p/{project}/parts")
    String change(Visit visit, @PathVariable String project, RedirectAttributes redirect) {
        Flash.done("parts.done").leadingTo(Words.of("parts.see"), visit.path("audit")).on(redirect);
        return "redirect:" + visit.path("parts");
    }
}
