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
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final Pattern FROM_PROPERTY = Pattern.compile("\\{(\\w+)}");

    private final RestType data;

    RestHandler(RestType data) {
        this.data = data;
    }

    RestType plain() {
        return data;
    }

    @Override
    public Set<String> types() {
        return Set.of(data.type());
    }

    @Override
    public StepOutcome create(Work work) {
        JsonNode live;
        if (!work.exists()) {
            rememberOthers(work);
            live =
                    work.make(
                            collection(Request.Method.POST, work).body(wrapped(wanted(work))),
                            answer -> answer.path(data.one()),
                            made -> made.path("id").asString(),
                            () -> look(work));
        } else {
            live = show(work).orElse(null);
            if (live == null) {
                return Work.failed("It was made, but is gone again: somebody deleted it");
            }
        }
        var status = live.path("provisioning_status").asString(live.path("status").asString(""));
        switch (status.toUpperCase(java.util.Locale.ROOT)) {
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
        if (data.mark() == RestType.Mark.DESCRIPTION && !data.left().contains("description")) {
            work.text("description")
                    .ifPresent(given ->
                            work.change("describe", put(work, object().put("description", given))));
        }
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
        work.drop("delete", member(Request.Method.DELETE, work, ""));
        return work.done();
    }

    @Override
    public StepOutcome check(Work work) {
        return work.verdict(show(work));
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
        return work.find(member(Request.Method.GET, work, ""))
                .map(answer -> work.seen(answer.path(data.one())));
    }

    /** The object that carries the mark, or that came after we began, if there is one. */
    Optional<JsonNode> look(Work work) {
        if (data.mark() == RestType.Mark.DESCRIPTION) {
            return all(work).stream()
                    .filter(one -> one.path("description").asString("").contains(work.mark()))
                    .findFirst();
        }
        var others = work.memory().path("before");
        if (others.isMissingNode() && (!data.nameable() || work.given("name").isPresent())) {
            // It may be anybody's.
            return Optional.empty();
        }
        return alike(work)
                .filter(one -> others.valueStream().noneMatch(one.path("id")::equals))
                .findFirst();
    }

    /** Where there is no room for a mark, whatever looks the same before we begin is not ours. */
    private void rememberOthers(Work work) {
        if (data.mark() == RestType.Mark.NEWCOMER && !work.memory().has("before")) {
            var before = JsonNodeFactory.instance.arrayNode();
            alike(work).forEach(one -> before.add(one.path("id")));
            work.remember((ObjectNode) work.memory().set("before", before));
        }
    }

    private Stream<JsonNode> alike(Work work) {
        var wanted = wanted(work);
        return all(work).stream().filter(one -> isAlike(one, wanted));
    }

    private static boolean isAlike(JsonNode one, ObjectNode wanted) {
        return wanted.properties().stream()
                .filter(field -> field.getValue().isValueNode() && !field.getValue().isNull())
                .filter(field -> !one.path(field.getKey()).isMissingNode())
                .allMatch(field ->
                        one.path(field.getKey()).asString("").equals(field.getValue().asString()));
    }

    private List<JsonNode> all(Work work) {
        var request = request(Request.Method.GET, work, data.listed());
        for (var query : data.query().entrySet()) {
            request = request.query(query.getKey(), query.getValue());
        }
        return work.list(request, data.many());
    }

    private Request collection(Request.Method method, Work work) {
        return request(method, work, data.path());
    }

    private Request member(Request.Method method, Work work, String below) {
        return request(method, work, data.path() + "/{}" + below, work.physicalId());
    }

    /** Fills in what the path takes from properties. */
    private Request request(Request.Method method, Work work, String path, String... last) {
        var arguments = new ArrayList<Object>();
        var from =
                FROM_PROPERTY
                        .matcher(path)
                        .replaceAll(found -> {
                            var property = found.group(1);
                            arguments.add(
                                    Names.id(
                                            work,
                                            data.resolved().getOrDefault(property, ""),
                                            work.required(property)));
                            return "{}";
                        });
        arguments.addAll(List.of(last));
        return Request.of(method, data.service(), from, arguments.toArray());
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
                boolean silent = data.onlyTrue().contains(property) && !value.asBoolean(false);
                if (!isNothing(value) && !silent) {
                    send(work, body, property, value);
                }
            }
        }
        work.json("value_specs").properties().forEach(e -> body.set(e.getKey(), e.getValue()));
        if (data.mark() == RestType.Mark.DESCRIPTION) {
            body.put("description", work.description());
        }
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
        return member(data.update(), work, "").body(wrapped(changes));
    }

    private Request tagging(Work work, JsonNode tags) {
        var wanted = new ArrayList<String>();
        tags.forEach(tag -> wanted.add(tag.asString()));
        return member(Request.Method.PUT, work, "/tags").body(Map.of("tags", List.copyOf(wanted)));
    }

    private ObjectNode wrapped(ObjectNode body) {
        return object().set(data.one(), body);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
