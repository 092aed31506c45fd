package dev.stackwright.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The application credentials of the token's user: keys that outlive a sign-in and can be taken
 * back.
 */
public final class ApplicationCredentials {

    /** Somebody waits for most of these, who has approved a plan. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final OpenStack os;

    public ApplicationCredentials(OpenStack os) {
        this.os = os;
    }

    /**
     * Makes one for the token's project with the token's roles. It is restricted: it cannot make
     * further credentials or trusts.
     *
     * @param name unique among those of the user
     */
    public Credentials.ApplicationCredential create(
            String name, String description, @Nullable Instant expires) {
        return create(name, description, expires, false);
    }

    /** The same; an unrestricted one may make credentials and trusts of its own. */
    public Credentials.ApplicationCredential create(
            String name, String description, @Nullable Instant expires, boolean unrestricted) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", name);
        wanted.put("description", description);
        wanted.put("unrestricted", unrestricted);
        if (expires != null) {
            wanted.put("expires_at", expires.toString());
        }
        var made =
                os.call(
                                Request.post(
                                                Service.IDENTITY,
                                                "/users/{}/application_credentials",
                                                os.token().user())
                                        .body(Map.of("application_credential", wanted))
                                        .within(PATIENCE))
                        .body()
                        .path("application_credential");
        return new Credentials.ApplicationCredential(
                made.path("id").asString(), made.path("secret").asString());
    }

    /** Takes one back; one that is gone already is fine too. */
    public void delete(String id) {
        os.find(
                Request.delete(
                                Service.IDENTITY,
                                "/users/{}/application_credentials/{}",
                                os.token().user(),
                                id)
                        .within(PATIENCE));
    }

    public List<JsonNode> list() {
        return os.list(
                Request.get(
                                Service.IDENTITY,
                                "/users/{}/application_credentials",
                                os.token().user())
                        .within(PATIENCE),
                "application_credentials");
    }
}
