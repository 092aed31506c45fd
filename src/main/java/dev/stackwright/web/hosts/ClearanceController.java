package dev.stackwright.web.hosts;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.ClearanceMove;
import dev.stackwright.operations.ClearanceMove.Phase;
import dev.stackwright.operations.Clearances;
import dev.stackwright.operations.HostFacts;
import dev.stackwright.operations.HostView;
import dev.stackwright.operations.OperationsSettings;
import dev.stackwright.operations.clearing.Ailment;
import dev.stackwright.operations.clearing.ClearingPlan;
import dev.stackwright.operations.clearing.Move;
import dev.stackwright.operations.clearing.Obstacle;
import dev.stackwright.operations.clearing.Way;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.instances.ServerStatuses;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Empties a host and fills it again: the plan first, then the run on a page of its own. */
@Controller
@RequestMapping("/c/{cloud}/admin")
class ClearanceController {

    private static final int PARALLEL = 3;
    private static final int MOST_PARALLEL = 20;
    private static final int LONGEST = 200;
    private static final int EVENTS = 200;

    private final HostFacts hosts;
    private final Clearances clearances;
    private final Inventory inventory;
    private final ClearanceAccess access;
    private final Trail trail;

    ClearanceController(
            HostFacts hosts,
            Clearances clearances,
            Inventory inventory,
            OperationsSettings settings,
            Trail trail) {
        this.hosts = hosts;
        this.clearances = clearances;
        this.inventory = inventory;
        this.access = new ClearanceAccess(hosts, settings);
        this.trail = trail;
    }

    @GetMapping("/hosts/{id}/{kind:drain|recovery}")
    String plan(Visit visit, @PathVariable String id, @PathVariable String kind, Model model) {
        var host = found(visit, id);
        var running = clearances.current(visit.viewer(), id).filter(Clearance::isAtWork);
        if (running.isPresent()) {
            return "redirect:" + run(visit, running.get());
        }
        model.addAttribute(
                "page", page(visit, host, kind(kind), new Typed("", PARALLEL, ""), null));
        return "hosts/plan";
    }

    @PostMapping("/hosts/{id}/{kind:drain|recovery}")
    String start(
            Visit visit,
            @PathVariable String id,
            @PathVariable String kind,
            @RequestParam(defaultValue = "") String fingerprint,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String parallel,
            @RequestParam(defaultValue = "") String fencing,
            @RequestParam(defaultValue = "false") boolean fenced,
            @RequestParam(defaultValue = "false") boolean loss,
            Model model,
            HttpServletResponse response) {
        var host = found(visit, id);
        var wanted = kind(kind);
        access.require(visit);
        var typed = new Typed(clean(reason), parallel(parallel), clean(fencing));
        var running = clearances.current(visit.viewer(), id).filter(Clearance::isAtWork);
        if (running.isPresent()) {
            return "redirect:" + run(visit, running.get());
        }
        var plan = clearances.plan(visit.viewer(), host.name(), wanted);
        var refused = access.unable(visit, host, wanted);
        if (refused == null && !plan.fingerprint().equals(fingerprint)) {
            refused = Words.of("hosts.plan.stale");
        } else if (refused == null && loss(plan, wanted) != null && !loss) {
            refused = Words.of("hosts.plan.loss.missing");
        } else if (refused == null
                && wanted == Clearance.Kind.RECOVERY
                && (!fenced || typed.fencing().isEmpty())) {
            refused = Words.of("hosts.plan.fencing.missing");
        }
        if (refused != null) {
            trail.of(visit, "host." + kind)
                    .on("host", host.id(), host.name())
                    .saying(visit.format().say(refused))
                    .refused();
            response.setStatus(409);
            model.addAttribute("page", page(visit, host, wanted, typed, refused));
            return "hosts/plan";
        }
        var said = typed.reason().isEmpty() ? "Maintenance" : typed.reason();
        var clearance =
                clearances.start(
                        visit.viewer(),
                        host,
                        plan,
                        new Clearances.Wanted(
                                wanted,
                                said,
                                wanted == Clearance.Kind.RECOVERY ? typed.fencing() : null,
                                typed.parallel(),
                                visit.person().name()));
        trail.of(visit, "host." + kind)
                .on("host", host.id(), host.name())
                .by(clearance.id())
                .saying(
                        said
                                + ": "
                                + visit.format().say(sentence(plan, wanted, typed.parallel()))
                                + (wanted == Clearance.Kind.RECOVERY
                                        ? " Fenced: " + typed.fencing()
                                        : ""))
                .done();
        return "redirect:" + run(visit, clearance);
    }

    private record Typed(String reason, int parallel, String fencing) {}

    private static Clearance.Kind kind(String path) {
        return path.equals("drain") ? Clearance.Kind.DRAIN : Clearance.Kind.RECOVERY;
    }

    private static String run(Visit visit, Clearance clearance) {
        return visit.adminPath("clearances", clearance.id().toString());
    }

    private static String clean(String text) {
        var clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }

    private static int parallel(String text) {
        return text.matches("\\d{1,3}")
                ? Math.clamp(Integer.parseInt(text), 1, MOST_PARALLEL)
                : PARALLEL;
    }

    private HostView found(Visit visit, String id) {
        return hosts.find(visit.viewer(), id).orElseThrow(PageFailure::notFound);
    }

    private static Words sentence(ClearingPlan plan, Clearance.Kind kind, int parallel) {
        return kind == Clearance.Kind.DRAIN
                ? PlanWords.drain(plan, parallel)
                : PlanWords.recovery(plan);
    }

    private static @Nullable Words loss(ClearingPlan plan, Clearance.Kind kind) {
        if (kind == Clearance.Kind.RECOVERY) {
            var lost =
                    plan.going(Way.EVACUATE).stream()
                            .filter(move ->
                                    move.reasons().stream()
                                            .anyMatch(reason ->
                                                    reason.obstacle() == Obstacle.DISK_LOST))
                            .count();
            return lost == 0
                    ? null
                    : Words.of("hosts.plan.loss.disk", HostWords.count("instances", lost));
        }
        var stays = plan.going(Way.STAYS);
        return stays.isEmpty()
                ? null
                : Words.of(
                        "hosts.plan.loss.stay",
                        String.join(
                                ", ",
                                stays.stream().limit(3).map(move -> move.guest().name()).toList()),
                        HostWords.count("instances", stays.size()));
    }

    private PlanPage page(
            Visit visit, HostView host, Clearance.Kind kind, Typed typed, @Nullable Words refused) {
        var plan = clearances.plan(visit.viewer(), host.name(), kind);
        var drain = kind == Clearance.Kind.DRAIN;
        var names = projects(visit);
        var format = visit.format();
        return new PlanPage(
                drain ? "drain" : "recovery",
                host.name(),
                Words.of(drain ? "hosts.drain.title" : "hosts.recovery.title", host.name()),
                sentence(plan, kind, typed.parallel()),
                refused,
                counts(plan),
                Words.of("hosts.plan.expected", plan.takes(typed.parallel()), typed.parallel()),
                plan.moves().stream().map(move -> line(visit, move, names)).toList(),
                plan.loads().stream().map(PlanWords::load).toList(),
                checks(visit, host, plan, kind),
                access.unable(visit, host, kind),
                loss(plan, kind),
                new PlanPage.Form(
                        visit.adminPath("hosts", host.id(), drain ? "drain" : "recovery"),
                        plan.fingerprint(),
                        typed.reason(),
                        typed.parallel(),
                        typed.fencing()),
                new PlanPage.Links(visit.adminPath("hosts"), visit.adminPath("hosts", host.id())));
    }

    private static List<PlanPage.Count> counts(ClearingPlan plan) {
        var counts = new ArrayList<PlanPage.Count>();
        count(counts, plan, Way.STAYS, "bad", "bad", "hosts.plan.stay");
        count(counts, plan, Way.COLD, "act-replace", "stop", "hosts.plan.cold");
        count(counts, plan, Way.EVACUATE, "act-replace", "replace", "hosts.plan.anew");
        count(counts, plan, Way.LIVE, "act-update", "arrow", "hosts.plan.live");
        return counts;
    }

    private static void count(
            List<PlanPage.Count> counts,
            ClearingPlan plan,
            Way way,
            String css,
            String symbol,
            String key) {
        var number = plan.going(way).size();
        if (number > 0) {
            counts.add(new PlanPage.Count(css, symbol, number, Words.of(key)));
        }
    }

    private static PlanPage.Line line(Visit visit, Move move, Map<String, String> names) {
        var guest = move.guest();
        var why = new ArrayList<Words>();
        move.reasons().forEach(reason -> why.add(PlanWords.reason(reason)));
        if (!move.down().isZero()) {
            why.add(Words.of("hosts.plan.down", move.down()));
        }
        return new PlanPage.Line(
                move.way() == Way.STAYS ? "hot" : move.way() == Way.COLD ? "warm" : "",
                guest.name(),
                instance(visit, guest.project(), guest.id()),
                names.getOrDefault(guest.project(), guest.project()),
                guest.flavor(),
                PlanWords.way(move),
                why,
                move.target(),
                move.way() == Way.STAYS ? null : visit.format().duration(move.takes()),
                null);
    }

    /** Another project's page opens for those alone who have a role in it. */
    private static @Nullable String instance(Visit visit, String project, String server) {
        return visit.person().membership(new ProjectId(project)).isEmpty()
                ? null
                : "/c/" + visit.cloud().value() + "/p/" + project + "/instances/" + server;
    }

    private List<PlanPage.Check> checks(
            Visit visit, HostView host, ClearingPlan plan, Clearance.Kind kind) {
        var checks = new ArrayList<PlanPage.Check>();
        if (kind == Clearance.Kind.RECOVERY) {
            var ailment = access.ailment(visit, host);
            checks.add(
                    new PlanPage.Check(
                            ailment == Ailment.HOST_DEAD
                                    ? "ok"
                                    : ailment == Ailment.UNPROVEN ? "warn" : "bad",
                            Words.of(
                                    "hosts.ailment."
                                            + ailment.name().toLowerCase(java.util.Locale.ROOT))));
        }
        var stays = plan.going(Way.STAYS).size();
        checks.add(
                stays == 0
                        ? new PlanPage.Check("ok", Words.of("hosts.check.fits"))
                        : new PlanPage.Check("bad", Words.of("hosts.check.stays", stays)));
        if (!plan.before().isThere()) {
            checks.add(new PlanPage.Check("warn", PlanWords.spare(plan.before(), false)));
        }
        checks.add(
                new PlanPage.Check(
                        plan.after().isThere() ? "ok" : "warn",
                        PlanWords.spare(plan.after(), true)));
        var read = hosts.read(visit.viewer());
        checks.add(
                read.isEmpty()
                        ? new PlanPage.Check("bad", Words.of("hosts.check.unread"))
                        : new PlanPage.Check("ok", Words.of("hosts.check.read", read.get())));
        return checks;
    }

    private Map<String, String> projects(Visit visit) {
        var names = new HashMap<String, String>();
        inventory
                .objects(visit.viewer(), Kind.PROJECT)
                .forEach(project -> names.put(project.id(), project.label()));
        return names;
    }

    // What runs.

    @GetMapping("/clearances/{clearance}")
    String show(Visit visit, @PathVariable String clearance, Model model) {
        model.addAttribute("page", page(visit, clearance(visit, clearance)));
        return "hosts/clearance";
    }

    @GetMapping("/changes/clearances/{clearance}")
    ModelAndView changes(Visit visit, @PathVariable String clearance) {
        return new ModelAndView(
                "hosts/_clearance_changes",
                Map.of("page", page(visit, clearance(visit, clearance))));
    }

    @PostMapping("/clearances/{clearance}/{deed:pause|resume|stop|again}")
    String act(Visit visit, @PathVariable String clearance, @PathVariable String deed) {
        var found = clearance(visit, clearance);
        access.require(visit);
        switch (deed) {
            case "pause" -> clearances.pause(found, true);
            case "resume" -> clearances.pause(found, false);
            case "stop" -> clearances.stop(found);
            default -> clearances.again(found, null);
        }
        trail.of(visit, "host.clearance." + deed)
                .on("host", found.hostId(), found.host())
                .by(found.id())
                .done();
        return "redirect:" + run(visit, found);
    }

    @PostMapping("/clearances/{clearance}/instances/{server}/{deed:leave|again}")
    String actOnOne(
            Visit visit,
            @PathVariable String clearance,
            @PathVariable String server,
            @PathVariable String deed) {
        var found = clearance(visit, clearance);
        access.require(visit);
        var move =
                clearances.moves(found).stream()
                        .filter(each -> each.server().equals(server))
                        .findFirst()
                        .orElseThrow(PageFailure::notFound);
        if (deed.equals("leave")) {
            clearances.leave(
                    found,
                    found.state() == Clearance.State.RETURNING ? Phase.BACK : Phase.OUT,
                    server);
        } else {
            clearances.again(found, server);
        }
        trail.of(visit, "host.clearance.one." + deed)
                .on("server", server, move.name())
                .by(found.id())
                .done();
        return "redirect:" + run(visit, found);
    }

    private Clearance clearance(Visit visit, String id) {
        try {
            return clearances
                    .find(visit.viewer(), UUID.fromString(id))
                    .orElseThrow(PageFailure::notFound);
        } catch (IllegalArgumentException _) {
            throw PageFailure.notFound();
        }
    }

    private ClearancePage page(Visit visit, Clearance clearance) {
        var moves = clearances.moves(clearance);
        var back =
                clearance.state() == Clearance.State.RETURNING
                        || clearance.state() == Clearance.State.RETURNED;
        var phase = back ? Phase.BACK : Phase.OUT;
        var names = projects(visit);
        var counts = Clearances.counts(moves, phase);
        var shown = moves.stream().filter(move -> move.phase() == phase).toList();
        var words = new ClearanceWords(clearance, counts, shown.size());
        return new ClearancePage(
                clearance.host(),
                clearance.isAtWork() ? "" : "fact",
                words.state(),
                words.sentence(),
                words.further(),
                words.counts(),
                shown.stream().map(move -> row(visit, clearance, move, names)).toList(),
                words.events(moves).stream().limit(EVENTS).toList(),
                deeds(visit, clearance, counts),
                clearance.isAtWork() || clearance.state() == Clearance.State.RETURNED
                        ? null
                        : run(visit, clearance) + "/return",
                new ClearancePage.Links(
                        visit.adminPath("hosts"), visit.adminPath("hosts", clearance.hostId())),
                visit.adminPath("changes", "clearances", clearance.id().toString()),
                clearance.isAtWork() ? "2s" : null);
    }

    private List<ClearancePage.Deed> deeds(
            Visit visit, Clearance clearance, Map<ClearanceMove.State, Long> counts) {
        var deeds = new ArrayList<ClearancePage.Deed>();
        if (!access.may(visit)) {
            return deeds;
        }
        var of = Words.verbatim(clearance.host());
        if (clearance.isAtWork() && !clearance.stopping()) {
            var waiting = counts.getOrDefault(ClearanceMove.State.WAITING, 0L) > 0;
            if (clearance.paused()) {
                deeds.add(deed(visit, clearance, "resume", of, "go"));
            } else if (waiting) {
                deeds.add(deed(visit, clearance, "pause", of, ""));
            }
            if (waiting) {
                deeds.add(deed(visit, clearance, "stop", of, "danger"));
            }
        }
        var tryable =
                counts.getOrDefault(ClearanceMove.State.FAILED, 0L)
                        + counts.getOrDefault(ClearanceMove.State.LEFT, 0L);
        if (clearance.state() == Clearance.State.LEFT && tryable > 0) {
            deeds.add(deed(visit, clearance, "again", of, ""));
        }
        return deeds;
    }

    private static ClearancePage.Deed deed(
            Visit visit, Clearance clearance, String deed, Words of, String css) {
        return new ClearancePage.Deed(
                run(visit, clearance) + "/" + deed,
                Words.of("hosts.clearance.deed." + deed),
                of,
                css);
    }

    private ClearancePage.Row row(
            Visit visit, Clearance clearance, ClearanceMove move, Map<String, String> names) {
        var deeds = new ArrayList<ClearancePage.Deed>();
        var post =
                visit.adminPath(
                        "clearances", clearance.id().toString(), "instances", move.server());
        if (access.may(visit)) {
            if (!move.state().isOver()
                    && move.wish() == null
                    && move.way() != Way.EVACUATE
                    && (move.way() == Way.LIVE || move.state() == ClearanceMove.State.WAITING)) {
                deeds.add(
                        new ClearancePage.Deed(
                                post + "/leave",
                                Words.of(
                                        move.state() == ClearanceMove.State.MOVING
                                                ? "hosts.clearance.abort"
                                                : "hosts.clearance.leave"),
                                Words.verbatim(move.name()),
                                "quiet"));
            } else if (move.phase() == Phase.OUT
                    && (move.state() == ClearanceMove.State.FAILED
                            || move.state() == ClearanceMove.State.LEFT)
                    && clearance.state() != Clearance.State.RETURNING
                    && clearance.state() != Clearance.State.RETURNED) {
                deeds.add(
                        new ClearancePage.Deed(
                                post + "/again",
                                Words.of("hosts.clearance.deed.again.one"),
                                Words.verbatim(move.name()),
                                "quiet"));
            }
        }
        return new ClearancePage.Row(
                move.server(),
                move.state() == ClearanceMove.State.FAILED ? "hot" : "",
                move.name(),
                instance(visit, move.project(), move.server()),
                names.getOrDefault(move.project(), move.project()),
                ClearanceWords.status(move),
                move.origin(),
                move.at() != null ? move.at() : move.target() == null ? "" : move.target(),
                took(visit, move),
                deeds);
    }

    private static @Nullable String took(Visit visit, ClearanceMove move) {
        var begun = move.begun();
        if (begun == null) {
            return null;
        }
        Instant until = move.ended() == null ? visit.format().now() : move.ended();
        return visit.format().duration(Duration.between(begun, until));
    }

    // The way back.

    @GetMapping("/clearances/{clearance}/return")
    String comeBack(Visit visit, @PathVariable String clearance, Model model) {
        var found = clearance(visit, clearance);
        if (found.isAtWork() || found.state() == Clearance.State.RETURNED) {
            return "redirect:" + run(visit, found);
        }
        model.addAttribute("page", returning(visit, found, null));
        return "hosts/plan";
    }

    @PostMapping("/clearances/{clearance}/return")
    String bringBack(
            Visit visit,
            @PathVariable String clearance,
            @RequestParam(required = false) @Nullable List<String> pick,
            @RequestParam(defaultValue = "") String parallel) {
        var found = clearance(visit, clearance);
        access.require(visit);
        Set<String> picked = new HashSet<>(pick == null ? List.of() : pick);
        if (!found.isAtWork()
                && clearances.bringBack(visit.viewer(), found, picked, parallel(parallel))) {
            trail.of(visit, "host.return")
                    .on("host", found.hostId(), found.host())
                    .by(found.id())
                    .saying(picked.size() + " instances are brought back")
                    .done();
        }
        return "redirect:" + run(visit, found);
    }

    private PlanPage returning(Visit visit, Clearance clearance, @Nullable Words refused) {
        var names = projects(visit);
        var home = clearances.homecomers(visit.viewer(), clearance);
        var host = hosts.find(visit.viewer(), clearance.hostId());
        var silent = host.isPresent() && host.get().state() == HostView.State.SILENT;
        return new PlanPage(
                "return",
                clearance.host(),
                Words.of("hosts.return.title", clearance.host()),
                home.isEmpty()
                        ? Words.of("hosts.return.sentence.none", clearance.host())
                        : Words.of(
                                "hosts.return.sentence",
                                clearance.host(),
                                HostWords.count("instances", home.size())),
                refused,
                List.of(),
                Words.of("hosts.return.expected"),
                home.stream().map(each -> line(visit, each, names)).toList(),
                List.of(),
                List.of(
                        silent
                                ? new PlanPage.Check("warn", Words.of("hosts.return.silent"))
                                : new PlanPage.Check("ok", Words.of("hosts.return.answers")),
                        new PlanPage.Check("ok", Words.of("hosts.return.checks"))),
                access.may(visit) ? null : access.missing(),
                null,
                new PlanPage.Form(
                        run(visit, clearance) + "/return", "", "", clearance.parallel(), ""),
                new PlanPage.Links(
                        visit.adminPath("hosts"), visit.adminPath("hosts", clearance.hostId())));
    }

    private static PlanPage.Line line(
            Visit visit, Clearances.Homecomer homecomer, Map<String, String> names) {
        ServerRow row = homecomer.row();
        var cold = row.status().equals("SHUTOFF") || homecomer.move().way() == Way.COLD;
        return new PlanPage.Line(
                "",
                row.name(),
                instance(visit, row.project().value(), row.id()),
                names.getOrDefault(row.project().value(), row.project().value()),
                row.flavor(),
                Status.of(cold ? Tone.WARN : Tone.OK, cold ? "hosts.way.cold" : "hosts.way.live"),
                List.of(
                        Words.of(
                                "hosts.return.now",
                                String.valueOf(row.host()),
                                ServerStatuses.of(row, visit.format().now()).word())),
                homecomer.move().origin(),
                null,
                row.id());
    }
}
