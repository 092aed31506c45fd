package dev.stackwright.web.rating;

import dev.stackwright.rating.PriceBooks;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The prices that hold, for those who pay them. */
@Controller
class OwnPricesController {

    private final PriceBooks books;

    OwnPricesController(PriceBooks books) {
        this.books = books;
    }

    /**
     * What the page shows: the prices that hold for the project, and those that are announced.
     *
     * @param next empty when no other price is announced
     */
    record Page(
            Words answer,
            String usage,
            List<PriceWords.Line> lines,
            Words nextSays,
            List<PriceWords.Line> next) {}

    @GetMapping("/c/{cloud}/p/{project}/usage/prices")
    String prices(Visit visit, Model model) {
        var now = visit.format().now();
        var current = books.at(visit.cloud(), now).orElse(null);
        var next =
                books.published(visit.cloud()).stream()
                        .filter(version ->
                                version.validFrom() != null && version.validFrom().isAfter(now))
                        .min(
                                java.util.Comparator.comparing(version ->
                                        java.util.Objects.requireNonNull(version.validFrom())))
                        .orElse(null);
        model.addAttribute(
                "page",
                new Page(
                        current == null
                                ? Words.of("rating.own.none")
                                : Words.of(
                                        "rating.own",
                                        PricesController.day(current.validFrom(), visit.format()),
                                        current.currency()),
                        visit.path("usage"),
                        lines(visit, current),
                        next == null
                                ? Words.verbatim("")
                                : Words.of(
                                        "rating.own.next",
                                        PricesController.day(next.validFrom(), visit.format())),
                        lines(visit, next)));
        return "rating/own";
    }

    /** Prices of other projects are nobody's business. */
    private static List<PriceWords.Line> lines(
            Visit visit,
            dev.stackwright.rating.@org.jspecify.annotations.Nullable PriceVersion version) {
        if (version == null) {
            return List.of();
        }
        var own = visit.viewer().project().value();
        return version.rules().stream()
                .filter(rule -> rule.project().isEmpty() || rule.project().equals(own))
                .map(rule ->
                        PriceWords.line(
                                rule,
                                version.currency(),
                                visit.format(),
                                Map.of(own, visit.projectName())))
                .toList();
    }
}
