package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.TextRange;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a template. Whatever the text is, it answers; it never throws. */
public final class TemplateReader {

    private TemplateReader() {}

    public static ReadTemplate read(String text) {
        return read(text, Limits.DEFAULT);
    }

    public static ReadTemplate read(String text, Limits limits) {
        var findings = new Findings();
        Optional<Node> root = readTree(text, limits, findings);
        Optional<Template> template = Optional.empty();
        try {
            if (root.isPresent()) {
                template = new SectionReader(text, limits, findings).read(root.get());
            }
        } catch (RuntimeException | StackOverflowError e) {
            unreadable(findings, e);
        }
        Diagnostics diagnostics = findings.toDiagnostics();
        return new ReadTemplate(template, diagnostics);
    }

    /** YAML or JSON; empty when it is neither, which the findings tell. */
    static Optional<Node> readTree(String text, Limits limits, Findings findings) {
        if (isTooLong(text, limits)) {
            findings.add(
                    Rule.TOO_LARGE,
                    TextRange.START,
                    "",
                    "The text is longer than %,d bytes. Move long scripts into files and use get_file."
                            .formatted(limits.bytes()));
            return Optional.empty();
        }
        try {
            var places = new TextPlaces(text);
            if (looksLikeJson(text)) {
                var ofJson = new Findings();
                var json = JsonReader.read(text, places, limits, ofJson);
                if (json.isPresent()) {
                    findings.addAll(ofJson.toDiagnostics());
                    return json;
                }
            }
            return YamlReader.read(text, places, limits, findings);
        } catch (RuntimeException | StackOverflowError e) {
            unreadable(findings, e);
            return Optional.empty();
        }
    }

    private static boolean isTooLong(String text, Limits limits) {
        return text.length() > limits.bytes()
                || (text.length() > limits.bytes() / 3
                        && text.getBytes(StandardCharsets.UTF_8).length > limits.bytes());
    }

    private static boolean looksLikeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c)) {
                return c == '{' || c == '[';
            }
        }
        return false;
    }

    private static void unreadable(Findings findings, Throwable e) {
        findings.add(
                Rule.UNREADABLE,
                TextRange.START,
                "",
                "The text upset the reader (%s). Please report this with the text."
                        .formatted(e.getClass().getSimpleName()));
    }
}
