package dev.stackwright.operations.store;

import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Confidence;
import dev.stackwright.operations.doctor.Cure;
import dev.stackwright.operations.doctor.Evidence;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.doctor.Symptom;
import dev.stackwright.operations.doctor.Term;
import dev.stackwright.operations.doctor.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A verdict as text; what a later version does not know any more is left out when it is read. */
final class VerdictJson {

    private static final JsonMapper JSON = new JsonMapper();

    /** What somebody else wrote may be of any length. */
    private static final int LONGEST = 2000;

    private VerdictJson() {}

    static String text(Verdict verdict) {
        var node = JSON.createObjectNode();
        var subject = verdict.subject();
        node.putObject("subject")
                .put("kind", subject.kind().name())
                .put("id", subject.id())
                .put("name", subject.name())
                .put("project", subject.project())
                .put("host", subject.host());
        node.put("code", verdict.code().key())
                .put("since", verdict.since().toString())
                .put("confidence", verdict.confidence().name());
        terms(node.putArray("terms"), verdict.terms());
        var symptom = verdict.symptom();
        if (symptom != null) {
            var usual = symptom.usual();
            node.putObject("symptom")
                    .put("state", symptom.state())
                    .put("task", symptom.task())
                    .put("since", symptom.since().toString())
                    .put("usual", usual == null ? null : usual.toString());
        }
        var evidence = node.putArray("evidence");
        for (var each : verdict.evidence()) {
            var fact = evidence.addObject();
            fact.put("weight", each.weight().name())
                    .put("key", each.key())
                    .put("source", each.source().name())
                    .put("seen", each.seen().toString());
            terms(fact.putArray("terms"), each.terms());
        }
        var cures = node.putArray("cures");
        verdict.cures().forEach(cure -> cures.add(cure.name()));
        return node.toString();
    }

    private static void terms(ArrayNode array, List<Term> terms) {
        for (var term : terms) {
            switch (term) {
                case Term.Text text -> array.addObject().put("text", cut(text.text()));
                case Term.Machine machine -> array.addObject().put("machine", machine.name());
                case Term.Moment moment -> array.addObject().put("at", moment.at().toString());
                case Term.Span span -> array.addObject().put("span", span.length().toString());
                case Term.Count count -> array.addObject().put("count", count.number());
            }
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    static Verdict verdict(String text) {
        var node = JSON.readTree(text);
        var subject = node.path("subject");
        return new Verdict(
                Code.of(node.path("code").asString("")).orElse(Code.NO_KNOWN_CAUSE),
                new Subject(
                        Subject.Kind.valueOf(subject.path("kind").asString()),
                        subject.path("id").asString(""),
                        subject.path("name").asString(""),
                        orNull(subject, "project"),
                        orNull(subject, "host")),
                Instant.parse(node.path("since").asString()),
                Confidence.valueOf(node.path("confidence").asString()),
                terms(node.path("terms")),
                symptom(node.path("symptom")),
                evidence(node.path("evidence")),
                cures(node.path("cures")));
    }

    private static @Nullable Symptom symptom(JsonNode node) {
        if (!(node instanceof ObjectNode)) {
            return null;
        }
        var usual = orNull(node, "usual");
        return new Symptom(
                node.path("state").asString(""),
                orNull(node, "task"),
                Instant.parse(node.path("since").asString()),
                usual == null ? null : Duration.parse(usual));
    }

    private static List<Evidence> evidence(JsonNode array) {
        var evidence = new ArrayList<Evidence>();
        for (var node : array) {
            evidence.add(
                    new Evidence(
                            Evidence.Weight.valueOf(node.path("weight").asString()),
                            node.path("key").asString(""),
                            terms(node.path("terms")),
                            Evidence.Source.valueOf(node.path("source").asString()),
                            Instant.parse(node.path("seen").asString())));
        }
        return evidence;
    }

    private static List<Cure> cures(JsonNode array) {
        var cures = new ArrayList<Cure>();
        for (var node : array) {
            Arrays.stream(Cure.values())
                    .filter(cure -> cure.name().equals(node.asString("")))
                    .forEach(cures::add);
        }
        return cures;
    }

    private static List<Term> terms(JsonNode array) {
        var terms = new ArrayList<Term>();
        for (var node : array) {
            if (node.has("machine")) {
                terms.add(new Term.Machine(node.path("machine").asString("")));
            } else if (node.has("at")) {
                terms.add(new Term.Moment(Instant.parse(node.path("at").asString())));
            } else if (node.has("span")) {
                terms.add(new Term.Span(Duration.parse(node.path("span").asString())));
            } else if (node.has("count")) {
                terms.add(new Term.Count(node.path("count").asLong(0)));
            } else {
                terms.add(new Term.Text(node.path("text").asString("")));
            }
        }
        return terms;
    }

    private static @Nullable String orNull(JsonNode node, String field) {
        var value = node.path(field);
        return value.isString() ? value.asString() : null;
    }
}
