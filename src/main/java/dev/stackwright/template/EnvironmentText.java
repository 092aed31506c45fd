package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an environment down, as JSON. */
final class EnvironmentText {

    private EnvironmentText() {}

    static String of(Environment environment) {
        var sections = new LinkedHashMap<String, Value>();
        put(sections, "parameters", environment.parameters());
        put(sections, "parameter_defaults", environment.parameterDefaults());
        if (!environment.registry().isEmpty()) {
            sections.put("resource_registry", registry(environment.registry()));
        }
        if (!environment.eventSinks().isEmpty()) {
            sections.put(
                    "event_sinks",
                    new Value.Items(
                            environment.eventSinks().stream().map(EnvironmentText::sink).toList()));
        }
        if (!environment.encrypted().isEmpty()) {
            sections.put("encrypted_param_names", words(environment.encrypted().stream().toList()));
        }
        return sections.isEmpty() ? "" : Json.text(new Value.Entries(sections));
    }

    private static void put(Map<String, Value> sections, String name, Map<String, Value> values) {
        if (!values.isEmpty()) {
            sections.put(name, new Value.Entries(values));
        }
    }

    private static Value sink(EventSink sink) {
        var entries = new LinkedHashMap<String, Value>();
        entries.put("type", Value.of(sink.type()));
        entries.putAll(sink.settings());
        return new Value.Entries(entries);
    }

    private static Value registry(ResourceRegistry registry) {
        var entries = types(registry.types());
        if (!registry.resources().isEmpty()) {
            entries.put("resources", branches(registry.resources()));
        }
        return new Value.Entries(entries);
    }

    private static Map<String, Value> types(Map<String, String> types) {
        var entries = new LinkedHashMap<String, Value>();
        types.forEach((from, to) -> entries.put(from, to.isEmpty() ? Value.NULL : Value.of(to)));
        return entries;
    }

    private static Value branches(Map<String, ResourceRegistry.Branch> branches) {
        var entries = new LinkedHashMap<String, Value>();
        branches.forEach((name, branch) -> {
            var inside = types(branch.types());
            if (!branch.hooks().isEmpty()) {
                inside.put("hooks", words(branch.hooks().stream().map(Hook::word).toList()));
            }
            if (!branch.restricted().isEmpty()) {
                inside.put(
                        "restricted_actions",
                        words(branch.restricted().stream().map(RestrictedAction::word).toList()));
            }
            if (branches(branch.inside()) instanceof Value.Entries deeper) {
                inside.putAll(deeper.values());
            }
            entries.put(name, new Value.Entries(inside));
        });
        return new Value.Entries(entries);
    }

    private static Value words(List<String> words) {
        return new Value.Items(
                words.stream().sorted().map(word -> (Value) Value.of(word)).toList());
    }
}
