package dev.stackwright.web.doctor;

import dev.stackwright.operations.KnownVerdict;
import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Confidence;
import dev.stackwright.operations.doctor.Cure;
import dev.stackwright.operations.doctor.Evidence;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.doctor.Term;
import dev.stackwright.operations.doctor.Verdict;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what the doctor found. Administrators are told which machine it is; everybody else hears the
 * same without names of machines and without what the services said to the collecting account.
 */
public final class VerdictWords {

    /** Evidence that quotes what only operators hear. */
    private static final Set<String> QUOTING =
            Set.of(
                    "api-unreachable",
                    "api-deaf",
                    "api-failing",
                    "api-said",
                    "account-said",
                    "bus-lost",
                    "host-disabled",
                    "host-silent");

    private VerdictWords() {}

    /** In half a sentence, for a row: "nova-scheduler silent since 02:57". */
    public static Words shortly(Visit visit, Verdict verdict) {
        return Words.of("doctor.short." + verdict.code().key(), arguments(visit, verdict.terms()));
    }

    /** The same after how long it usually takes, for something that does not come on. */
    public static Words inRow(Visit visit, Verdict verdict) {
        var symptom = verdict.symptom();
        var usual = symptom == null || symptom.state().equals("ERROR") ? null : symptom.usual();
        return usual == null
                ? shortly(visit, verdict)
                : Words.of("doctor.row.usual", atLeastASecond(usual), shortly(visit, verdict));
    }

    private static Duration atLeastASecond(Duration length) {
        return length.toSeconds() < 1 ? Duration.ofSeconds(1) : length;
    }

    /** The card on the page of what suffers, or on the board. */
    public static VerdictCard card(Visit visit, KnownVerdict known, @Nullable Words carries) {
        return card(visit, known, carries, null);
    }

    /**
     * @param instance the id of the instance on whose page the card stands, null on the board
     */
    public static VerdictCard card(
            Visit visit, KnownVerdict known, @Nullable Words carries, @Nullable String instance) {
        var verdict = known.verdict();
        var answer = answer(visit, verdict, instance);
        var certainty =
                Words.of(
                        "doctor.confidence."
                                + verdict.confidence().name().toLowerCase(Locale.ROOT));
        var evidence = verdict.evidence().stream().map(each -> fact(visit, each)).toList();
        return new VerdictCard(
                known.id().toString(),
                tone(verdict),
                answer,
                certainty,
                verdict.code().key(),
                carries,
                known.seen(),
                evidence,
                cures(visit, verdict, instance),
                asText(visit, known, answer, evidence));
    }

    public static String tone(Verdict verdict) {
        return verdict.confidence() == Confidence.CERTAIN
                ? "bad"
                : verdict.confidence() == Confidence.LIKELY ? "warn" : "idle";
    }

    private static Words answer(Visit visit, Verdict verdict, @Nullable String instance) {
        var cause = shortly(visit, verdict);
        var symptom = verdict.symptom();
        if (symptom == null) {
            return Words.of(
                    instance == null ? "doctor.answer" : "doctor.answer.carried",
                    sentence(visit, cause));
        }
        var length = Duration.between(symptom.since(), visit.format().now());
        var kind = symptom.state().toLowerCase(Locale.ROOT);
        if (kind.startsWith("error")) {
            return Words.of("doctor.answer.error", visit.format().at(symptom.since()), cause);
        }
        if (kind.equals("shutoff")) {
            return Words.of("doctor.answer.shutoff", visit.format().at(symptom.since()), cause);
        }
        if (kind.equals("active") && symptom.task() == null) {
            return Words.of("doctor.answer", sentence(visit, cause));
        }
        var doing =
                kind.equals("build")
                        ? Words.of("doctor.building")
                        : Words.verbatim(
                                capital(
                                        symptom.task() == null
                                                ? kind
                                                : symptom.task().replace('_', ' ')));
        var usual = symptom.usual();
        return usual == null
                ? Words.of("doctor.answer.stuck", doing, length, cause)
                : Words.of(
                        "doctor.answer.stuck.usual", doing, length, atLeastASecond(usual), cause);
    }

    /** A sentence begins with a capital, the name of a process does not. */
    private static String sentence(Visit visit, Words words) {
        var said = visit.format().say(words);
        return said.matches("(the|a|no|none|nobody|group|image|its) .*") ? capital(said) : said;
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static VerdictCard.Fact fact(Visit visit, Evidence evidence) {
        var key = "doctor.evidence." + evidence.key();
        if (!visit.viewer().admin() && QUOTING.contains(evidence.key())) {
            key += ".owner";
        }
        return new VerdictCard.Fact(
                switch (evidence.weight()) {
                    case PROVES -> "bad";
                    case FITS -> "warn";
                    case RULES_OUT -> "ok";
                },
                switch (evidence.weight()) {
                    case PROVES -> "bad";
                    case FITS -> "warnc";
                    case RULES_OUT -> "okc";
                },
                Words.of(key, arguments(visit, evidence.terms())),
                Words.of(
                        "doctor.source."
                                + evidence.source()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-')),
                evidence.seen());
    }

    private static Serializable[] arguments(Visit visit, List<Term> terms) {
        return terms.stream().map(term -> argument(visit, term)).toArray(Serializable[]::new);
    }

    private static Serializable argument(Visit visit, Term term) {
        return switch (term) {
            case Term.Text text -> text.text();
            case Term.Machine machine ->
                    visit.viewer().admin() && !machine.name().isEmpty()
                            ? machine.name()
                            : Words.of("doctor.machine");
            case Term.Moment moment -> visit.format().at(moment.at());
            case Term.Span span -> length(span.length());
            case Term.Count count -> count.number();
        };
    }

    /** Under a second it is the milliseconds that tell. */
    private static Serializable length(Duration length) {
        return length.toMillis() < 10_000
                ? Words.of("doctor.milliseconds", length.toMillis())
                : length;
    }

    private static List<VerdictCard.CureLine> cures(
            Visit visit, Verdict verdict, @Nullable String instance) {
        var lines = new ArrayList<VerdictCard.CureLine>();
        var arguments = arguments(visit, verdict.terms());
        for (var cure : verdict.cures()) {
            if (cure == Cure.HAND_ON
                    || cure.who() == Cure.Who.OPERATOR && !visit.viewer().admin()) {
                continue;
            }
            lines.add(
                    new VerdictCard.CureLine(
                            Words.of("doctor.cure." + cure.key(), arguments),
                            Words.of("doctor.cure." + cure.key() + ".text", arguments),
                            href(visit, verdict, cure, instance),
                            false));
        }
        lines.add(
                new VerdictCard.CureLine(
                        Words.of("doctor.cure.hand-on"),
                        Words.of(
                                visit.viewer().admin()
                                        ? "doctor.cure.hand-on.text"
                                        : "doctor.cure.hand-on.text.owner"),
                        null,
                        true));
        return lines;
    }

    private static @Nullable String href(
            Visit visit, Verdict verdict, Cure cure, @Nullable String instance) {
        return switch (cure.leads()) {
            case NOWHERE, START, EVIDENCE -> null;
            case DELETE -> instance == null ? null : visit.path("instances", instance, "delete");
            case RESET -> instance == null ? null : visit.path("instances", instance, "reset");
            case LAUNCH -> visit.path("instances", "new");
            case INSTANCES -> visit.path("instances");
            case HOST_INSTANCES ->
                    new Address(visit.path("instances"), java.util.Map.of())
                            .with("status", "SHUTOFF")
                            .with("host", String.valueOf(verdict.subject().host()))
                            .toString();
            case GROUPS -> visit.path("server-groups");
            case SERVICES ->
                    visit.adminPath(
                            verdict.code() == Code.CINDER_VOLUME_DOWN
                                            || verdict.code() == Code.CINDER_SCHEDULER_DOWN
                                    ? "volume-services"
                                    : "compute-services");
            case AGENTS -> visit.adminPath("network-agents");
            case VOLUME_SERVICES -> visit.adminPath("volume-services");
            case HOSTS -> visit.adminPath("hosts");
            case SETUP -> visit.adminPath("setup");
        };
    }

    /** The evidence as text that somebody who was not there can read. */
    private static String asText(
            Visit visit, KnownVerdict known, Words answer, List<VerdictCard.Fact> evidence) {
        var format = visit.format();
        var verdict = known.verdict();
        var subject = verdict.subject();
        var text = new StringBuilder();
        text.append(format.say(answer)).append('\n');
        text.append("code: ").append(verdict.code().key()).append('\n');
        text.append("confidence: ")
                .append(verdict.confidence().name().toLowerCase(Locale.ROOT))
                .append('\n');
        if (visit.viewer().admin() || isOwn(subject)) {
            text.append("subject: ")
                    .append(subject.kind().name().toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(subject.id())
                    .append('\n');
        }
        text.append("since: ").append(verdict.since()).append('\n');
        text.append("checked: ").append(known.seen()).append('\n');
        for (var fact : evidence) {
            text.append("- ")
                    .append(format.say(fact.said()))
                    .append(" [")
                    .append(format.say(fact.source()))
                    .append(", ")
                    .append(fact.seen())
                    .append("]\n");
        }
        return text.toString();
    }

    private static boolean isOwn(Subject subject) {
        return subject.kind() == Subject.Kind.SERVER || subject.kind() == Subject.Kind.VOLUME;
    }
}
