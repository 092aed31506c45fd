package dev.stackwright.stack;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.ApplicationCredentials;
import dev.stackwright.cloud.AuthenticationFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.resource.Impossible;
import dev.stackwright.stack.store.StackStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application credentials that runs act with. One is made for each run with the token of the
 * person who launched it, so that it may do what they may and no more, and it takes itself back as
 * the last step. That is also why it is an unrestricted one: Keystone lets no other end itself.
 */
final class RunCredentials {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration STRAY_AFTER = Duration.ofMinutes(10);

    private final StackStore store;
    private final Clouds clouds;
    private final Clock clock;
    private final Map<UUID, Credentials.ApplicationCredential> opened = new ConcurrentHashMap<>();

    RunCredentials(StackStore store, Clouds clouds, Clock clock) {
        this.store = store;
        this.clouds = clouds;
        this.clock = clock;
    }

    /**
     * Makes one. Its name is written down before: when the process dies in between, the next launch
     * of the same person finds it under that name and takes it back.
     */
    Credentials.ApplicationCredential make(Viewer viewer, Token token, UUID id, String purpose) {
        var name = name(id);
        store.within(() -> {
            store.intendCredential(id, viewer, name, clock.instant());
            return true;
        });
        var stray = store.strayCredentials(viewer, clock.instant().minus(STRAY_AFTER));
        var made =
                clouds.get(viewer.cloud())
                        .as(
                                token,
                                os -> {
                                    var mine = new ApplicationCredentials(os);
                                    for (JsonNode old : mine.list()) {
                                        var known = old.path("name").asString("");
                                        if (known.equals(name) || stray.containsValue(known)) {
                                            mine.delete(old.path("id").asString());
                                        }
                                    }
                                    return mine.create(name, purpose, null, true);
                                });
        stray.keySet().stream().filter(one -> !one.equals(id)).forEach(store::forgetCredential);
        return made;
    }

    private static String name(UUID id) {
        return "stackwright-" + id;
    }

    /** Keeps it, in the transaction that starts the run. */
    void keep(UUID id, Credentials.ApplicationCredential credential) {
        store.keepCredential(
                id,
                JSON.createObjectNode()
                        .put("id", credential.id())
                        .put("secret", credential.secret())
                        .toString());
    }

    /** Takes one back that was not needed after all. */
    void withdraw(
            Viewer viewer, Token token, UUID id, Credentials.ApplicationCredential credential) {
        clouds.get(viewer.cloud())
                .as(
                        token,
                        os -> {
                            new ApplicationCredentials(os).delete(credential.id());
                            return true;
                        });
        store.forgetCredential(id);
    }

    Account account(CloudName cloud, UUID id) {
        return clouds.get(cloud).account(credential(id), Scope.UNSCOPED);
    }

    private Credentials.ApplicationCredential credential(UUID id) {
        var known = opened.get(id);
        if (known != null) {
            return known;
        }
        var json =
                JSON.readTree(
                        store.credential(id)
                                .orElseThrow(() ->
                                        new Impossible("The credential of this run is gone")));
        var credential =
                new Credentials.ApplicationCredential(
                        json.path("id").asString(), json.path("secret").asString());
        opened.put(id, credential);
        return credential;
    }

    /** Ends it with its own power. One that is not accepted any more has ended already. */
    void end(CloudName cloud, UUID id) {
        if (store.credential(id).isPresent()) {
            var credential = credential(id);
            var account = account(cloud, id);
            try {
                account.as(os -> {
                    new ApplicationCredentials(os).delete(credential.id());
                    return true;
                });
            } catch (AuthenticationFailure _) {
                // It was taken back before.
            }
            account.forget();
        }
        store.forgetCredential(id);
        opened.remove(id);
    }
}
