package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The templates that a check comes across on its way down, shared by all levels. Each file is read
 * once; a nested template is checked once for each different set of properties, and after a certain
 * number of them only once more, for any properties.
 */
final class Nesting {

    private static final int MOST_CHECKS = 200;

    /** One way in which a template is used. */
    record Use(String name, Environment environment, Value properties) {}

    private final Map<String, String> files;
    private final Limits limits;
    private final Map<String, ReadTemplate> read = new HashMap<>();
    private final Map<Use, Checked> checked = new HashMap<>();
    private final Set<Use> open = new LinkedHashSet<>();

    Nesting(Map<String, String> files, Limits limits) {
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

    /** Whether there were so many different ones that no more are looked at one by one. */
    boolean isCrowded() {
        return checked.size() >= MOST_CHECKS;
    }

    /** The result of a check; empty when it is going on already, and so would never end. */
    Optional<Checked> check(Use use, Supplier<Checked> check) {
        Checked known = checked.get(use);
        if (known != null) {
            return Optional.of(known);
        }
        if (!open.add(use)) {
            return Optional.empty();
        }
        try {
            known = check.get();
            checked.put(use, known);
            return Optional.of(known);
        } finally {
            open.remove(use);
        }
    }
}
