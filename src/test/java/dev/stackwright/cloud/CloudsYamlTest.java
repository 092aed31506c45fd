package dev.stackwright.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What people write into clouds.yaml, and what we say when it will not do. */
class CloudsYamlTest {

    private static final String PROD =
            """
            clouds:
              prod:
                auth:
                  auth_url: https://keystone.example:5000/v3
                  username: collector
                  password: hunter2
                  project_name: service
                  user_domain_name: Default
                  project_domain_name: Default
                region_name: North
            """;

    @TempDir Path folder;

    @Test
    void withoutAFileAndAWishThereIsNoCloud() {
        assertThat(configured(null, null).clouds()).isEmpty();
    }

    @Test
    void aFileAloneIsNoWish() {
        write("clouds.yaml", PROD);
        var configured = configured(null, null);

        assertThat(configured.clouds()).isEmpty();
        assertThat(configured.unused()).containsExactly("prod");
        assertThat(configured.file()).contains(folder.resolve("clouds.yaml").toString());
    }

    @Test
    void osCloudNamesOneAndItsOwnAccountCollects() {
        write("clouds.yaml", PROD);
        var cloud = configured("prod", null).clouds().getFirst();

        assertThat(cloud.name()).isEqualTo(new CloudName("prod"));
        assertThat(cloud.authUrl()).isEqualTo("https://keystone.example:5000/v3");
        assertThat(cloud.region()).isEqualTo("North");
        assertThat(cloud.facing()).isEqualTo("public");
        assertThat(cloud.demo()).isFalse();
        assertThat(cloud.service())
                .isEqualTo(
                        new CloudDefinition.SignIn(
                                new Credentials.Password(
                                        "collector",
                                        Credentials.Domain.named("Default"),
                                        "hunter2"),
                                Scope.projectNamed(
                                        "service", Credentials.Domain.named("Default"))));
        assertThat(cloud.toString()).doesNotContain("hunter2");
    }

    @Test
    void anotherEntryMayBeTheServiceAccount() {
        write(
                "clouds.yaml",
                PROD
                        + """
                          admin:
                            auth: {auth_url: "https://keystone.example:5000", user_id: u1, password: p1, project_id: p2}
                        """);
        var service = configured("prod", "admin").clouds().getFirst().service();

        assertThat(service)
                .isEqualTo(
                        new CloudDefinition.SignIn(
                                new Credentials.PasswordOfId("u1", "p1"),
                                Scope.project(new ProjectId("p2"))));
    }

    @Test
    void settingsMayListSeveralCloudsAndRegions() {
        write(
                "clouds.yaml",
                PROD
                        + """
                          lab:
                            auth: {auth_url: "http://lab:5000"}
                            regions: [East, {name: West, values: {}}]
                            interface: internal
                        """);
        var settings =
                settings(
                        new CloudSettings.Entry("prod-south", "prod", "South", null, "Production"),
                        new CloudSettings.Entry(null, "lab", null, null, null),
                        new CloudSettings.Entry("lab-east", "lab", "East", null, null));

        var clouds = ConfiguredClouds.from(settings, "ignored", null, places(null)).clouds();

        assertThat(clouds)
                .extracting(cloud -> cloud.name().value())
                .containsExactly("prod-south", "lab-East", "lab-West", "lab-east");
        assertThat(clouds)
                .extracting(CloudDefinition::region)
                .containsExactly("South", "East", "West", "East");
        assertThat(clouds)
                .extracting(CloudDefinition::label)
                .containsExactly("Production", "lab East", "lab West", "lab-east");
        assertThat(clouds.get(1).service()).isNull();
        assertThat(clouds.get(1).facing()).isEqualTo("internal");
    }

    @Test
    void theNamedFileComesFirstThenTheFoldersInTheirOrder() throws IOException {
        write("clouds.yaml", PROD.replace("North", "WorkingDirectory"));
        write("home/.config/openstack/clouds.yaml", PROD.replace("North", "Home"));
        write("elsewhere/mine.yaml", PROD.replace("North", "Named"));

        assertThat(configured("prod", null).clouds().getFirst().region())
                .isEqualTo("WorkingDirectory");
        var named =
                ConfiguredClouds.from(
                        CloudSettings.STANDARD,
                        "prod",
                        null,
                        places(folder.resolve("elsewhere/mine.yaml").toString()));
        assertThat(named.clouds().getFirst().region()).isEqualTo("Named");
        Files.delete(folder.resolve("clouds.yaml"));
        assertThat(configured("prod", null).clouds().getFirst().region()).isEqualTo("Home");
    }

    @Test
    void secretsLieOverAndProfilesUnder() {
        write(
                "clouds.yaml",
                """
                clouds:
                  prod:
                    profile: acme
                    auth: {username: collector, project_name: service}
                """);
        write("secure.yaml", "clouds: {prod: {auth: {password: hunter2}}}");
        write(
                "clouds-public.yaml",
                """
                public-clouds:
                  acme:
                    auth: {auth_url: "https://acme.example/identity", user_domain_id: acme, project_domain_id: acme, username: nobody}
                    region_name: North
                """);
        var cloud = configured("prod", null).clouds().getFirst();

        assertThat(cloud.authUrl()).isEqualTo("https://acme.example/identity");
        assertThat(cloud.region()).isEqualTo("North");
        assertThat(cloud.service())
                .isEqualTo(
                        new CloudDefinition.SignIn(
                                new Credentials.Password(
                                        "collector", Credentials.Domain.ofId("acme"), "hunter2"),
                                Scope.projectNamed("service", Credentials.Domain.ofId("acme"))));
    }

    @Test
    void applicationCredentialsTrustsAndTheSystemAreWaysIn() {
        assertThat(
                        signIn(
                                "auth_type: v3applicationcredential",
                                "application_credential_id: i, application_credential_secret: s"))
                .isEqualTo(
                        new CloudDefinition.SignIn(
                                new Credentials.ApplicationCredential("i", "s"), Scope.UNSCOPED));
        assertThat(
                        signIn(
                                        "",
                                        "application_credential_name: n,"
                                                + " application_credential_secret: s, username: u,"
                                                + " user_domain_name: D")
                                .credentials())
                .isEqualTo(
                        new Credentials.NamedApplicationCredential(
                                "n", null, "u", Credentials.Domain.named("D"), "s"));
        assertThat(signIn("", "username: u, password: p, trust_id: t").scope())
                .isEqualTo(Scope.trust("t"));
        assertThat(signIn("", "username: u, password: p, system_scope: all").scope())
                .isEqualTo(new Scope.WholeSystem());
        assertThat(signIn("", "username: u, password: p, domain_name: D").scope())
                .isEqualTo(new Scope.WholeDomain(Credentials.Domain.named("D")));
        assertThat(signIn("", "username: u, password: 1234, tenant_name: old").scope())
                .isEqualTo(Scope.projectNamed("old", Credentials.Domain.ofId("default")));
    }

    @Test
    void tlsAndOverridesAreTaken() {
        write(
                "clouds.yaml",
                """
                clouds:
                  prod:
                    auth: {auth_url: "https://k:5000/v2.0"}
                    verify: false
                    cacert: /etc/ca.pem
                    cert: ~/me.pem
                    key: /etc/me.key
                    endpoint_type: internalURL
                    compute_endpoint_override: https://nova.example/v2.1
                    block_storage_endpoint_override: https://cinder.example/v3
                """);
        var cloud = configured("prod", null).clouds().getFirst();

        assertThat(cloud.authUrl()).isEqualTo("https://k:5000");
        assertThat(cloud.tls())
                .isEqualTo(
                        new CloudDefinition.Tls(
                                false,
                                "/etc/ca.pem",
                                System.getProperty("user.home") + "/me.pem",
                                "/etc/me.key"));
        assertThat(cloud.facing()).isEqualTo("internal");
        assertThat(cloud.overrides())
                .containsEntry("compute", "https://nova.example/v2.1")
                .containsEntry("block-storage", "https://cinder.example/v3");
    }

    @Test
    void everyMistakeIsSaidWithFileEntryAndField() {
        says("", "Cloud prod is asked for, but there is no clouds.yaml in the working directory");
        says("clouds: {other: {}}", "clouds.yaml has no cloud named prod; it has other.");
        says("clouds: {}", "has no cloud named prod; it has none.");
        says("- a list", "clouds.yaml is not a map with a section clouds.");
        says("clouds: [prod]", "the section clouds is not a map of clouds.");
        says("clouds: {prod: text}", "cloud prod is not a map of settings.");
        says("clouds: {prod: {}}", "cloud prod has no auth.auth_url.");
        says(
                "clouds: {prod: {auth: {auth_url: 'keystone:5000'}}}",
                "has an auth_url that is no http or https address: keystone:5000.");
        says(
                "clouds: {prod: {auth: {auth_url: 'file:///etc/passwd'}}}",
                "has an auth_url that is no http or https address");
        says(
                "clouds: {prod: {auth: {auth_url: 'http://k', password: x}}}",
                "cloud prod has no auth.username.");
        says(
                "clouds: {prod: {auth: {auth_url: 'http://k', username: u, password: x}}}",
                "cloud prod has no auth.project_name");
        says(
                "clouds: {prod: {auth: {auth_url: 'http://k', password: x, username: u}, auth_type:"
                        + " v3oidcpassword}}",
                "has auth_type v3oidcpassword");
        says(
                "clouds: {prod: {auth: {auth_url: 'http://k'}, interface: secret}}",
                "has interface secret");
        says(
                "clouds: {prod: {auth: {auth_url: 'http://k'}, identity_api_version: 2.0}}",
                "asks for Keystone v2");
        says(
                "clouds: {prod: {profile: acme}}",
                "wants the profile acme, which no clouds-public.yaml has.");
        says("clouds:\n  prod: {auth: [}", "clouds.yaml is not YAML at line 2, column ");
        says("clouds:\n  prod: {a: 1}\n  prod: {a: 2}", "duplicate key prod");
        says(
                "a: &a [x]\nclouds: {prod: !!javax.script.ScriptEngineManager [x]}",
                "clouds.yaml is not YAML");
        says("x".repeat(1 << 21), "clouds.yaml is longer than 1 MB.");
        says("a: " + "[".repeat(5000), "clouds.yaml is not YAML");
    }

    @Test
    void aYamlBombIsNotUnpacked() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 60; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(i, i, ("*a" + (i - 1) + ",").repeat(9) + "*a" + (i - 1)));
        }
        says(bomb + "clouds: {prod: {}}", "clouds.yaml is not YAML");
    }

    @Test
    void aNamedFileThatIsNotThereIsAMistake() {
        assertThatThrownBy(() ->
                        ConfiguredClouds.from(
                                CloudSettings.STANDARD, null, null, places("/nowhere/clouds.yaml")))
                .hasMessage(
                        "OS_CLIENT_CONFIG_FILE names /nowhere/clouds.yaml, which is not there.");
    }

    @Test
    void aNameThatCannotStandInAUrlNeedsAnother() {
        write("clouds.yaml", PROD.replace("prod:", "\"our cloud\":"));

        assertThatThrownBy(() -> configured("our cloud", null))
                .hasMessageContaining("cannot stand in a URL");
        var renamed =
                ConfiguredClouds.from(
                        settings(new CloudSettings.Entry("ours", "our cloud", null, null, null)),
                        null,
                        null,
                        places(null));
        assertThat(renamed.clouds().getFirst().name().value()).isEqualTo("ours");
    }

    @Test
    void settingsRefuseNonsense() {
        assertThatThrownBy(() ->
                        new CloudSettings(
                                List.of(),
                                Duration.ZERO,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(8),
                                DataSize.ofMegabytes(1),
                                3))
                .hasMessage("stackwright.cloud.connect-timeout is above zero.");
        assertThatThrownBy(() ->
                        new CloudSettings(
                                List.of(),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(8),
                                DataSize.ofBytes(1),
                                3))
                .hasMessageContaining("max-answer");
        assertThatThrownBy(() ->
                        new CloudSettings(
                                List.of(),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(8),
                                DataSize.ofMegabytes(1),
                                0))
                .hasMessageContaining("attempts");
        assertThatThrownBy(() -> new CloudSettings.Entry(null, null, null, null, "x"))
                .hasMessageContaining("a name or an entry");
    }

    @Test
    void certificatesThatAreNotThereAreSaid() {
        var tls = new CloudDefinition.Tls(true, "/nowhere/ca.pem", null, null);

        assertThatThrownBy(() -> Certificates.contextFor(new CloudName("prod"), tls))
                .hasMessage(
                        "The TLS settings of cloud prod cannot be used: /nowhere/ca.pem is not"
                                + " there or cannot be read.");
    }

    private void says(String yaml, String message) {
        if (!yaml.isEmpty()) {
            write("clouds.yaml", yaml);
        }
        assertThatThrownBy(() -> configured("prod", null))
                .as(yaml.substring(0, Math.min(80, yaml.length())))
                .isInstanceOf(CloudsYaml.Problem.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    private CloudDefinition.SignIn signIn(String field, String auth) {
        write(
                "clouds.yaml",
                "clouds:\n  prod:\n    auth: {auth_url: 'http://k', %s}\n    %s\n"
                        .formatted(auth, field));
        return CloudsYaml.read(places(null)).signIn("prod");
    }

    private ConfiguredClouds configured(@Nullable String osCloud, @Nullable String service) {
        return ConfiguredClouds.from(CloudSettings.STANDARD, osCloud, service, places(null));
    }

    private static CloudSettings settings(CloudSettings.Entry... entries) {
        return new CloudSettings(
                List.of(entries),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(8),
                DataSize.ofMegabytes(48),
                3);
    }

    private CloudsYaml.Places places(@Nullable String named) {
        return new CloudsYaml.Places(
                named == null ? null : Path.of(named),
                List.of(folder, folder.resolve("home/.config/openstack"), folder.resolve("etc")));
    }

    private void write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
