package dev.stackwright.stack.imports;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.store.OriginStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stacks that a Heat in the cloud has, read with the token of whoever asks. Nothing is ever
 * changed there: it is for people to tell Heat that it must let go.
 */
@Component
public class HeatStacks {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What Heat says in place of a hidden value. */
    private static final String MASKED = "******";

    private final Clouds clouds;
    private final OriginStore origins;
    private final Clock clock;

    public HeatStacks(Clouds clouds, OriginStore origins, Clock clock) {
        this.clouds = clouds;
        this.origins = origins;
        this.clock = clock;
    }

    /**
     * A stack of Heat.
     *
     * @param status such as {@code CREATE_COMPLETE}
     * @param restful whether it stands as it was wanted, and can be taken over
     */
    public record HeatStack(
            String name, String id, String status, String description, boolean restful) {}

    /**
     * All that is needed to take one over.
     *
     * @param template as HOT, to be read by people
     * @param hidden the names of the parameters whose values Heat does not tell
     * @param problem why it cannot be taken over now, or null
     */
    public record Reading(
            HeatStack stack,
            String template,
            String environment,
            Map<String, String> files,
            Map<String, String> parameters,
            List<String> hidden,
            Map<String, String> ids,
            @Nullable String problem) {

        /** As an export of a stack, with the values that somebody typed for the hidden ones. */
        public String export(Map<String, String> typed) {
            var json = JSON.createObjectNode();
            json.put("template", template).put("environment", environment);
            json.set("files", JSON.valueToTree(files));
            var all = json.putObject("parameters");
            parameters.forEach(all::put);
            hidden.stream()
                    .filter(typed::containsKey)
                    .forEach(name -> all.put(name, typed.get(name)));
            var resources = json.putObject("resources");
            ids.forEach((name, id) -> resources.putObject(name).put("resource_id", id));
            return JSON.writeValueAsString(json);
        }

        /** Never the values. */
        @Override
        public String toString() {
            return "Reading[%s]".formatted(stack);
        }
    }

    /** Whether the cloud has a Heat at all; nobody is asked for it. */
    public boolean isOffered(Viewer viewer, Token token) {
        return clouds.get(viewer.cloud()).as(token, os -> os.offers(Service.ORCHESTRATION));
    }

    /** By name; empty when the cloud has no Heat. */
    public Optional<List<HeatStack>> list(Viewer viewer, Token token) {
        return clouds.get(viewer.cloud())
                .as(
                        token,
                        os ->
                                os.offers(Service.ORCHESTRATION)
                                        ? Optional.of(listed(os))
                                        : Optional.empty());
    }

    private static List<HeatStack> listed(OpenStack os) {
        return os
                .list(
                        Request.get(Service.ORCHESTRATION, "/stacks")
                                .query("sort_keys", "name")
                                .whileSomebodyWaits(),
                        "stacks")
                .stream()
                .map(HeatStacks::stack)
                .toList();
    }

    private static HeatStack stack(JsonNode json) {
        var status = json.path("stack_status").asString("");
        return new HeatStack(
                json.path("stack_name").asString(""),
                json.path("id").asString(""),
                status,
                json.path("description").asString(""),
                status.endsWith("_COMPLETE") && !status.startsWith("DELETE"));
    }

    /** Empty when Heat does not have it, or not for this person. */
    public Optional<Reading> read(Viewer viewer, Token token, String name, String id) {
        return clouds.get(viewer.cloud()).as(token, os -> read(os, name, id));
    }

    private static Optional<Reading> read(OpenStack os, String name, String id) {
        var shown = os.find(get("", name, id));
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        var stack = stack(shown.get().body().path("stack"));
        var template = os.call(get("/template", name, id)).body();
        var environment = os.call(get("/environment", name, id)).body();
        var files = os.call(get("/files", name, id)).body();
        var resources = os.list(get("/resources", name, id), "resources");
        var hidden = hidden(template);
        return Optional.of(
                new Reading(
                        stack,
                        yaml(template),
                        environment(environment),
                        texts(files, Set.of()),
                        texts(environment.path("parameters"), Set.copyOf(hidden)),
                        hidden,
                        ids(resources),
                        problem(stack, resources)));
    }

    private static Request get(String what, String name, String id) {
        return Request.get(Service.ORCHESTRATION, "/stacks/{}/{}" + what, name, id);
    }

    private static @Nullable String problem(HeatStack stack, List<JsonNode> resources) {
        if (!stack.restful()) {
            return "Heat says %s. A stack is taken over when it stands as it was wanted: bring it to an end in Heat first."
                    .formatted(stack.status());
        }
        var broken =
                resources.stream()
                        .filter(one ->
                                !one.path("resource_status").asString("").endsWith("_COMPLETE"))
                        .map(one -> one.path("resource_name").asString(""))
                        .toList();
        return broken.isEmpty()
                ? null
                : "Heat has not finished %s. Bring it to an end in Heat first."
                        .formatted(String.join(", ", broken));
    }

    private static Map<String, String> ids(List<JsonNode> resources) {
        var ids = new LinkedHashMap<String, String>();
        for (var one : resources) {
            var id = one.path("physical_resource_id").asString("");
            if (!id.isEmpty()) {
                ids.put(one.path("resource_name").asString(""), id);
            }
        }
        return ids;
    }

    private static List<String> hidden(JsonNode template) {
        var hidden = new ArrayList<String>();
        for (var section : List.of("parameters", "Parameters")) {
            template.path(section).properties().stream()
                    .filter(one ->
                            isYes(one.getValue().path("hidden"))
                                    || isYes(one.getValue().path("NoEcho")))
                    .forEach(one -> hidden.add(one.getKey()));
        }
        return hidden;
    }

    private static boolean isYes(JsonNode flag) {
        return flag.asString("").equalsIgnoreCase("true");
    }

    /** What the environment says besides values. */
    private static String environment(JsonNode environment) {
        var kept = new LinkedHashMap<String, Object>();
        var defaults = environment.path("parameter_defaults");
        if (!defaults.isEmpty()) {
            kept.put("parameter_defaults", plain(defaults));
        }
        var registry = new LinkedHashMap<String, Object>();
        environment.path("resource_registry").properties().stream()
                .filter(one -> !one.getValue().isEmpty() || one.getValue().isString())
                .forEach(one -> registry.put(one.getKey(), plain(one.getValue())));
        if (!registry.isEmpty()) {
            kept.put("resource_registry", registry);
        }
        return kept.isEmpty() ? "" : yaml(kept);
    }

    private static Map<String, String> texts(JsonNode object, Set<String> without) {
        var texts = new LinkedHashMap<String, String>();
        object.properties().stream()
                .filter(one -> !without.contains(one.getKey()))
                .filter(one -> !one.getValue().isNull())
                .filter(one -> !one.getValue().asString("").equals(MASKED))
                .forEach(one ->
                        texts.put(
                                one.getKey(),
                                one.getValue().isContainer()
                                        ? one.getValue().toString()
                                        : one.getValue().asString()));
        return texts;
    }

    private static String yaml(JsonNode json) {
        return plain(json) instanceof Map<?, ?> map ? yaml(map) : json.toString();
    }

    private static String yaml(Map<?, ?> map) {
        var yaml = new Yaml();
        var named = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        yaml.entries(0, named);
        return yaml.toString();
    }

    private static Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                json.properties().forEach(one -> map.put(one.getKey(), plain(one.getValue())));
                yield map;
            }
            case ARRAY -> {
                var list = new ArrayList<Object>();
                json.forEach(one -> list.add(plain(one)));
                yield list;
            }
            case STRING -> json.asString();
            case BOOLEAN -> json.asBoolean();
            case NUMBER -> json.numberValue();
            case NULL, MISSING, BINARY, POJO -> Yaml.NOTHING;
        };
    }

    /** Remembers from where a stack is to be taken over. */
    public void takenFrom(UUID stack, HeatStack heat) {
        origins.keep(stack, new OriginStore.Origin(heat.name(), heat.id()));
    }

    /** The stack of Heat that has not let go of this one, by its name, as far as is known. */
    public Optional<String> holder(UUID stack) {
        return origins.held(stack).map(OriginStore.Origin::name);
    }

    /** Asks Heat whether it has let go, and takes note of it when it has. */
    public boolean hasLetGo(Viewer viewer, Token token, UUID stack) {
        var origin = origins.held(stack);
        if (origin.isEmpty()) {
            return true;
        }
        boolean gone;
        try {
            gone =
                    clouds.get(viewer.cloud())
                            .as(token, os -> isGone(os, origin.get().name(), origin.get().id()));
        } catch (CloudFailure e) {
            if (e.kind() != CloudFailure.Kind.NO_SUCH_SERVICE) {
                throw e;
            }
            gone = true;
        }
        if (gone) {
            origins.letGo(stack, clock.instant());
        }
        return gone;
    }

    private static boolean isGone(OpenStack os, String name, String id) {
        return os.find(get("", name, id))
                .map(answer -> answer.body().path("stack").path("stack_status").asString(""))
                .map(status -> status.equals("DELETE_COMPLETE"))
                .orElse(true);
    }
}
