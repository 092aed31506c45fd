package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The template files that came along, each read and checked once, however often it is used. */
final class NestedTemplates {

    private final Map<String, String> files;
    private final Limits limits;
    private final Map<String, ReadTemplate> read = new HashMap<>();
    private final Map<String, Diagnostics> checked = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    NestedTemplates(Map<String, String> files, Limits limits) {
        this.files = files;
        this.limits = limits;
    }

    Optional<Template> find(String name) {
        return files.containsKey(name) ? reading(name).template() : Optional.empty();
    }

    private ReadTemplate reading(String name) {
        return read.computeIfAbsent(
                name, _ -> TemplateReader.read(files.getOrDefault(name, ""), limits));
    }

    /** Why a template file could not be used, as a full sentence. */
    String whyNot(String name) {
        if (!files.containsKey(name)) {
            return "The template file `%s` did not come along. Add it to the template's files."
                    .formatted(name);
        }
        return reading(name).diagnostics().errors().stream()
                .findFirst()
                .map(error ->
                        "%s cannot be read. Line %d: %s"
                                .formatted(name, error.range().line(), error.detail()))
                .orElse("%s cannot be read.".formatted(name));
    }

    /** Goes one level down; false when that is too deep, or the template is being used already. */
    boolean enter(String name) {
        if (open.size() >= limits.nesting() || open.contains(name)) {
            return false;
        }
        open.push(name);
        return true;
    }

    void leave(String name) {
        open.remove(name);
    }

    Diagnostics check(ResourceKind.Nested kind, Supplier<Checked> check) {
        Diagnostics known = checked.get(kind.name());
        if (known == null) {
            known = check.get().diagnostics();
            checked.put(kind.name(), known);
        }
        return known;
    }
}
