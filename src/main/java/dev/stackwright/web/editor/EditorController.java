package dev.stackwright.web.editor;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.stack.Draft;
import dev.stackwright.stack.Drafts;
import dev.stackwright.stack.StackVersion;
import dev.stackwright.stack.Stacks;
import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers an editor: what is wrong with the text in it, how a word goes on, and what a word means.
 * Changes nothing and asks the inventory alone, so readers may ask as well.
 */
@Controller
@RequestMapping(
        path = "/c/{cloud}/p/{project}/templates",
        produces = MediaType.APPLICATION_JSON_VALUE)
class EditorController {

    /** More than a template may have, so that one that is too long gets its sentence. */
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final Stacks stacks;
    private final Drafts drafts;
    private final Choices choices;
    private final Catalog catalog;
    private final JsonMapper json;

    EditorController(
            Stacks stacks, Drafts drafts, Choices choices, Catalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.stacks = stacks;
        this.drafts = drafts;
        this.choices = choices;
        this.json = json;
    }

    /**
     * What the editor sends.
     *
     * @param line of the cursor, from 1; 0 when it does not matter
     */
    record Question(String text, String environment, int line, int column) {}

    @PostMapping("/lint")
    @ResponseBody
    @Unrecorded("Looking at a text changes nothing")
    Lint lint(
            Visit visit,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable UUID stack)
            throws IOException {
        var asked = question(request);
        var files = files(visit, stack);
        return Lint.of(
                asked.text(),
                text -> stacks.check(visit.viewer(), text, asked.environment(), files));
    }

    /** The marks of the environment, as a part of the form. */
    @PostMapping(path = "/environment", produces = MediaType.TEXT_HTML_VALUE)
    @Unrecorded("Looking at a text changes nothing")
    String environment(
            Visit visit,
            Model model,
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "") String environment) {
        model.addAttribute(
                "marks", stacks.checkEnvironment(visit.viewer(), template, environment).all());
        return "editor/_environment :: marks(marks=${marks})";
    }

    /** The files beside the template: those of the draft, which saves itself, or of the stack. */
    private Map<String, String> files(Visit visit, @Nullable UUID stack) {
        return drafts.find(visit.viewer(), stack)
                .map(Draft::files)
                .or(() ->
                        Optional.ofNullable(stack)
                                .flatMap(id -> stacks.find(visit.viewer(), id))
                                .flatMap(one ->
                                        stacks.version(visit.viewer(), one.id(), one.version()))
                                .map(StackVersion::files))
                .orElse(Map.of());
    }

    @PostMapping("/complete")
    @ResponseBody
    @Unrecorded("Looking at a text changes nothing")
    Completion.Answer complete(Visit visit, HttpServletRequest request) throws IOException {
        var asked = question(request);
        return Completion.at(
                asked.text(),
                asked.line(),
                asked.column(),
                catalog,
                constraint -> choices.of(visit.viewer(), constraint),
                visit.format());
    }

    /** 204 where there is nothing to say. */
    @PostMapping("/explain")
    @Unrecorded("Looking at a text changes nothing")
    ResponseEntity<Explanation> explain(Visit visit, HttpServletRequest request)
            throws IOException {
        var asked = question(request);
        Optional<Explanation> said =
                Explanation.at(asked.text(), asked.line(), asked.column(), catalog, visit.format());
        return said.map(ResponseEntity::ok).orElseGet(() -> ResponseEntity.noContent().build());
    }

    private Question question(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES);
        try {
            var sent = json.readTree(body);
            return new Question(
                    sent.path("text").asString(""),
                    sent.path("environment").asString(""),
                    sent.path("line").asInt(0),
                    sent.path("column").asInt(0));
        } catch (JacksonException notJson) {
            throw PageFailure.badRequest(Words.of("editor.bad-question"));
        }
    }
}
