package dev.stackwright.inventory.collect;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.Answer;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.CloudProject;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cloud of plain maps: collections by path, each with its objects by id. */
final class FakeCloud implements Cloud, Account, OpenStack {

    static final JsonMapper JSON = new JsonMapper();

    final List<String> asked = new CopyOnWriteArrayList<>();
    @Nullable CloudFailure failing;

    /** Objects that lists leave out though they are there. */
    final List<String> overlooked = new ArrayList<>();

    Runnable betweenPages = () -> {};

    private final Map<String, Map<String, JsonNode>> collections = new HashMap<>();

    /** Puts an object into a collection such as {@code /servers}. */
    FakeCloud with(String collection, String id, String json) {
        return with(collection, id, JSON.readTree(json.replace('\'', '"')));
    }

    private FakeCloud with(String collection, String id, JsonNode node) {
        collections.computeIfAbsent(collection, _ -> new LinkedHashMap<>()).put(id, node);
        return this;
    }

    FakeCloud without(String collection, String id) {
        collections.getOrDefault(collection, new HashMap<>()).remove(id);
        return this;
    }

    FakeCloud server(String id, String project, String name, String status) {
        return with(
                "/servers",
                id,
                JSON.valueToTree(
                        Map.of(
                                "id",
                                id,
                                "tenant_id",
                                project,
                                "user_id",
                                "alice",
                                "name",
                                name,
                                "status",
                                status,
                                "created",
                                "2026-11-22T10:00:00Z",
                                "updated",
                                "2026-11-22T11:00:00Z",
                                "flavor",
                                Map.of("id", "small"),
                                "image",
                                Map.of("id", "image-1"),
                                "addresses",
                                Map.of("net", List.of(Map.of("addr", "10.0.0.5"))))));
    }

    @Override
    public CloudName name() {
        return new CloudName("north-1");
    }

    @Override
    public Optional<Account> serviceAccount() {
        return Optional.of(this);
    }

    @Override
    public <T> T as(Function<OpenStack, T> work) {
        return work.apply(this);
    }

    @Override
    public void forget() {}

    @Override
    public Answer call(Request request) {
        return find(request)
                .orElseThrow(() ->
                        new CloudFailure(
                                CloudFailure.Kind.NOT_FOUND, request.service(), "nothing"));
    }

    @Override
    public Optional<Answer> find(Request request) {
        ask(request);
        var path = request.path();
        var slash = path.lastIndexOf('/');
        var collection = collections.getOrDefault(path.substring(0, slash), Map.of());
        @Nullable JsonNode found = collection.get(path.substring(slash + 1));
        if (found == null) {
            found = collections.getOrDefault(path, Map.of()).get("");
            return Optional.ofNullable(found).map(node -> new Answer(200, node, Map.of(), null));
        }
        if (request.service() == Service.IMAGE) {
            return Optional.of(new Answer(200, found, Map.of(), null));
        }
        var body = JSON.createObjectNode();
        for (var kind : List.of("server", "flavor", "network", "volume", "port", "volume_type")) {
            body.set(kind, found);
        }
        return Optional.of(new Answer(200, body, Map.of(), null));
    }

    @Override
    public List<JsonNode> list(Request request, String key) {
        ask(request);
        var collection = request.path().replace("/detail", "");
        return collections.getOrDefault(collection, Map.of()).entrySet().stream()
                .filter(each -> !overlooked.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void eachPage(Request request, String key, Consumer<Iterable<JsonNode>> page) {
        var all = list(request, key);
        betweenPages.run();
        for (var i = 0; i < all.size(); i += 1000) {
            page.accept(all.subList(i, Math.min(all.size(), i + 1000)));
        }
    }

    private void ask(Request request) {
        asked.add(request.path());
        if (failing != null) {
            throw failing;
        }
    }

    @Override
    public boolean offers(Service service) {
        return true;
    }

    @Override
    public Optional<String> address(Service service) {
        return Optional.empty();
    }

    @Override
    public String label() {
        return "North";
    }

    @Override
    public boolean demo() {
        return false;
    }

    @Override
    public Token token() {
        return new Token(
                "fake",
                name(),
                new UserId("service"),
                "service",
                null,
                new ProjectId("admin"),
                "admin",
                Set.of("admin"),
                Instant.EPOCH,
                Instant.MAX,
                List.of());
    }

    @Override
    public Token authenticate(Credentials credentials, Scope scope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Token rescope(Token token, ProjectId project) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CloudProject> projectsOf(Token token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void revoke(Token token) {}

    @Override
    public Token validate(Token token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Account account(Credentials credentials, Scope scope) {
        return this;
    }

    @Override
    public <T> T as(Token token, Function<OpenStack, T> work) {
        return work.apply(this);
    }
}
