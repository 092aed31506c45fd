package dev.stackwright.web.editor;

import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.frame.Visit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Tells an editor what is wrong with the text in it. Changes nothing, so readers may ask as well.
 */
@Controller
class LintController {

    /** A little more than a template may have, so that one that is too long gets its sentence. */
    private static final int MOST_BYTES = 1024 * 1024;

    @PostMapping(
            path = "/c/{cloud}/p/{project}/templates/lint",
            consumes = MediaType.TEXT_PLAIN_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    @Unrecorded("Looking at a text changes nothing")
    Lint lint(Visit visit, HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES);
        return Lint.of(new String(body, StandardCharsets.UTF_8));
    }
}
