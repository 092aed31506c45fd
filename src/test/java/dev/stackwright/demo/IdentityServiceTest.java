package dev.stackwright.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stackwright.MovableClock;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentityServiceTest {

    private final MovableClock clock = MovableClock.at("2026-11-22T12:00:00Z");
    private final DemoCloud cloud = new DemoCloud(DemoOptions.bare(), clock);

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void givesAliceATokenWithRolesAndCatalog() {
        var answer =
                Curl.nobody(cloud)
                        .post("identity/v3/auth/tokens", Curl.login("alice", "demo", "shop"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.response().headers().firstValue("X-Subject-Token")).isPresent();
        var token = answer.body().path("token");
        assertThat(token.path("project").path("name").stringValue()).isEqualTo("shop");
        assertThat(token.path("roles").findValuesAsString("name"))
                .containsExactly("member", "reader");
        assertThat(token.path("expires_at").stringValue()).isEqualTo("2026-11-22T16:00:00.000000Z");
        assertThat(token.path("catalog").findValuesAsString("type"))
                .contains(
                        "identity",
                        "compute",
                        "network",
                        "volumev3",
                        "block-storage",
                        "image",
                        "placement");
        assertThat(token.path("catalog").toString())
                .contains("/volume/v3/" + DemoCloud.projectId("shop"));
    }

    @Test
    void refusesAWrongPasswordAnUnknownUserAndAForeignProjectWithTheSameWords() {
        var nobody = Curl.nobody(cloud);
        for (String login :
                new String[] {
                    Curl.login("alice", "wrong", "shop"),
                    Curl.login("nobody", "demo", "shop"),
                    Curl.login("alice", "demo", "lab")
                }) {
            var answer = nobody.post("identity/v3/auth/tokens", login);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.message())
                    .isEqualTo("The request you have made requires authentication.");
        }
    }

    @Test
    void tokensExpireAndCanBeRevoked() {
        var alice = Curl.as(cloud, "alice", "shop");
        assertThat(
                        alice.get("identity/v3/auth/projects")
                                .body()
                                .path("projects")
                                .findValuesAsString("name"))
                .containsExactly("shop");

        assertThat(
                        alice.delete("identity/v3/auth/tokens", "X-Subject-Token", alice.token())
                                .status())
                .isEqualTo(204);
        assertThat(alice.get("identity/v3/auth/projects").status()).isEqualTo(401);

        var again = Curl.as(cloud, "alice", "shop");
        clock.advance(Duration.ofHours(5));
        assertThat(again.get("identity/v3/auth/projects").status()).isEqualTo(401);
    }

    @Test
    void aRemovedRoleEndsTheTokenAtOnce() {
        var ada = Curl.as(cloud, "ada", "admin");
        var bob = Curl.as(cloud, "bob", "shop");
        String roles =
                ada.get("identity/v3/roles?name=reader")
                        .body()
                        .path("roles")
                        .get(0)
                        .path("id")
                        .stringValue();

        ada.delete(
                "identity/v3/projects/"
                        + DemoCloud.projectId("shop")
                        + "/users/"
                        + DemoCloud.userId("bob")
                        + "/roles/"
                        + roles);

        assertThat(bob.get("identity/v3/auth/projects").status()).isEqualTo(401);
    }

    @Test
    void anApplicationCredentialWorksUntilItIsDeleted() {
        var alice = Curl.as(cloud, "alice", "shop");
        String path = "identity/v3/users/" + DemoCloud.userId("alice") + "/application_credentials";
        var made =
                alice.post(
                                path,
                                "{\"application_credential\": {\"name\": \"stack\", \"roles\":"
                                        + " [{\"name\": \"member\"}]}}")
                        .body()
                        .path("application_credential");
        String login =
                """
                {"auth": {"identity": {"methods": ["application_credential"],
                 "application_credential": {"id": "%s", "secret": "%s"}}}}\
                """
                        .formatted(
                                made.path("id").stringValue(), made.path("secret").stringValue());

        var answer = Curl.nobody(cloud).post("identity/v3/auth/tokens", login);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("token").path("project").path("name").stringValue())
                .isEqualTo("shop");
        assertThat(alice.get(path).toString()).doesNotContain(made.path("secret").stringValue());

        alice.delete(path + "/" + made.path("id").stringValue());
        assertThat(Curl.nobody(cloud).post("identity/v3/auth/tokens", login).status())
                .isEqualTo(404);
    }

    @Test
    void aTrustLetsTheServiceAccountActAsAlice() {
        var alice = Curl.as(cloud, "alice", "shop");
        var trust =
                alice.post(
                                "identity/v3/OS-TRUST/trusts",
                                """
                                {"trust": {"trustor_user_id": "%s", "trustee_user_id": "%s", "project_id": "%s",
                                 "impersonation": true, "roles": [{"name": "member"}]}}\
                                """
                                        .formatted(
                                                DemoCloud.userId("alice"),
                                                DemoCloud.userId("stackwright"),
                                                DemoCloud.projectId("shop")))
                        .body()
                        .path("trust");
        var service = Curl.as(cloud, "stackwright", cloud.servicePassword(), "service");

        var token =
                service.post(
                        "identity/v3/auth/tokens",
                        """
                        {"auth": {"identity": {"methods": ["token"], "token": {"id": "%s"}},
                         "scope": {"OS-TRUST:trust": {"id": "%s"}}}}\
                        """
                                .formatted(service.token(), trust.path("id").stringValue()));

        assertThat(token.status()).isEqualTo(201);
        assertThat(token.body().path("token").path("user").path("name").stringValue())
                .isEqualTo("alice");
        assertThat(token.body().path("token").path("roles").findValuesAsString("name"))
                .containsExactly("member", "reader");
    }

    @Test
    void failuresAndHooksHappenWhereTheyWereAskedFor() {
        var alice = Curl.as(cloud, "alice", "shop");
        cloud.faults().fail("identity", "GET", "/auth/projects", new DemoFailure.Status(503), 1);
        assertThat(alice.get("identity/v3/auth/projects").status()).isEqualTo(503);
        assertThat(alice.get("identity/v3/auth/projects").status()).isEqualTo(200);

        cloud.faults()
                .fail(
                        "",
                        "",
                        "",
                        new DemoFailure.Cut(),
                        100); // clients ask once more by themselves
        assertThatThrownBy(() -> alice.get("identity/v3/auth/projects"))
                .isInstanceOf(UncheckedIOException.class);
        cloud.faults().clearFailures();

        cloud.faults()
                .afterCall(call -> {
                    throw new IllegalStateException("crash");
                });
        assertThatThrownBy(() -> alice.get("identity/v3/auth/projects"))
                .isInstanceOf(UncheckedIOException.class);
        cloud.faults().afterCall(call -> {});
        assertThat(alice.get("identity/v3/auth/projects").status()).isEqualTo(200);
    }
}
