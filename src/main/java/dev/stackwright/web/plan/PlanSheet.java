package dev.stackwright.web.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Deviation;
import dev.stackwright.plan.InnerChange;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanKind;
import dev.stackwright.plan.PropertyChange;
import dev.stackwright.plan.Reason;
import dev.stackwright.plan.Seen;
import dev.stackwright.template.DeletionPolicy;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.graph.GraphNode;
import dev.stackwright.web.graph.GraphPicture;
import dev.stackwright.web.plan.PlanPage.Card;
import dev.stackwright.web.plan.PlanPage.Consequence;
import dev.stackwright.web.plan.PlanPage.Count;
import dev.stackwright.web.plan.PlanPage.LiveRow;
import dev.stackwright.web.plan.PlanPage.Phrase;
import dev.stackwright.web.plan.PlanPage.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a plan into words: sentence, counts, one card for each change, and the picture. */
final class PlanSheet {

    private static final int MOST_NAMES = 8;

    private final Plan plan;
    private final Map<String, List<String>> followers = new LinkedHashMap<>();

    PlanSheet(Plan plan) {
        this.plan = plan;
        for (var change : plan.changes()) {
            for (var followed : change.follows()) {
                followers.computeIfAbsent(followed, _ -> new ArrayList<>()).add(change.name());
            }
        }
    }

    /** The worst first: "Updating shop replaces 1 server, changes 2 resources and creates 1." */
    List<Phrase> sentence() {
        var parts = new ArrayList<Phrase>();
        for (var action : Action.values()) {
            var changes = plan.with(action);
            if (action != Action.KEEP && !changes.isEmpty()) {
                var bad = action == Action.DELETE || action == Action.REPLACE;
                parts.add(new Phrase(Words.of("plan.does." + word(action), some(changes)), bad));
            }
        }
        var begin = Words.of("plan.begin." + kind(), plan.stack());
        if (parts.isEmpty()) {
            return List.of(phrase(begin), phrase(Words.of("plan.does.nothing")));
        }
        var sentence = new ArrayList<Phrase>();
        sentence.add(phrase(begin));
        for (var i = 0; i < parts.size(); i++) {
            if (i > 0) {
                var last = i == parts.size() - 1;
                sentence.add(phrase(Words.of(last ? "plan.and" : "plan.comma")));
            }
            sentence.add(parts.get(i));
        }
        sentence.add(phrase(Words.of("plan.stop")));
        if (plan.losses().isEmpty() && plan.kind() != PlanKind.CREATE_STACK) {
            sentence.add(phrase(Words.of("plan.nothinglost")));
        }
        return sentence;
    }

    private static Phrase phrase(Words words) {
        return new Phrase(words, false);
    }

    /** "1 server", "3 ports", or "3 resources" when they are of different types. */
    static Words some(List<Change> changes) {
        var titles = new LinkedHashSet<String>();
        changes.forEach(change -> titles.add(change.title()));
        if (titles.size() > 1 || changes.size() > 1 && titles.getFirst().contains("::")) {
            return Words.of("plan.resources", changes.size());
        }
        var title = lower(titles.getFirst());
        return Words.of("plan.some", changes.size(), changes.size() == 1 ? title : plural(title));
    }

    static String lower(String title) {
        var isAcronym = title.length() > 1 && Character.isUpperCase(title.charAt(1));
        return isAcronym
                ? title
                : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    private static String plural(String title) {
        if (title.endsWith("y") && !title.endsWith("ay") && !title.endsWith("ey")) {
            return title.substring(0, title.length() - 1) + "ies";
        }
        return title.endsWith("s") ? title : title + "s";
    }

    List<Count> counts() {
        var counts = new ArrayList<Count>();
        for (var action :
                List.of(
                        Action.REPLACE,
                        Action.DELETE,
                        Action.UPDATE,
                        Action.CREATE,
                        Action.ADOPT,
                        Action.KEEP)) {
            var number = plan.count(action);
            if (number > 0 || isAlwaysCounted(action)) {
                counts.add(
                        new Count(
                                css(action),
                                symbol(action),
                                number,
                                Words.of("plan.count." + word(action))));
            }
        }
        return counts;
    }

    /** That nothing is deleted is worth saying, too. */
    private boolean isAlwaysCounted(Action action) {
        return switch (plan.kind()) {
            case UPDATE_STACK -> action != Action.ADOPT;
            case ADOPT_STACK -> action != Action.ADOPT && action != Action.KEEP;
            default -> false;
        };
    }

    List<Card> cards() {
        return plan.worstFirst().stream().filter(PlanSheet::isWorthACard).map(this::card).toList();
    }

    List<String> unchanged() {
        return plan.with(Action.KEEP).stream()
                .filter(change -> !isWorthACard(change))
                .map(Change::name)
                .toList();
    }

    /** Also what stays as somebody made it on the cloud. */
    private static boolean isWorthACard(Change change) {
        return change.isChange() || !change.deviations().isEmpty();
    }

    static boolean isGone(Change change) {
        return change.action() == Action.CREATE && change.reasons().contains(Reason.MISSING);
    }

    boolean hasChoice() {
        return plan.changes().stream()
                .flatMap(change -> change.deviations().stream())
                .anyMatch(Deviation::choosable);
    }

    /** What of the unchanged ones could not be compared with the cloud. */
    List<Words> untold() {
        return plan.with(Action.KEEP).stream()
                .filter(change -> !isWorthACard(change) && !change.untold().isEmpty())
                .map(change ->
                        change.untold().contains(Seen.EVERYTHING)
                                ? Words.of("plan.unseen.of", change.name())
                                : Words.of(
                                        "plan.untold.of",
                                        change.name(),
                                        names(List.copyOf(change.untold()))))
                .toList();
    }

    private Card card(Change change) {
        return new Card(
                "change-" + change.name(),
                css(change.action()),
                symbol(change.action()),
                Words.of("plan.verb." + word(change.action())),
                change.name(),
                change.type(),
                change.title(),
                change.endsTheOld() || !change.lost().isEmpty(),
                end(change),
                rule(change),
                consequences(change),
                inside(change, false),
                change.properties().stream()
                        .filter(property -> !isToldAsLive(change, property))
                        .map(this::row)
                        .toList(),
                change.deviations().stream().flatMap(one -> live(change, one)).toList(),
                change.deviations().stream().anyMatch(Deviation::choosable),
                untold(change));
    }

    private static boolean isToldAsLive(Change change, PropertyChange property) {
        return property.cause().kind() == Reason.Kind.DRIFT
                && change.deviations().stream()
                        .flatMap(one -> one.places().stream())
                        .anyMatch(place -> place.path().equals(property.path()));
    }

    /** Each place where the cloud differs; the first one has the choice. */
    private Stream<LiveRow> live(Change change, Deviation deviation) {
        var rows = new ArrayList<LiveRow>();
        for (var place : deviation.places()) {
            rows.add(
                    new LiveRow(
                            place.path(),
                            ValueWords.of(place.template()),
                            ValueWords.of(place.live()),
                            ValueWords.of(deviation.kept() ? place.live() : after(change, place)),
                            deviation.kept(),
                            deviation.choosable() && rows.isEmpty()
                                    ? change.name() + "/" + deviation.property()
                                    : null,
                            rows.isEmpty() ? reservation(deviation) : Words.verbatim("")));
        }
        return rows.stream();
    }

    private static @Nullable Value after(Change change, Deviation.Place place) {
        return change.properties().stream()
                .filter(property -> property.path().equals(place.path()))
                .findFirst()
                .map(property -> property.after())
                .orElse(place.template());
    }

    private Words reservation(Deviation deviation) {
        if (plan.kind() == PlanKind.ADOPT_STACK) {
            return Words.of("plan.live.next");
        }
        return switch (deviation.why()) {
            case LASTS -> Words.of("plan.live.lasts");
            case REPLACES -> Words.of("plan.live.replaces");
            case NONE -> deviation.choosable() ? Words.verbatim("") : Words.of("plan.live.third");
        };
    }

    private static @Nullable Words untold(Change change) {
        if (change.untold().isEmpty()) {
            return null;
        }
        return change.untold().contains(Seen.EVERYTHING)
                ? Words.of("plan.unseen")
                : Words.of("plan.untold", names(List.copyOf(change.untold())));
    }

    private static Words end(Change change) {
        if (!change.follows().isEmpty()) {
            return Words.of("plan.follows", names(change.follows()));
        }
        return switch (change.action()) {
            case UPDATE -> Words.of(isRestart(change) ? "plan.end.restart" : "plan.end.inplace");
            case REPLACE ->
                    Words.of(
                            change.order() == Replacing.Order.CREATE_FIRST
                                    ? "plan.end.newfirst"
                                    : "plan.end.oldfirst");
            case DELETE ->
                    Words.of(
                            change.deletionPolicy() == DeletionPolicy.RETAIN
                                    ? "plan.end.stays"
                                    : change.deletionPolicy() == DeletionPolicy.SNAPSHOT
                                            ? "plan.end.snapshot"
                                            : "plan.end.goes");
            case ADOPT -> Words.of("plan.end.adopted");
            case KEEP -> Words.of("plan.end.untouched");
            case CREATE ->
                    change.after().isEmpty()
                            ? Words.of("plan.end.atonce")
                            : Words.of("plan.end.after", names(List.copyOf(change.after())));
        };
    }

    /** A resize or a rebuild stops the server for a while. */
    static boolean isRestart(Change change) {
        return change.type().equals("OS::Nova::Server")
                && change.properties().stream()
                        .anyMatch(p -> p.path().equals("flavor") || p.path().equals("image"));
    }

    private List<Phrase> rule(Change change) {
        if (isGone(change)) {
            return List.of(new Phrase(Words.of("plan.rule.gone"), true));
        }
        if (change.action() != Action.REPLACE) {
            return List.of();
        }
        var phrases = new ArrayList<Phrase>();
        if (change.rule() != null) {
            phrases.add(
                    new Phrase(
                            Words.of("plan.rule", change.rule(), change.forcedBy().getFirst()),
                            true));
        } else if (change.reasons().contains(Reason.FAILED)) {
            phrases.add(new Phrase(Words.of("plan.rule.failed"), true));
        } else if (!change.forcedBy().isEmpty()) {
            phrases.add(
                    new Phrase(Words.of("plan.rule.plain", change.forcedBy().getFirst()), true));
        }
        phrases.add(
                new Phrase(
                        Words.of(
                                change.order() == Replacing.Order.CREATE_FIRST
                                        ? "plan.order.newfirst"
                                        : "plan.order.oldfirst"),
                        false));
        return phrases;
    }

    private List<Consequence> consequences(Change change) {
        var all = new ArrayList<>(inside(change, true));
        if (!change.lost().isEmpty()) {
            all.add(
                    consequence(
                            false,
                            "plan.lost",
                            String.join(", ", change.lost()),
                            change.deletionPolicy() == DeletionPolicy.SNAPSHOT
                                    ? Words.of("plan.snapshotfirst")
                                    : null));
        }
        var followed = followers.getOrDefault(change.name(), List.of());
        if (!change.changed().isEmpty()) {
            all.add(
                    consequence(
                            false,
                            "plan.changed",
                            String.join(", ", change.changed()),
                            followed.isEmpty()
                                    ? null
                                    : Words.of("plan.followers", names(followed))));
        }
        if (!change.kept().isEmpty() && change.action() == Action.REPLACE) {
            all.add(consequence(true, "plan.kept", names(change.kept()), null));
        }
        if (change.endsTheOld() && change.deletionPolicy() == DeletionPolicy.RETAIN) {
            all.add(new Consequence(true, Words.of("plan.kept"), Words.of("plan.retained"), null));
        }
        return all;
    }

    /** What happens in the stack behind it, the worst first. */
    private static List<Consequence> inside(Change change, boolean bad) {
        var all = new ArrayList<Consequence>();
        for (var action : Action.values()) {
            if (bad != (action == Action.DELETE || action == Action.REPLACE)) {
                continue;
            }
            var names =
                    change.inside().stream()
                            .filter(one -> one.action() == action)
                            .map(InnerChange::name)
                            .toList();
            if (!names.isEmpty()) {
                all.add(
                        new Consequence(
                                !bad,
                                Words.of("plan.inside"),
                                Words.of("plan.inside." + word(action), names.size(), names(names)),
                                null));
            }
        }
        return all;
    }

    private static Consequence consequence(
            boolean kept, String label, String text, @Nullable Words further) {
        return new Consequence(kept, Words.of(label), Words.verbatim(text), further);
    }

    private Row row(PropertyChange change) {
        return new Row(
                change.path(),
                ValueWords.of(change.before()),
                ValueWords.of(change.after()),
                change.before() != null,
                change.after() != null,
                note(change));
    }

    private static Words note(PropertyChange change) {
        if (change.forcesReplacement()) {
            return Words.of("plan.note.forces");
        }
        if (change.secret()) {
            return Words.of("plan.note.secret");
        }
        return switch (change.cause().kind()) {
            case PARAMETER -> Words.of("plan.note.parameter", change.cause().name());
            case DEPENDENCY -> Words.of("plan.follows", change.cause().name());
            case ENVIRONMENT -> Words.of("plan.note.environment");
            case DRIFT -> Words.of("plan.note.drift");
            case TEMPLATE, TYPE, FAILED, MISSING, REQUESTED -> Words.verbatim("");
        };
    }

    /** Up to eight names, then how many more. */
    static String names(List<String> names) {
        if (names.size() <= MOST_NAMES + 1) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, MOST_NAMES))
                + " and "
                + (names.size() - MOST_NAMES)
                + " more";
    }

    /**
     * @param live where the live object of a resource is, null where there is none
     */
    GraphPicture picture(
            String title, Function<Words, String> say, Function<Change, @Nullable String> live) {
        var nodes = new ArrayList<GraphNode>();
        var edges = new LinkedHashMap<String, Set<String>>();
        for (var change : plan.changes()) {
            nodes.add(
                    new GraphNode(
                            change.name(),
                            change.name(),
                            change.title(),
                            change.symbol(),
                            say.apply(Words.of("plan.count." + word(change.action()))),
                            symbol(change.action()),
                            look(change.action()),
                            isWorthACard(change)
                                    ? "#change-" + change.name()
                                    : live.apply(change)));
            edges.put(change.name(), change.needs());
        }
        return GraphPicture.of(title, nodes, edges);
    }

    private static GraphNode.Look look(Action action) {
        return switch (action) {
            case DELETE -> GraphNode.Look.DELETED;
            case REPLACE -> GraphNode.Look.REPLACED;
            case UPDATE -> GraphNode.Look.UPDATED;
            case CREATE, ADOPT -> GraphNode.Look.CREATED;
            case KEEP -> GraphNode.Look.DIM;
        };
    }

    static String css(Action action) {
        return switch (action) {
            case DELETE -> "act-delete";
            case REPLACE -> "act-replace";
            case UPDATE -> "act-update";
            case CREATE, ADOPT -> "act-create";
            case KEEP -> "act-same";
        };
    }

    static String symbol(Action action) {
        return switch (action) {
            case DELETE -> "delete";
            case REPLACE -> "replace";
            case UPDATE -> "update";
            case CREATE -> "create";
            case ADOPT -> "link";
            case KEEP -> "same";
        };
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private String kind() {
        return switch (plan.kind()) {
            case CREATE_STACK -> "create";
            case UPDATE_STACK -> "update";
            case DELETE_STACK -> "delete";
            case SUSPEND_STACK -> "suspend";
            case RESUME_STACK -> "resume";
            case CHECK_STACK -> "check";
            case ADOPT_STACK -> "adopt";
            case ABANDON_STACK -> "abandon";
        };
    }
}
