package dev.stackwright.stack.resource;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.Answer;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Request;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepContext;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One resource at one step: what is wanted, what is remembered, and the way to the cloud. */
public final class Work {

    private static final String ID = "id";

    /** In the memory of a step: until when it waits for others. */
    static final String UNTIL = "until";

    private final StepContext step;
    private final Supplier<Account> account;
    private final UnaryOperator<String> seal;
    private final UnaryOperator<String> open;
    private final ResourceType type;
    private final UUID row;
    private final String stackName;
    private final String name;
    private final Value.Entries properties;
    private final Value.Entries before;
    private final @Nullable String knownId;
    private final Surroundings around;
    private @Nullable JsonNode live;

    /**
     * @param account whose credentials to use
     * @param seal how to keep a secret in the memory of the step
     * @param row the id of the resource's row: the mark that only this resource carries
     * @param knownId the physical id that earlier steps found
     */
    public Work(
            StepContext step,
            Supplier<Account> account,
            UnaryOperator<String> seal,
            UnaryOperator<String> open,
            ResourceType type,
            UUID row,
            String stackName,
            String name,
            Value.Entries properties,
            Value.Entries before,
            @Nullable String knownId,
            Surroundings around) {
        this.step = step;
        this.account = account;
        this.seal = seal;
        this.open = open;
        this.type = type;
        this.row = row;
        this.stackName = stackName;
        this.name = name;
        this.properties = properties;
        this.before = before;
        this.knownId = knownId;
        this.around = around;
    }

    public ResourceType type() {
        return type;
    }

    public String name() {
        return name;
    }

    public Value.Entries properties() {
        return properties;
    }

    public Value.Entries before() {
        return before;
    }

    /** The id that nothing else has. */
    public UUID row() {
        return row;
    }

    /** The mark that only this resource carries in the cloud. */
    public String mark() {
        return "stackwright:" + row;
    }

    /** The same for people, where there is room for a sentence. */
    public String description() {
        return "Stack %s, resource %s (%s)"
                .formatted(shortened(stackName, 60), shortened(name, 60), mark());
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /**
     * The name that it gets when the template gives none: unique, and within what the service
     * allows.
     */
    public String physicalName() {
        var unique = row.toString().replace("-", "").substring(0, 12);
        var full = stackName + "-" + name + "-" + unique;
        int limit = type.nameLimit() > 0 ? type.nameLimit() : 255;
        if (full.length() <= limit) {
            return full;
        }
        return full.substring(0, 2) + "-" + full.substring(full.length() - limit + 3);
    }

    /** The name from the template, or the generated one. */
    public String wantedName() {
        return text("name").filter(given -> !given.isEmpty()).orElseGet(this::physicalName);
    }

    // What is wanted.

    public JsonNode json(String property) {
        return Properties.json(type, property, properties);
    }

    public JsonNode jsonBefore(String property) {
        return Properties.json(type, property, before);
    }

    public Optional<String> text(String property) {
        var value = json(property);
        return value.isNull() || value.isMissingNode()
                ? Optional.empty()
                : Optional.of(value.asString());
    }

    /** What the template gives; nothing when that is empty. */
    public Optional<String> given(String property) {
        return text(property).filter(text -> !text.isEmpty());
    }

    /** The first of several properties that the template gives: a new name and its old ones. */
    public Optional<String> given(String property, String... oldNames) {
        var given = given(property);
        for (var name : oldNames) {
            given = given.or(() -> given(name));
        }
        return given;
    }

    /** The property before this step. */
    public String givenBefore(String property) {
        return before.values().get(property) instanceof Value.Text text ? text.value() : "";
    }

    public String required(String property) {
        return text(property)
                .orElseThrow(() -> new Impossible("The property " + property + " has no value"));
    }

    /** The properties whose values differ from before, with what they are now. */
    public Map<String, JsonNode> changed() {
        var changed = new LinkedHashMap<String, JsonNode>();
        for (var property : type.properties().keySet()) {
            var now = json(property);
            if (!now.equals(jsonBefore(property))) {
                changed.put(property, now);
            }
        }
        return changed;
    }

    // What is remembered.

    public boolean exists() {
        return knownId != null || memory().has(ID);
    }

    public String physicalId() {
        var id = memory().path(ID).asString(knownId == null ? "" : knownId);
        if (id.isEmpty()) {
            throw new IllegalStateException("Resource " + row + " has no id yet");
        }
        return id;
    }

    /** Whether it was made: it is known, or bears our mark. */
    public boolean wasMade(Supplier<Optional<JsonNode>> look) {
        if (exists()) {
            return true;
        }
        var found = look.get();
        found.ifPresent(one -> is(one.path(ID).asString()));
        return found.isPresent();
    }

    public ObjectNode memory() {
        return step.kept();
    }

    public void remember(ObjectNode memory) {
        step.keep(memory);
    }

    /** The same for what nobody has seen yet and another turn would work out again. */
    public void carry(ObjectNode memory) {
        step.carry(memory);
    }

    /** Takes note of an id that any other turn would give it as well. */
    public void isAlways(String id) {
        if (!memory().has(ID)) {
            carry(memory().put(ID, id));
        }
    }

    /** The text behind the id of a software config; any other text stays what it is. */
    public String config(String textOrId) {
        return around.config(textOrId);
    }

    public Surroundings around() {
        return around;
    }

    public String sealed(String secret) {
        return seal.apply(secret);
    }

    public String opened(String sealed) {
        return open.apply(sealed);
    }

    /** Which part of a longer piece of work is done; empty at the beginning. */
    public String phase() {
        return memory().path("phase").asString("");
    }

    public void enter(String phase) {
        remember(memory().put("phase", phase));
    }

    /** How the cloud's object looked when it was last read. */
    public Optional<JsonNode> live() {
        return Optional.ofNullable(live);
    }

    /** What the cloud calls it, as far as that was seen. */
    public Optional<String> called() {
        return live().map(object -> object.path("name").asString(""))
                .filter(called -> !called.isEmpty());
    }

    public JsonNode seen(JsonNode object) {
        live = object;
        return object;
    }

    // The way to the cloud.

    private <T> T ask(Function<OpenStack, T> question) {
        return account.get().as(question);
    }

    public JsonNode get(Request request) {
        return ask(os -> os.call(request)).body();
    }

    public Optional<JsonNode> find(Request request) {
        return ask(os -> os.find(request)).map(Answer::body);
    }

    public List<JsonNode> list(Request request, String key) {
        return ask(os -> os.list(request, key));
    }

    /**
     * Makes the object, once. When an earlier try may have made it, looks first.
     *
     * @param look finds the object by a mark that only this resource would have given it
     * @param id where the answer has the id
     */
    public JsonNode make(
            Request request,
            Function<JsonNode, JsonNode> object,
            Function<JsonNode, String> id,
            Supplier<Optional<JsonNode>> look) {
        if (step.unsure("make")) {
            var found = look.get();
            if (found.isPresent()) {
                step.settle("make", "found", memory().put(ID, id.apply(found.get())));
                return seen(found.get());
            }
        }
        var made =
                journaled(
                        "make",
                        request,
                        answer -> memory().put(ID, id.apply(object.apply(answer.body()))));
        return seen(object.apply(made.body()));
    }

    /** Whether somebody began to make it and nobody knows how that ended. */
    public boolean mayHaveBeenMade() {
        return step.unsure("make");
    }

    /** The same for another change than the one that makes it. */
    public boolean isUnsure(String change) {
        return step.unsure(change);
    }

    /** Such a change turned out to be made. */
    public void settle(String change, ObjectNode memory) {
        step.settle(change, "found", memory);
    }

    /** Takes note of an id that is known without a call. */
    public void is(String id) {
        if (!memory().has(ID)) {
            remember(memory().put(ID, id));
        }
    }

    /** A change that may be made twice without harm. */
    public Answer change(String what, Request request) {
        return journaled(what, request, _ -> memory());
    }

    /** The same; afterwards the phase is over and is not entered again. */
    public Answer change(String what, Request request, String nextPhase) {
        return journaled(what, request, _ -> memory().put("phase", nextPhase));
    }

    /** Ends something. False when it was gone already. */
    public boolean drop(String what, Request request) {
        return tolerated(() -> change(what, request));
    }

    /** The same; afterwards the phase is over and is not entered again. */
    public boolean drop(String what, Request request, String nextPhase) {
        return tolerated(() -> change(what, request, nextPhase));
    }

    private static boolean tolerated(Supplier<Answer> change) {
        try {
            var _ = change.get();
            return true;
        } catch (ChangeRefused e) {
            if (wasRefusedAs(e, CloudFailure.Kind.NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    static boolean wasRefusedAs(ChangeRefused refused, CloudFailure.Kind kind) {
        return refused.getCause() instanceof CloudFailure failure && failure.kind() == kind;
    }

    /**
     * A change that is made once and not again on later turns: the object may be in a state by then
     * in which it takes no such change.
     */
    public void once(String what, Supplier<Request> request) {
        if (!memory().path("once").has(what)) {
            journaled(what, request.get(), _ -> marked(what));
        }
    }

    /** The same for a piece of work of several changes. */
    public void once(String what, Runnable work) {
        if (!memory().path("once").has(what)) {
            work.run();
            remember(marked(what));
        }
    }

    private ObjectNode marked(String what) {
        var memory = memory();
        memory.withObject("/once").put(what, true);
        return memory;
    }

    public Answer journaled(String what, Request request, Function<Answer, ObjectNode> remember) {
        return step.journaled(
                what,
                request.method() + " " + request.path(),
                () -> {
                    try {
                        return ask(os -> os.call(request));
                    } catch (CloudFailure e) {
                        throw isCertain(e) ? new ChangeRefused(e) : e;
                    }
                },
                remember);
    }

    private static boolean isCertain(CloudFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, SERVER_ERROR, NOT_OPENSTACK -> false;
            default -> true;
        };
    }

    // How a turn ends.

    public StepOutcome done() {
        return new StepOutcome.Done(JsonNodeFactory.instance.objectNode());
    }

    public static StepOutcome waiting(String note) {
        return new StepOutcome.Waiting(Duration.ofSeconds(1), note);
    }

    /** How it stands: gone, in a state that tells of a fault, or well. */
    public StepOutcome verdict(Optional<JsonNode> live) {
        if (live.isEmpty()) {
            return failed("It is gone from the cloud");
        }
        var status = live.get().path("status").asString("").toLowerCase(java.util.Locale.ROOT);
        return status.startsWith("error")
                ? failed("The cloud says that its status is " + status)
                : done();
    }

    public static StepOutcome failed(String reason) {
        return new StepOutcome.Failed(reason, true);
    }
}
