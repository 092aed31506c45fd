package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How Keystone finds and lists anything. */
final class IdentityDocuments {

    private final String base;

    IdentityDocuments(String base) {
        this.base = base;
    }

    static ObjectNode find(Map<String, ObjectNode> table, String name, String id) {
        ObjectNode found = table.get(id);
        if (found == null) {
            throw new Refusal(404, "Could not find " + name + ": " + id + ".");
        }
        return found;
    }

    ObjectNode collection(Call call, String name, List<ObjectNode> items) {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("next", Json.of(null));
        links.put("self", base + call.pathAndQuery());
        links.put("previous", Json.of(null));
        return object(
                name, items.stream().map(IdentityDocuments::visible).toList(), "links", links);
    }

    static ObjectNode visible(ObjectNode document) {
        ObjectNode copy = Json.copy(document);
        copy.remove(List.of("_password", "_secret"));
        return copy;
    }
}
