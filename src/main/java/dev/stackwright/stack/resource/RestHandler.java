package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles every type that is plain create, show, update and delete. The object carries the
 * resource's mark in its description from the very call that makes it; a description that the
 * template gives is put in afterwards, when the id is safe.
 */
class RestHandler implements ResourceHandler {

    static final Set<String> NEVER_SENT = Set.of("value_specs", "tags", "name");

    private final RestType data;

    RestHandler(RestType data) {
        this.data = data;
    }

    @Override
    public Set<String> types() {
        return Set.of(data.type());
    }

    RestType data() {
        return data;
    }

    @Override
    public StepOutcome create(Work work) {
        JsonNode live;
        if (!work.exists()) {
            live =
                    work.make(
                            Request.post(data.service(), data.path()).body(wrapped(wanted(work))),
                            answer -> answer.path(data.one()),
                            made -> made.path("id").asString(),
                            () -> look(work));
        } else {
            live = show(work).orElse(null);
            if (live == null) {
                return Work.failed("It was made, but is gone again: somebody deleted it");
            }
        }
        switch (live.path("status").asString("").toUpperCase(java.util.Locale.ROOT)) {
            case "ERROR" -> {
                return Work.failed("%s says ERROR".formatted(data.service().project()));
            }
            case "BUILD", "PENDING_CREATE" -> {
                return Work.waiting("Being built");
            }
            default -> {}
        }
        finish(work);
        return work.done();
    }

    /** The rest of what is wanted, once the object is there. Each part may be done twice. */
    void finish(Work work) {
        work.text("description")
                .ifPresent(given ->
                        work.change("describe", put(work, object().put("description", given))));
        var tags = work.json("tags");
        if (tags.isArray() && !tags.isEmpty()) {
            work.change("tag", tagging(work, tags));
        }
    }

    @Override
    public StepOutcome update(Work work) {
        var changes = object();
        for (var changed : work.changed().entrySet()) {
            if (changed.getKey().equals("name")) {
                changes.put("name", work.wantedName());
            } else if (changed.getKey().equals("tags")) {
                work.change("tag", tagging(work, changed.getValue()));
            } else if (changed.getKey().equals("value_specs")) {
                changed.getValue().properties().forEach(e -> changes.set(e.getKey(), e.getValue()));
            } else if (!data.left().contains(changed.getKey())) {
                send(work, changes, changed.getKey(), changed.getValue());
            }
        }
        alsoChanged(work, changes);
        if (!changes.isEmpty()) {
            var answer = work.change("update", put(work, changes));
            work.seen(answer.body().path(data.one()));
        }
        finishChange(work);
        return work.done();
    }

    @Override
    public StepOutcome delete(Work work) {
        if (!work.wasMade(() -> look(work))) {
            return work.done();
        }
        if (!work.drop(
                "delete", Request.delete(data.service(), data.path() + "/{}", work.physicalId()))) {
            return work.done();
        }
        return work.done();
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        var live = work.live().or(() -> show(work)).orElse(JsonNodeFactory.instance.objectNode());
        var attributes = new LinkedHashMap<String, Value>();
        live.properties().forEach(e -> attributes.put(e.getKey(), Properties.value(e.getValue())));
        attributes.put("show", Properties.value(live));
        return attributes;
    }

    Optional<JsonNode> show(Work work) {
        return work.find(Request.get(data.service(), data.path() + "/{}", work.physicalId()))
                .map(answer -> work.seen(answer.path(data.one())));
    }

    /** The object that carries the mark, if there is one. */
    Optional<JsonNode> look(Work work) {
        return work.list(Request.get(data.service(), data.path()), data.many()).stream()
                .filter(one -> one.path("description").asString("").contains(work.mark()))
                .findFirst();
    }

    /** The object as it is to be made. */
    ObjectNode wanted(Work work) {
        var body = object();
        if (data.nameable()) {
            body.put("name", work.wantedName());
        }
        for (var property : work.type().properties().keySet()) {
            if (!NEVER_SENT.contains(property) && !data.left().contains(property)) {
                var value = work.json(property);
                if (!isNothing(value)) {
                    send(work, body, property, value);
                }
            }
        }
        work.json("value_specs").properties().forEach(e -> body.set(e.getKey(), e.getValue()));
        body.put("description", work.description());
        alsoWanted(work, body);
        return body;
    }

    /** What a type adds to the object before it is made. */
    void alsoWanted(Work work, ObjectNode body) {}

    /** What else a type changes, once the object has its new values. May be done twice. */
    void finishChange(Work work) {}

    /** What a type adds to a change. */
    void alsoChanged(Work work, ObjectNode changes) {}

    private void send(Work work, ObjectNode body, String property, JsonNode value) {
        var kind = data.resolved().get(property);
        var sent = kind == null ? value : resolved(work, kind, value);
        body.set(data.renamed().getOrDefault(property, property), sent);
    }

    static JsonNode resolved(Work work, String kind, JsonNode value) {
        if (value instanceof ArrayNode array) {
            var ids = JsonNodeFactory.instance.arrayNode();
            array.forEach(one -> ids.add(Names.id(work, kind, one.asString())));
            return ids;
        }
        return value.isNull()
                ? value
                : JsonNodeFactory.instance.stringNode(Names.id(work, kind, value.asString()));
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || (value.isString() && value.asString().isEmpty());
    }

    Request put(Work work, ObjectNode changes) {
        return Request.put(data.service(), data.path() + "/{}", work.physicalId())
                .body(wrapped(changes));
    }

    private Request tagging(Work work, JsonNode tags) {
        var wanted = new ArrayList<String>();
        tags.forEach(tag -> wanted.add(tag.asString()));
        return Request.put(data.service(), data.path() + "/{}/tags", work.physicalId())
                .body(Map.of("tags", List.copyOf(wanted)));
    }

    private ObjectNode wrapped(ObjectNode body) {
        return object().set(data.one(), body);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
