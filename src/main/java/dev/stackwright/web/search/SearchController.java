package dev.stackwright.web.search;

import dev.stackwright.inventory.Found;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.stack.StackQuery;
import dev.stackwright.stack.StackView;
import dev.stackwright.stack.Stacks;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.resources.ResourceLinks;
import dev.stackwright.web.search.SearchPage.Hit;
import dev.stackwright.web.search.SearchPage.More;
import dev.stackwright.web.stacks.StackWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Finds things by what people type, in the inventory and among the stacks. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/search")
class SearchController {

    private static final int LONGEST = 255;
    private static final int OF_A_KIND = 10;
    private static final int HINTS_OF_A_KIND = 4;
    private static final int HINTS = 12;

    private final Inventory inventory;
    private final Stacks stacks;

    SearchController(Inventory inventory, Stacks stacks) {
        this.inventory = inventory;
        this.stacks = stacks;
    }

    @GetMapping
    String search(Visit visit, @RequestParam(defaultValue = "") String q, Model model) {
        var page = page(visit, text(q), OF_A_KIND);
        if (page.hits().size() == 1 && page.hits().getFirst().exact()) {
            return "redirect:" + page.hits().getFirst().href();
        }
        model.addAttribute("page", page);
        return "search/index";
    }

    /** The first few, for the list below the box. */
    @GetMapping("/hints")
    String hints(Visit visit, @RequestParam(defaultValue = "") String q, Model model) {
        var page = page(visit, text(q), HINTS_OF_A_KIND);
        model.addAttribute(
                "page",
                new SearchPage(
                        page.text(),
                        page.lead(),
                        page.hits().stream().limit(HINTS).toList(),
                        List.of()));
        return "search/_hints";
    }

    private static String text(String q) {
        var text = q.strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private SearchPage page(Visit visit, String text, int most) {
        if (text.isEmpty()) {
            return new SearchPage(text, Words.of("search.lead"), List.of(), List.of());
        }
        var hits = new ArrayList<Hit>();
        var more = new ArrayList<More>();
        var found = stacks.list(visit.viewer(), new StackQuery(text, "", "name", null, most));
        found.rows().forEach(stack -> hits.add(hit(visit, text, stack)));
        if (found.next() != null) {
            more.add(
                    new More(
                            Words.of("stacks.heading"),
                            Address.of(visit.path("stacks")).with("q", text).toString()));
        }
        // One more than is shown tells that there are more.
        var ofKind = new EnumMap<Kind, List<Found>>(Kind.class);
        inventory.search(visit.viewer(), text, most + 1).stream()
                .filter(each -> ResourceLinks.hasPage(each.ref().kind()))
                .forEach(each ->
                        ofKind.computeIfAbsent(each.ref().kind(), _ -> new ArrayList<>())
                                .add(each));
        ofKind.forEach((kind, some) -> {
            some.stream().limit(most).forEach(each -> hits.add(hit(visit, each)));
            if (some.size() > most) {
                more.add(
                        new More(
                                ResourceLinks.heading(kind),
                                Address.of(ResourceLinks.list(visit, kind))
                                        .with("name", text)
                                        .toString()));
            }
        });
        hits.sort(Comparator.comparing(hit -> !hit.exact()));
        return new SearchPage(text, lead(hits, more), hits, more);
    }

    private static Words lead(List<Hit> hits, List<More> more) {
        if (hits.isEmpty()) {
            return Words.of("search.lead.none");
        }
        if (!more.isEmpty()) {
            return Words.of("search.lead.more", hits.size());
        }
        return hits.size() == 1
                ? Words.of("search.lead.one")
                : Words.of("search.lead.many", hits.size());
    }

    private static Hit hit(Visit visit, String text, StackView stack) {
        return new Hit(
                "stack",
                stack.name(),
                Words.of("search.stack"),
                StackWords.status(stack),
                visit.path("stacks", stack.id().toString()),
                stack.name().equalsIgnoreCase(text)
                        || stack.id().toString().equalsIgnoreCase(text));
    }

    private static Hit hit(Visit visit, Found found) {
        return new Hit(
                ResourceLinks.icon(found.ref().kind()),
                found.label(),
                ResourceLinks.kind(found.ref().kind()),
                ResourceLinks.status(found),
                ResourceLinks.href(visit, found.ref()),
                found.exact());
    }
}
