package dev.stackwright.web.editor;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Environment;
import dev.stackwright.template.TemplateCheck;
import dev.stackwright.template.TemplateReader;
import java.util.Map;

/** The check of the engine without a cloud. */
final class Checking {

    private Checking() {}

    static Lint lint(String template) {
        return Lint.of(
                template,
                text -> {
                    var read = TemplateReader.read(text);
                    return read.template()
                            .map(one ->
                                    TemplateCheck.check(
                                                    one,
                                                    Environment.EMPTY,
                                                    Map.of(),
                                                    Catalog.builtIn(),
                                                    Constraints.UNCHECKED)
                                            .diagnostics())
                            .orElse(read.diagnostics());
                });
    }
}
