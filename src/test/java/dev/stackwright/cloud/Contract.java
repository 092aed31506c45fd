package dev.stackwright.cloud;

import static dev.stackwright.cloud.Request.delete;
import static dev.stackwright.cloud.Request.get;
import static dev.stackwright.cloud.Request.post;
import static dev.stackwright.cloud.Request.put;
import static dev.stackwright.cloud.Service.COMPUTE;
import static dev.stackwright.cloud.Service.IDENTITY;
import static dev.stackwright.cloud.Service.IMAGE;
import static dev.stackwright.cloud.Service.NETWORK;
import static dev.stackwright.cloud.Service.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.stackwright.cloud.AuthenticationFailure.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * The stage of the contracts with a cloud: who plays, how one acts and waits, and how everything is
 * taken away again. Each contract runs against a real OpenStack and against the demo cloud, so that
 * what is built on the one works on the other, and the demo cannot drift.
 *
 * <p>Whatever a test makes is named {@code sw-contract-…} and taken away again, last made first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Contract {

    /** The version of Nova's API that Stackwright asks for, and the oldest that would do. */
    static final String NOVA = "2.93";

    static final String OLD_NOVA = "2.79";
    static final String CINDER = "3.59";
    static final String PLACEMENTS = "1.36";

    final Deque<Runnable> cleanUp = new ArrayDeque<>();
    Clouds clouds;
    Cloud cloud;
    Stage stage;
    Token member;

    /** Somebody with a password. */
    public record Person(String name, String password) {}

    /**
     * Who and what is there.
     *
     * @param cloud with an administrator as its service account
     * @param domain the name of everybody's domain
     * @param member of the project; whose password may be used wrongly now and then
     * @param reader of the project
     * @param elsewhere a project where the member has no role
     * @param external the network with floating addresses
     */
    public record Stage(
            CloudDefinition cloud,
            String domain,
            String project,
            Person member,
            Person reader,
            String elsewhere,
            String external,
            String image,
            String flavor,
            Duration patience) {}

    protected abstract Stage stage() throws Exception;

    /** Called while a test waits for the cloud; a cloud with a clock of its own moves it here. */
    protected void passTime() {}

    @BeforeAll
    void enter() throws Exception {
        stage = stage();
        clouds = TestClouds.open(stage.cloud());
        cloud = clouds.all().getFirst();
        member = signIn(stage.member());
    }

    @AfterAll
    void leave() throws Exception {
        clouds.close();
    }

    @AfterEach
    void takeAway() {
        while (!cleanUp.isEmpty()) {
            var next = cleanUp.pop();
            await().atMost(stage.patience())
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreException(CloudFailure.class)
                    .until(() -> {
                        passTime();
                        next.run();
                        return true;
                    });
        }
    }

    // Doing things

    String network(String what) {
        return made(NETWORK, "/networks", "network", Map.of("name", name(what)));
    }

    String subnet(String network, String cidr) {
        return made(
                NETWORK,
                "/subnets",
                "subnet",
                Map.of(
                        "name",
                        name("subnet"),
                        "network_id",
                        network,
                        "cidr",
                        cidr,
                        "ip_version",
                        4));
    }

    String volume(int gigabytes) {
        return made(
                VOLUME, "/volumes", "volume", Map.of("name", name("volume"), "size", gigabytes));
    }

    String boot(String network, Map<String, Object> more) {
        var image =
                named(mine(get(IMAGE, "/images").query("name", stage.image()), "images"))
                        .path("id")
                        .asString();
        var flavor =
                mine(get(COMPUTE, "/flavors"), "flavors").stream()
                        .filter(one -> one.path("name").asString().equals(stage.flavor()))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();
        var wanted =
                new HashMap<String, Object>(
                        Map.of(
                                "name",
                                name("server"),
                                "imageRef",
                                image,
                                "flavorRef",
                                flavor,
                                "networks",
                                List.of(Map.of("uuid", network))));
        wanted.putAll(more);
        return made(COMPUTE, "/servers", "server", wanted);
    }

    String made(Service service, String path, String key, Map<String, Object> fields) {
        var id =
                my(at(post(service, path)).body(Map.of(key, fields)))
                        .body()
                        .path(key)
                        .path("id")
                        .asString();
        cleanUp.push(() -> gone(service, path + "/{}", id));
        return id;
    }

    void gone(Service service, String path, String id) {
        if (service == NETWORK) {
            find(delete(service, path, id));
            return;
        }
        if (find(get(service, path, id))) {
            find(delete(service, path, id));
            untilGone(service, path, id);
        }
    }

    boolean find(Request request) {
        return myOwn(request).isPresent();
    }

    JsonNode show(Service service, String path, String id, String key) {
        return my(at(get(service, path, id))).body().path(key);
    }

    void change(Service service, String path, String id, Object body) {
        my(at(put(service, path, id)).body(body));
    }

    void drop(Service service, String path, String id) {
        my(at(delete(service, path, id)));
    }

    Answer action(String server, Map<String, Object> action) {
        return my(post(COMPUTE, "/servers/{}/action", server).microversion(NOVA).body(action));
    }

    static Request at(Request request) {
        return switch (request.service()) {
            case COMPUTE -> request.microversion(NOVA);
            case VOLUME -> request.microversion(CINDER);
            default -> request;
        };
    }

    // Waiting

    JsonNode untilServer(String id, String status) {
        return until(
                () -> show(COMPUTE, "/servers/{}", id, "server"),
                server -> {
                    var now = server.path("status").asString();
                    assertThat(now.equals("ERROR") && !status.equals("ERROR"))
                            .as(() -> server.path("fault").toString())
                            .isFalse();
                    return now.equals(status) && server.path("OS-EXT-STS:task_state").isNull();
                });
    }

    JsonNode untilVolume(String id, String status) {
        return until(
                () -> show(VOLUME, "/volumes/{}", id, "volume"),
                volume -> volume.path("status").asString().equals(status));
    }

    void untilGone(Service service, String path, String id) {
        await().atMost(stage.patience())
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    passTime();
                    return !find(get(service, path, id));
                });
    }

    <T> T until(Supplier<T> look, Predicate<T> good) {
        return await().atMost(stage.patience())
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            passTime();
                            return look.get();
                        },
                        good);
    }

    // Small words

    Token signIn(Person person) {
        return cloud.authenticate(
                credentials(person),
                Scope.projectNamed(stage.project(), Credentials.Domain.named(stage.domain())));
    }

    Credentials credentials(Person person) {
        return password(person.name(), person.password(), stage.domain());
    }

    static Credentials password(String name, String password, String domain) {
        return new Credentials.Password(name, Credentials.Domain.named(domain), password);
    }

    <T> T member(Function<OpenStack, T> work) {
        return cloud.as(member, work);
    }

    <T> T admin(Function<OpenStack, T> work) {
        return cloud.serviceAccount().orElseThrow().as(work);
    }

    List<JsonNode> mine(Request request, String key) {
        return member(os -> os.list(request, key));
    }

    Answer my(Request request) {
        return member(os -> os.call(request));
    }

    Optional<Answer> myOwn(Request request) {
        return member(os -> os.find(request));
    }

    List<JsonNode> all(Request request, String key) {
        return admin(os -> os.list(request, key));
    }

    Answer the(Request request) {
        return admin(os -> os.call(request));
    }

    Optional<Answer> found(Request request) {
        return admin(os -> os.find(request));
    }

    List<JsonNode> listed(Token token, Request request, String key) {
        return cloud.as(token, os -> os.list(request, key));
    }

    Reason refusal(Credentials credentials) {
        return catchThrowableOfType(
                        AuthenticationFailure.class,
                        () -> cloud.authenticate(credentials, Scope.UNSCOPED))
                .reason();
    }

    CloudFailure failed(Request request) {
        var failure = catchThrowableOfType(CloudFailure.class, () -> my(request));
        assertThat(failure).as("a refusal").isNotNull();
        return failure;
    }

    static CloudFailure.Kind failure(ThrowingCallable call) {
        var failure = catchThrowableOfType(CloudFailure.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return failure.kind();
    }

    String projectId(String name) {
        return named(all(get(IDENTITY, "/projects").query("name", name), "projects"))
                .path("id")
                .asString();
    }

    static CloudProject named(List<CloudProject> projects, String name) {
        return projects.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    static JsonNode named(List<JsonNode> one) {
        assertThat(one).hasSize(1);
        return one.getFirst();
    }

    static List<String> ids(List<JsonNode> nodes) {
        return nodes.stream().map(node -> node.path("id").asString()).toList();
    }

    static void has(List<JsonNode> nodes, String... fields) {
        assertThat(nodes).isNotEmpty();
        for (var node : nodes) {
            var missing = new ArrayList<>(Arrays.asList(fields));
            missing.removeIf(node::has);
            assertThat(missing).as(() -> "missing in " + node).isEmpty();
        }
    }

    static String name(String what) {
        return "sw-contract-" + what + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
