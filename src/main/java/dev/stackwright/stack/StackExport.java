package dev.stackwright.stack;

import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stack on paper: its source and the ids of what is in it, for whoever adopts that. Hidden values
 * are not in it.
 */
record StackExport(Source source, Map<String, String> physicalIds) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static String write(
            StackView stack, Source source, String environment, List<ResourceRow> rows) {
        var json = JSON.createObjectNode();
        json.put("name", stack.name()).put("id", stack.id().toString());
        json.put("template", source.template()).put("environment", environment);
        json.set("files", JSON.valueToTree(source.files()));
        json.set("parameters", JSON.valueToTree(source.parameters()));
        var resources = json.putObject("resources");
        for (var row : rows) {
            var id = row.view().physicalId();
            boolean gone =
                    row.view().action() == StackAction.DELETE
                            && row.view().progress() == StackProgress.COMPLETE;
            if (id != null && !gone && row.standing() != ResourceRow.Standing.OLD) {
                resources
                        .putObject(row.view().name())
                        .put("type", row.view().type())
                        .put("resource_id", id);
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    static Optional<StackExport> read(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        var template = json.path("template");
        if (!json.path("resources").isObject()) {
            return Optional.empty();
        }
        var ids = new LinkedHashMap<String, String>();
        json.path("resources")
                .properties()
                .forEach(e -> {
                    var id = e.getValue().path("resource_id").asString("");
                    if (!id.isEmpty()) {
                        ids.put(e.getKey(), id);
                    }
                });
        // Heat writes the template as a tree and the environment with its parameters in it.
        var environment = json.path("environment");
        var source =
                new Source(
                        template.isString() ? template.asString() : template.toString(),
                        environment.isString()
                                ? environment.asString()
                                : environment.isObject() ? environment.toString() : "",
                        texts(json.path("files")),
                        texts(json.path("parameters")),
                        Map.of());
        return Optional.of(new StackExport(source, ids));
    }

    private static Map<String, String> texts(JsonNode object) {
        var texts = new LinkedHashMap<String, String>();
        object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
        return texts;
    }
}
