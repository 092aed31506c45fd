package dev.stackwright.stack;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Value;
import dev.stackwright.stack.store.Source;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckOptions;
import dev.stackwright.template.Checked;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Environment;
import dev.stackwright.template.Limits;
import dev.stackwright.template.StackIdentity;
import dev.stackwright.template.Template;
import dev.stackwright.template.TemplateCheck;
import dev.stackwright.template.TemplateReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sources of stacks as checked templates. What was checked for a running action is remembered. */
final class Blueprints {

    private static final int REMEMBERED = 200;
    private static final int LONGEST = 64 * 1024 * 1024;

    private record Which(UUID stack, int version) {}

    private final StackStore store;
    private final Catalog catalog;
    private final Limits limits;
    private final Map<Which, CheckedTemplate> known =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<Which, CheckedTemplate> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    Blueprints(StackStore store, Catalog catalog, Limits limits) {
        this.limits = limits;
        this.store = store;
        this.catalog = catalog;
    }

    Limits limits() {
        return limits;
    }

    Catalog catalog() {
        return catalog;
    }

    /** The version of a stack that was launched: it was found right then, so it is now. */
    CheckedTemplate launched(StackView stack, int version) {
        return known.computeIfAbsent(
                new Which(stack.id(), version),
                which -> {
                    var source = store.source(stack.id(), version).orElseThrow();
                    var read = TemplateReader.read(source.template(), limits(source));
                    var template = read.template().orElseThrow();
                    return check(template, source, identity(stack), Constraints.UNCHECKED)
                            .template()
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "Version %d of stack %s is not sound any more"
                                                    .formatted(version, stack.id())));
                });
    }

    static StackIdentity identity(StackView stack) {
        return new StackIdentity(stack.name(), stack.id().toString(), stack.project().value());
    }

    Checked check(Template template, Source source, StackIdentity stack, Constraints constraints) {
        return TemplateCheck.check(
                template,
                environment(source, template),
                source.files(),
                catalog,
                constraints,
                stack,
                Behind.facade(source),
                CheckOptions.LAUNCH,
                limits(source));
    }

    /** A template that nobody wrote is as long as it has to be. */
    private Limits limits(Source source) {
        return source.inside() == null ? limits : limits.withBytes(LONGEST);
    }

    /** The environment with what was typed on top. */
    private static Environment environment(Source source, Template template) {
        var typed = new LinkedHashMap<String, Value>();
        source.parameters().forEach((name, text) -> typed.put(name, Value.of(text)));
        source.hidden().forEach((name, text) -> typed.put(name, Value.of(text)));
        return Environment.read(
                        source.environment(),
                        template,
                        source.inside() == null
                                ? Limits.DEFAULT
                                : Limits.DEFAULT.withBytes(LONGEST))
                .environment()
                .withParameters(typed);
    }

    /** The template of a version, without checking it. */
    Optional<Template> text(UUID stack, int version) {
        return store.source(stack, version)
                .flatMap(source ->
                        TemplateReader.read(source.template(), limits(source)).template());
    }
}
