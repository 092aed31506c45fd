package dev.stackwright.web.doctor;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.Survey;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.StackMembership;
import dev.stackwright.metering.StackOf;
import dev.stackwright.operations.KnownVerdict;
import dev.stackwright.operations.Verdicts;
import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.doctor.Verdict;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What is down, since when, what it carries and what to do; for administrators. */
@Controller
@RequestMapping("/c/{cloud}/admin/board")
class BoardController {

    private static final int SUFFERERS = 100;
    private static final int PAST = 30;

    private final Verdicts verdicts;
    private final Inventory inventory;
    private final Survey survey;
    private final ObjectProvider<StackMembership> stacks;

    BoardController(
            Verdicts verdicts,
            Inventory inventory,
            Survey survey,
            ObjectProvider<StackMembership> stacks) {
        this.verdicts = verdicts;
        this.inventory = inventory;
        this.survey = survey;
        this.stacks = stacks;
    }

    @GetMapping
    String board(Visit visit, Model model) {
        model.addAttribute("page", page(visit));
        return "doctor/board";
    }

    /** What the page's poll asks: 304, or the board as it is now. */
    @GetMapping("/changes")
    Object changes(Visit visit, @RequestParam(defaultValue = "") String since) {
        return verdicts.mark(visit.viewer()).equals(since)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).build()
                : new ModelAndView("doctor/_board_changes", Map.of("page", page(visit)));
    }

    private BoardPage page(Visit visit) {
        var mark = verdicts.mark(visit.viewer());
        var now = visit.format().now();
        var current = verdicts.current(visit.viewer());
        var causes = current.stream().filter(known -> isCause(known.verdict())).toList();
        var sufferers = current.stream().filter(known -> !isCause(known.verdict())).toList();
        var names = projects(visit);
        return new BoardPage(
                answer(causes.size(), sufferers.size()),
                verdicts.isLate(visit.cloud(), now) ? Words.of("doctor.late") : null,
                verdicts.examined(visit.cloud()).orElse(null),
                causes.stream()
                        .map(known ->
                                VerdictWords.card(visit, known, carries(visit, known, sufferers)))
                        .toList(),
                sufferers.stream()
                        .limit(SUFFERERS)
                        .map(known -> sufferer(visit, known, names))
                        .toList(),
                verdicts.history(visit.viewer(), PAST).stream()
                        .map(known -> past(visit, known))
                        .toList(),
                new BoardPage.Links(
                        visit.adminPath("hosts"),
                        visit.adminPath("compute-services"),
                        visit.adminPath("network-agents"),
                        visit.adminPath("volume-services")),
                visit.adminPath("board", "changes") + "?since=" + mark,
                "8s");
    }

    private static boolean isCause(Verdict verdict) {
        return switch (verdict.subject().kind()) {
            case SERVER, VOLUME -> false;
            default -> true;
        };
    }

    private static Words answer(int causes, int sufferers) {
        if (causes == 0) {
            return sufferers == 0
                    ? Words.of("doctor.board.well")
                    : Words.of(
                            sufferers == 1
                                    ? "doctor.board.sufferers.one"
                                    : "doctor.board.sufferers",
                            sufferers);
        }
        return Words.of(
                (causes == 1 ? "doctor.board.causes.one" : "doctor.board.causes")
                        + (sufferers == 0 ? ".alone" : sufferers == 1 ? ".sufferer" : ""),
                causes,
                sufferers);
    }

    private Map<String, String> projects(Visit visit) {
        var names = new HashMap<String, String>();
        inventory
                .objects(visit.viewer(), Kind.PROJECT)
                .forEach(project -> names.put(project.id(), project.label()));
        return names;
    }

    /** Whom it hits: what runs on a host, and what waits for it. */
    private @Nullable Words carries(Visit visit, KnownVerdict cause, List<KnownVerdict> sufferers) {
        var code = cause.verdict().code();
        var subject = cause.verdict().subject();
        var waiting =
                sufferers.stream()
                        .map(KnownVerdict::verdict)
                        .filter(verdict -> verdict.code() == code)
                        .filter(verdict ->
                                subject.host() == null
                                        || !isOfHost(code)
                                        || subject.host().equals(verdict.subject().host()))
                        .count();
        var host = subject.host();
        if (host != null && isOfHost(code)) {
            var carried = survey.carried(visit.viewer(), host);
            Set<StackOf> of = new HashSet<>();
            var membership = stacks.getIfAvailable();
            if (membership != null) {
                carried.servers()
                        .forEach(each ->
                                of.addAll(
                                        membership
                                                .stacksOf(
                                                        visit.cloud(),
                                                        new ProjectId(each.project()),
                                                        each.ids())
                                                .values()));
            }
            return Words.of(
                    carried.instances() == 1 ? "doctor.carries.host.one" : "doctor.carries.host",
                    carried.instances(),
                    Words.of(
                            carried.servers().size() == 1
                                    ? "doctor.carries.project"
                                    : "doctor.carries.projects",
                            carried.servers().size()),
                    Words.of(
                            of.size() == 1 ? "doctor.carries.stack" : "doctor.carries.stacks",
                            of.size()));
        }
        return waiting == 0
                ? null
                : Words.of(
                        waiting == 1 ? "doctor.carries.waiting.one" : "doctor.carries.waiting",
                        waiting);
    }

    private static boolean isOfHost(Code code) {
        return switch (code) {
            case NOVA_COMPUTE_DOWN, HOST_DOWN, HOST_RETURNED, NETWORK_AGENT_DOWN -> true;
            default -> false;
        };
    }

    private static BoardPage.Sufferer sufferer(
            Visit visit, KnownVerdict known, Map<String, String> names) {
        var verdict = known.verdict();
        var subject = verdict.subject();
        var project = String.valueOf(subject.project());
        var server = subject.kind() == Subject.Kind.SERVER;
        // Another project's page opens for those alone who have a role in it.
        var mine = visit.person().membership(new ProjectId(project)).isPresent();
        var symptom = verdict.symptom();
        return new BoardPage.Sufferer(
                server ? "server" : "volume",
                subject.name().isEmpty() ? subject.id() : subject.name(),
                mine
                        ? "/c/"
                                + visit.cloud().value()
                                + "/p/"
                                + project
                                + (server ? "/instances/" : "/volumes/")
                                + subject.id()
                        : null,
                names.getOrDefault(project, project),
                VerdictWords.tone(verdict),
                symptom == null
                        ? Words.verbatim("")
                        : Words.verbatim(symptom.state().toUpperCase(java.util.Locale.ROOT)),
                VerdictWords.shortly(visit, verdict),
                symptom == null ? verdict.since() : symptom.since());
    }

    private static BoardPage.Past past(Visit visit, KnownVerdict known) {
        var verdict = known.verdict();
        var subject = verdict.subject();
        var ended = known.ended() == null ? known.seen() : known.ended();
        return new BoardPage.Past(
                subject.name().isEmpty() ? visit.cloudLabel() : subject.name(),
                VerdictWords.shortly(visit, verdict),
                verdict.code().key(),
                verdict.since(),
                ended,
                Duration.between(verdict.since(), ended));
    }
}
