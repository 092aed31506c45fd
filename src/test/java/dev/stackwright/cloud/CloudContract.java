package dev.stackwright.cloud;

import static dev.stackwright.cloud.CloudFailure.Kind.BAD_REQUEST;
import static dev.stackwright.cloud.CloudFailure.Kind.CONFLICT;
import static dev.stackwright.cloud.CloudFailure.Kind.FORBIDDEN;
import static dev.stackwright.cloud.CloudFailure.Kind.NOT_FOUND;
import static dev.stackwright.cloud.CloudFailure.Kind.OVER_QUOTA;
import static dev.stackwright.cloud.CloudFailure.Kind.UNAUTHORIZED;
import static dev.stackwright.cloud.Request.delete;
import static dev.stackwright.cloud.Request.get;
import static dev.stackwright.cloud.Request.post;
import static dev.stackwright.cloud.Request.put;
import static dev.stackwright.cloud.Service.COMPUTE;
import static dev.stackwright.cloud.Service.IDENTITY;
import static dev.stackwright.cloud.Service.IMAGE;
import static dev.stackwright.cloud.Service.NETWORK;
import static dev.stackwright.cloud.Service.PLACEMENT;
import static dev.stackwright.cloud.Service.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stackwright.cloud.AuthenticationFailure.Reason;
import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What Stackwright relies on in a cloud: signing in, reading it, making and taking away. */
public abstract class CloudContract extends Contract {

    // Signing in

    @Test
    void aPasswordOpensAProject() {
        assertThat(member.userName()).isEqualTo(stage.member().name());
        assertThat(member.projectName()).isEqualTo(stage.project());
        assertThat(member.roles()).contains("member");
        assertThat(member.expires()).isAfter(member.issued());
        assertThat(member.toString()).doesNotContain(member.id());
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreTheSameRefusal() {
        assertThat(refusal(password(stage.member().name(), "not-it", stage.domain())))
                .isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(refusal(password("sw-contract-nobody", "not-it", stage.domain())))
                .isEqualTo(Reason.WRONG_CREDENTIALS);
    }

    @Test
    void anUnknownDomainIsToldApart() {
        assertThat(
                        refusal(
                                password(
                                        stage.member().name(),
                                        stage.member().password(),
                                        "sw-contract-nowhere")))
                .isEqualTo(Reason.UNKNOWN_DOMAIN);
    }

    @Test
    void aProjectThatIsNotTheirsOrNotThereStaysShut() {
        var domain = Credentials.Domain.named(stage.domain());
        for (var project : List.of(stage.elsewhere(), "sw-contract-no-such-project")) {
            var refused =
                    catchThrowableOfType(
                            AuthenticationFailure.class,
                            () ->
                                    cloud.authenticate(
                                            credentials(stage.member()),
                                            Scope.projectNamed(project, domain)));
            assertThat(refused.reason()).isEqualTo(Reason.NO_ROLE_IN_PROJECT);
        }
    }

    @Test
    void anUnscopedTokenListsTheProjectsAndIsChangedForOneOfThem() {
        var unscoped = cloud.authenticate(credentials(stage.member()), Scope.UNSCOPED);
        var projects = cloud.projectsOf(unscoped);

        assertThat(projects).extracting(CloudProject::name).contains(stage.project());
        assertThat(projects).extracting(CloudProject::name).doesNotContain(stage.elsewhere());
        assertThat(projects).isNotEmpty().allMatch(CloudProject::enabled);
        var project = named(projects, stage.project()).id();
        var scoped = cloud.rescope(unscoped, project);
        assertThat(scoped.project()).isEqualTo(project);
        assertThat(scoped.catalog()).isNotEmpty();
        assertThat(cloud.rescope(scoped, project).project()).isEqualTo(project);
    }

    @Test
    void aTokenIsNotChangedForAProjectWithoutARole() {
        var refused =
                catchThrowableOfType(
                        AuthenticationFailure.class,
                        () -> cloud.rescope(member, new ProjectId(projectId(stage.elsewhere()))));

        assertThat(refused.reason()).isEqualTo(Reason.NO_ROLE_IN_PROJECT);
    }

    @Test
    void aTokenIsValidatedWithItsRolesUntilItIsRevoked() {
        var token = signIn(stage.member());

        assertThat(cloud.validate(token).roles()).isEqualTo(token.roles());
        cloud.revoke(token);
        cloud.revoke(token);

        var refused =
                catchThrowableOfType(AuthenticationFailure.class, () -> cloud.validate(token));
        assertThat(refused.reason()).isEqualTo(Reason.TOKEN_EXPIRED);
        var rescoped =
                catchThrowableOfType(
                        AuthenticationFailure.class,
                        () -> cloud.rescope(token, Objects.requireNonNull(token.project())));
        assertThat(rescoped.reason()).isEqualTo(Reason.TOKEN_EXPIRED);
        assertThat(failure(() -> cloud.as(token, os -> os.call(get(IDENTITY, "/projects")))))
                .isEqualTo(UNAUTHORIZED);
    }

    @Test
    void anApplicationCredentialSignsInUntilItIsTakenBack() {
        var name = name("credential");
        var expires = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        var credential =
                cloud.as(
                        member,
                        os -> new ApplicationCredentials(os).create(name, "A test's own", expires));
        cleanUp.push(() -> takeBack(credential));
        var token = cloud.authenticate(credential, Scope.UNSCOPED);

        assertThat(token.project()).isEqualTo(member.project());
        assertThat(token.user()).isEqualTo(member.user());
        assertThat(token.roles()).contains("member");
        assertThat(listed(token, get(COMPUTE, "/flavors"), "flavors")).isNotEmpty();
        assertThat(credentials())
                .anySatisfy(listed -> {
                    assertThat(listed.path("id").asString()).isEqualTo(credential.id());
                    assertThat(listed.path("name").asString()).isEqualTo(name);
                    assertThat(listed.has("secret")).isFalse();
                });
        takeBack(credential);
        takeBack(credential);
        assertThat(refusal(credential)).isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(
                        catchThrowableOfType(
                                        AuthenticationFailure.class, () -> cloud.validate(token))
                                .reason())
                .as("Keystone knows at once; the others may remember the token for minutes")
                .isEqualTo(Reason.TOKEN_EXPIRED);
    }

    @Test
    void aWrongSecretOfAnApplicationCredentialIsRefused() {
        var credential =
                member(os ->
                        new ApplicationCredentials(os)
                                .create(name("secret"), "A test's own", null));
        cleanUp.push(() -> takeBack(credential));

        assertThat(refusal(new Credentials.ApplicationCredential(credential.id(), "not-it")))
                .isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(
                        failure(() ->
                                member(os ->
                                        new ApplicationCredentials(os)
                                                .create(nameOf(credential), "", null))))
                .isEqualTo(CONFLICT);
    }

    private void takeBack(Credentials.ApplicationCredential credential) {
        member(os -> {
            new ApplicationCredentials(os).delete(credential.id());
            return true;
        });
    }

    private List<JsonNode> credentials() {
        return member(os -> new ApplicationCredentials(os).list());
    }

    private String nameOf(Credentials.ApplicationCredential credential) {
        return credentials().stream()
                .filter(listed -> listed.path("id").asString().equals(credential.id()))
                .map(listed -> listed.path("name").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCatalogHasTheSixServices() {
        for (var service : List.of(IDENTITY, COMPUTE, NETWORK, VOLUME, IMAGE, PLACEMENT)) {
            assertThat(cloud.<Boolean>as(member, os -> os.offers(service)))
                    .as(service.project())
                    .isTrue();
        }
        assertThat(failure(() -> my(get(Service.DNS, "/zones"))))
                .isEqualTo(CloudFailure.Kind.NO_SUCH_SERVICE);
    }

    // What the inventory reads

    @Test
    void theServiceAccountSeesProjectsUsersDomainsAndRoles() {
        has(
                all(get(IDENTITY, "/projects"), "projects"),
                "id",
                "name",
                "domain_id",
                "enabled",
                "description");
        has(all(get(IDENTITY, "/users"), "users"), "id", "name", "domain_id", "enabled");
        has(all(get(IDENTITY, "/domains"), "domains"), "id", "name", "enabled");
        var assignments =
                all(
                        get(IDENTITY, "/role_assignments")
                                .query("user.id", member.user())
                                .query("effective", "")
                                .query("include_names", ""),
                        "role_assignments");
        has(assignments, "role", "scope", "user");
        assertThat(assignments)
                .anySatisfy(assignment -> {
                    assertThat(assignment.path("role").path("name").asString()).isEqualTo("member");
                    assertThat(assignment.path("scope").path("project").path("id").asString())
                            .isEqualTo(String.valueOf(member.project()));
                });
        assertThat(failure(() -> mine(get(IDENTITY, "/users"), "users"))).isEqualTo(FORBIDDEN);
    }

    @Test
    void flavorsHaveTheirSizesAndWhoMayUseThem() {
        has(
                all(
                        get(COMPUTE, "/flavors/detail")
                                .query("is_public", "None")
                                .microversion(NOVA),
                        "flavors"),
                "id",
                "name",
                "ram",
                "disk",
                "vcpus",
                "swap",
                "OS-FLV-EXT-DATA:ephemeral",
                "OS-FLV-DISABLED:disabled",
                "os-flavor-access:is_public",
                "extra_specs",
                "description");
    }

    @Test
    void hypervisorsServicesAndZonesAreAsNovaSaysThem() {
        var hypervisors =
                all(get(COMPUTE, "/os-hypervisors/detail").microversion(NOVA), "hypervisors");
        has(
                hypervisors,
                "id",
                "hypervisor_hostname",
                "hypervisor_type",
                "host_ip",
                "state",
                "status",
                "service",
                "uptime");
        var sized =
                all(get(COMPUTE, "/os-hypervisors/detail").microversion(OLD_NOVA), "hypervisors");
        has(
                sized,
                "id",
                "hypervisor_hostname",
                "vcpus",
                "vcpus_used",
                "memory_mb",
                "memory_mb_used",
                "local_gb",
                "local_gb_used",
                "running_vms",
                "state",
                "status");
        assertThat(hypervisors.getFirst().path("id").asString()).hasSize(36);

        var services = all(get(COMPUTE, "/os-services").microversion(NOVA), "services");
        has(
                services,
                "id",
                "binary",
                "host",
                "zone",
                "status",
                "state",
                "updated_at",
                "forced_down",
                "disabled_reason");
        assertThat(services)
                .extracting(service -> service.path("binary").asString())
                .contains("nova-compute", "nova-scheduler", "nova-conductor");
        has(
                all(
                        get(COMPUTE, "/os-availability-zone").microversion(NOVA),
                        "availabilityZoneInfo"),
                "zoneName",
                "zoneState");
        assertThat(all(get(COMPUTE, "/os-aggregates").microversion(NOVA), "aggregates"))
                .isNotNull();
        assertThat(failure(() -> my(get(COMPUTE, "/os-hypervisors/detail")))).isEqualTo(FORBIDDEN);
    }

    @Test
    void placementKnowsWhatEachHostHasAndGives() {
        var providers =
                all(
                        get(PLACEMENT, "/resource_providers").microversion(PLACEMENTS),
                        "resource_providers");
        has(providers, "uuid", "name", "generation", "parent_provider_uuid", "root_provider_uuid");
        var host = providers.getFirst().path("uuid").asString();
        var inventories =
                the(get(PLACEMENT, "/resource_providers/{}/inventories", host)
                                .microversion(PLACEMENTS))
                        .body()
                        .path("inventories");
        for (var kind : List.of("VCPU", "MEMORY_MB", "DISK_GB")) {
            has(
                    List.of(inventories.path(kind)),
                    "total",
                    "reserved",
                    "allocation_ratio",
                    "min_unit",
                    "max_unit",
                    "step_size");
        }
        var usages =
                the(get(PLACEMENT, "/resource_providers/{}/usages", host).microversion(PLACEMENTS))
                        .body()
                        .path("usages");
        has(List.of(usages), "VCPU", "MEMORY_MB", "DISK_GB");
        assertThat(failure(() -> my(get(PLACEMENT, "/resource_providers")))).isEqualTo(FORBIDDEN);
    }

    @Test
    void imagesComeWithOwnerAndVisibility() {
        has(
                mine(get(IMAGE, "/images"), "images"),
                "id",
                "name",
                "status",
                "visibility",
                "owner",
                "size",
                "min_disk",
                "min_ram",
                "disk_format",
                "container_format",
                "protected",
                "os_hidden",
                "tags",
                "created_at",
                "updated_at");
    }

    @Test
    void pagesOfEveryServiceJoinToOneList() {
        for (var request :
                List.of(
                        get(COMPUTE, "/flavors/detail"),
                        get(NETWORK, "/networks"),
                        get(IMAGE, "/images"))) {
            var key =
                    request.path().startsWith("/flavors")
                            ? "flavors"
                            : request.path().substring(1).replace('-', '_');
            var whole = ids(all(request, key));
            var paged = ids(all(request.query("limit", 2), key));
            assertThat(paged).as(request.path()).doesNotHaveDuplicates().hasSameElementsAs(whole);
        }
    }

    @Test
    void networkingListsSayAllThatTheInventoryShows() {
        has(
                all(get(NETWORK, "/networks"), "networks"),
                "id",
                "name",
                "project_id",
                "status",
                "admin_state_up",
                "shared",
                "router:external",
                "mtu",
                "subnets",
                "tags",
                "description",
                "availability_zones",
                "port_security_enabled",
                "created_at",
                "updated_at",
                "revision_number");
        has(
                all(get(NETWORK, "/subnets"), "subnets"),
                "id",
                "name",
                "network_id",
                "project_id",
                "cidr",
                "ip_version",
                "gateway_ip",
                "enable_dhcp",
                "dns_nameservers",
                "allocation_pools",
                "host_routes",
                "tags",
                "created_at",
                "updated_at");
        has(
                all(get(NETWORK, "/agents"), "agents"),
                "id",
                "agent_type",
                "binary",
                "host",
                "alive",
                "admin_state_up",
                "heartbeat_timestamp",
                "availability_zone");
        has(
                all(get(NETWORK, "/availability_zones"), "availability_zones"),
                "name",
                "resource",
                "state");
        var rbac = all(get(NETWORK, "/rbac-policies"), "rbac_policies");
        if (!rbac.isEmpty()) {
            has(rbac, "id", "action", "object_id", "object_type", "project_id", "target_tenant");
        }
        assertThat(all(get(NETWORK, "/extensions"), "extensions"))
                .extracting(extension -> extension.path("alias").asString())
                .contains("router", "security-group", "standard-attr-tag", "port-security");
    }

    @Test
    void cinderListsSayAllThatTheInventoryShows() {
        has(
                mine(get(VOLUME, "/types").microversion(CINDER), "volume_types"),
                "id",
                "name",
                "is_public",
                "description",
                "extra_specs");
        var services = all(get(VOLUME, "/os-services").microversion(CINDER), "services");
        has(services, "binary", "host", "zone", "status", "state", "updated_at", "disabled_reason");
        assertThat(services)
                .extracting(service -> service.path("binary").asString())
                .contains("cinder-volume", "cinder-scheduler");
        has(
                mine(
                        get(VOLUME, "/os-availability-zone").microversion(CINDER),
                        "availabilityZoneInfo"),
                "zoneName",
                "zoneState");
    }

    @Test
    void quotasSayLimitAndUse() {
        var project = String.valueOf(member.project());
        var compute =
                the(get(COMPUTE, "/os-quota-sets/{}/detail", project).microversion(NOVA))
                        .body()
                        .path("quota_set");
        for (var line :
                List.of(
                        "instances",
                        "cores",
                        "ram",
                        "key_pairs",
                        "server_groups",
                        "server_group_members",
                        "metadata_items")) {
            has(List.of(compute.path(line)), "limit", "in_use", "reserved");
        }
        var volume =
                the(get(VOLUME, "/os-quota-sets/{}", project)
                                .query("usage", "true")
                                .microversion(CINDER))
                        .body()
                        .path("quota_set");
        for (var line :
                List.of("volumes", "gigabytes", "snapshots", "backups", "backup_gigabytes")) {
            has(List.of(volume.path(line)), "limit", "in_use", "reserved");
        }
        has(List.of(volume.path("per_volume_gigabytes")), "limit");
        var network = the(get(NETWORK, "/quotas/{}/details.json", project)).body().path("quota");
        for (var line :
                List.of(
                        "network",
                        "subnet",
                        "port",
                        "router",
                        "floatingip",
                        "security_group",
                        "security_group_rule")) {
            has(List.of(network.path(line)), "limit", "used", "reserved");
        }
    }

    @Test
    void limitsAreThereForTheProjectsOwnPeople() {
        var compute =
                my(get(COMPUTE, "/limits").microversion(NOVA))
                        .body()
                        .path("limits")
                        .path("absolute");
        has(
                List.of(compute),
                "maxTotalInstances",
                "maxTotalCores",
                "maxTotalRAMSize",
                "maxTotalKeypairs",
                "maxServerGroups",
                "totalInstancesUsed",
                "totalCoresUsed",
                "totalRAMUsed");
        var volume =
                my(get(VOLUME, "/limits").microversion(CINDER))
                        .body()
                        .path("limits")
                        .path("absolute");
        has(
                List.of(volume),
                "maxTotalVolumes",
                "maxTotalSnapshots",
                "maxTotalVolumeGigabytes",
                "totalVolumesUsed",
                "totalGigabytesUsed",
                "totalSnapshotsUsed");
    }

    // What people and stacks do

    @Test
    void aNetworkWithSubnetPortAndRouterIsMadeChangedAndTakenAway() {
        var network = network("net");
        var subnet = subnet(network, "10.97.1.0/24");
        var port =
                made(
                        NETWORK,
                        "/ports",
                        "port",
                        Map.of("name", name("port"), "network_id", network));
        var router = made(NETWORK, "/routers", "router", Map.of("name", name("router")));

        var shown = show(NETWORK, "/networks/{}", network, "network");
        assertThat(shown.path("project_id").asString()).isEqualTo(String.valueOf(member.project()));
        assertThat(shown.path("subnets").get(0).asString()).isEqualTo(subnet);
        assertThat(shown.path("shared").asBoolean()).isFalse();
        has(
                List.of(show(NETWORK, "/ports/{}", port, "port")),
                "id",
                "name",
                "network_id",
                "project_id",
                "status",
                "admin_state_up",
                "mac_address",
                "fixed_ips",
                "security_groups",
                "device_id",
                "device_owner",
                "allowed_address_pairs",
                "port_security_enabled",
                "tags",
                "description",
                "created_at",
                "updated_at");
        assertThat(
                        show(NETWORK, "/ports/{}", port, "port")
                                .path("fixed_ips")
                                .get(0)
                                .path("ip_address")
                                .asString())
                .startsWith("10.97.1.");
        has(
                List.of(show(NETWORK, "/routers/{}", router, "router")),
                "id",
                "name",
                "project_id",
                "status",
                "admin_state_up",
                "external_gateway_info",
                "routes",
                "tags",
                "description",
                "availability_zones",
                "created_at",
                "updated_at");

        var renamed = name("renamed");
        change(
                NETWORK,
                "/networks/{}",
                network,
                Map.of("network", Map.of("name", renamed, "description", "after")));
        change(
                NETWORK,
                "/subnets/{}",
                subnet,
                Map.of("subnet", Map.of("dns_nameservers", List.of("10.97.1.2"))));
        change(NETWORK, "/ports/{}", port, Map.of("port", Map.of("admin_state_up", false)));
        change(
                NETWORK,
                "/networks/{}/tags",
                network,
                Map.of("tags", List.of("stackwright-a", "stackwright-b")));

        assertThat(show(NETWORK, "/networks/{}", network, "network").path("name").asString())
                .isEqualTo(renamed);
        assertThat(
                        show(NETWORK, "/subnets/{}", subnet, "subnet")
                                .path("dns_nameservers")
                                .get(0)
                                .asString())
                .isEqualTo("10.97.1.2");
        assertThat(show(NETWORK, "/ports/{}", port, "port").path("admin_state_up").asBoolean())
                .isFalse();
        assertThat(ids(mine(get(NETWORK, "/networks").query("tags", "stackwright-a"), "networks")))
                .contains(network);
        assertThat(ids(mine(get(NETWORK, "/networks").query("name", renamed), "networks")))
                .containsExactly(network);

        var interfaceOf = Map.of("subnet_id", subnet);
        var added =
                my(put(NETWORK, "/routers/{}/add_router_interface", router).body(interfaceOf))
                        .body();
        assertThat(added.path("port_id").asString()).isNotEmpty();
        assertThat(failure(() -> drop(NETWORK, "/networks/{}", network))).isEqualTo(CONFLICT);
        assertThat(failure(() -> drop(NETWORK, "/routers/{}", router))).isEqualTo(CONFLICT);
        my(put(NETWORK, "/routers/{}/remove_router_interface", router).body(interfaceOf));

        drop(NETWORK, "/routers/{}", router);
        drop(NETWORK, "/ports/{}", port);
        drop(NETWORK, "/subnets/{}", subnet);
        drop(NETWORK, "/networks/{}", network);
        assertThat(failure(() -> show(NETWORK, "/networks/{}", network, "network")))
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void aPortTakesAnAddressThatIsFreeAndNoOther() {
        var network = network("fixed");
        var subnet = subnet(network, "10.97.2.0/24");
        made(NETWORK, "/ports", "port", portAt(network, subnet, "10.97.2.10"));

        assertThat(
                        failure(() ->
                                made(
                                        NETWORK,
                                        "/ports",
                                        "port",
                                        portAt(network, subnet, "10.97.2.10"))))
                .isEqualTo(CONFLICT);
        assertThat(
                        failure(() ->
                                made(
                                        NETWORK,
                                        "/ports",
                                        "port",
                                        portAt(network, subnet, "192.168.77.10"))))
                .isEqualTo(BAD_REQUEST);
        assertThat(
                        failure(() ->
                                made(
                                        NETWORK,
                                        "/subnets",
                                        "subnet",
                                        Map.of(
                                                "network_id",
                                                network,
                                                "cidr",
                                                "10.97.2.0/25",
                                                "ip_version",
                                                4))))
                .isEqualTo(BAD_REQUEST);
        assertThat(
                        failure(() ->
                                made(
                                        NETWORK,
                                        "/subnets",
                                        "subnet",
                                        Map.of(
                                                "network_id",
                                                network,
                                                "cidr",
                                                "not-a-cidr",
                                                "ip_version",
                                                4))))
                .isEqualTo(BAD_REQUEST);
        assertThat(
                        failure(() ->
                                made(
                                        NETWORK,
                                        "/subnets",
                                        "subnet",
                                        Map.of(
                                                "network_id",
                                                UUID.randomUUID().toString(),
                                                "cidr",
                                                "10.97.3.0/24",
                                                "ip_version",
                                                4))))
                .isEqualTo(NOT_FOUND);
    }

    private Map<String, Object> portAt(String network, String subnet, String address) {
        return Map.of(
                "name",
                name("port"),
                "network_id",
                network,
                "fixed_ips",
                List.of(Map.of("subnet_id", subnet, "ip_address", address)));
    }

    @Test
    void aSecurityGroupHasRules() {
        var group =
                made(
                        NETWORK,
                        "/security-groups",
                        "security_group",
                        Map.of("name", name("group"), "description", "for a test"));
        var shown = show(NETWORK, "/security-groups/{}", group, "security_group");
        has(
                List.of(shown),
                "id",
                "name",
                "description",
                "project_id",
                "security_group_rules",
                "tags",
                "created_at",
                "updated_at");
        assertThat(shown.path("security_group_rules"))
                .as("out is allowed, for IPv4 and IPv6")
                .hasSize(2);

        var rule =
                Map.<String, Object>of(
                        "security_group_id",
                        group,
                        "direction",
                        "ingress",
                        "ethertype",
                        "IPv4",
                        "protocol",
                        "tcp",
                        "port_range_min",
                        22,
                        "port_range_max",
                        22,
                        "remote_ip_prefix",
                        "10.0.0.0/8");
        var made = made(NETWORK, "/security-group-rules", "security_group_rule", rule);
        has(
                List.of(show(NETWORK, "/security-group-rules/{}", made, "security_group_rule")),
                "id",
                "security_group_id",
                "direction",
                "ethertype",
                "protocol",
                "port_range_min",
                "port_range_max",
                "remote_ip_prefix",
                "remote_group_id",
                "project_id",
                "description");
        assertThat(
                        failure(() ->
                                made(
                                        NETWORK,
                                        "/security-group-rules",
                                        "security_group_rule",
                                        rule)))
                .isEqualTo(CONFLICT);
        change(
                NETWORK,
                "/security-groups/{}",
                group,
                Map.of("security_group", Map.of("description", "after")));
        assertThat(
                        show(NETWORK, "/security-groups/{}", group, "security_group")
                                .path("description")
                                .asString())
                .isEqualTo("after");
        drop(NETWORK, "/security-group-rules/{}", made);
        drop(NETWORK, "/security-groups/{}", group);
    }

    @Test
    void aVolumeGrowsAndGoes() {
        var volume = volume(1);
        var shown = untilVolume(volume, "available");
        has(
                List.of(shown),
                "id",
                "name",
                "description",
                "status",
                "size",
                "volume_type",
                "availability_zone",
                "bootable",
                "encrypted",
                "attachments",
                "metadata",
                "snapshot_id",
                "source_volid",
                "multiattach",
                "os-vol-tenant-attr:tenant_id",
                "user_id",
                "created_at",
                "updated_at");
        change(
                VOLUME,
                "/volumes/{}",
                volume,
                Map.of(
                        "volume",
                        Map.of("name", name("renamed"), "metadata", Map.of("stackwright", "yes"))));
        assertThat(
                        show(VOLUME, "/volumes/{}", volume, "volume")
                                .path("metadata")
                                .path("stackwright")
                                .asString())
                .isEqualTo("yes");

        my(
                post(VOLUME, "/volumes/{}/action", volume)
                        .body(Map.of("os-extend", Map.of("new_size", 2))));
        untilVolume(volume, "available");
        assertThat(show(VOLUME, "/volumes/{}", volume, "volume").path("size").asInt()).isEqualTo(2);
        assertThat(failure(() -> volume(100_000_000))).isIn(OVER_QUOTA, BAD_REQUEST);
        assertThat(
                        ids(
                                all(
                                        get(VOLUME, "/volumes/detail")
                                                .query("all_tenants", "1")
                                                .microversion(CINDER),
                                        "volumes")))
                .contains(volume);

        var snapshot =
                made(
                        VOLUME,
                        "/snapshots",
                        "snapshot",
                        Map.of("volume_id", volume, "name", name("snapshot")));
        until(
                () -> show(VOLUME, "/snapshots/{}", snapshot, "snapshot"),
                state -> state.path("status").asString().equals("available"));
        has(
                List.of(show(VOLUME, "/snapshots/{}", snapshot, "snapshot")),
                "id",
                "name",
                "status",
                "size",
                "volume_id",
                "created_at",
                "metadata");
        assertThat(failure(() -> drop(VOLUME, "/volumes/{}", volume))).isEqualTo(BAD_REQUEST);
        drop(VOLUME, "/snapshots/{}", snapshot);
        untilGone(VOLUME, "/snapshots/{}", snapshot);

        drop(VOLUME, "/volumes/{}", volume);
        untilGone(VOLUME, "/volumes/{}", volume);
    }

    @Test
    void aKeypairIsMadeByTheCloudOrBroughtAlong() {
        var name = name("key");
        var made =
                my(post(COMPUTE, "/os-keypairs")
                                .microversion(OLD_NOVA)
                                .body(Map.of("keypair", Map.of("name", name, "type", "ssh"))))
                        .body()
                        .path("keypair");
        cleanUp.push(() -> gone(COMPUTE, "/os-keypairs/{}", name));
        has(List.of(made), "name", "type", "fingerprint", "public_key", "private_key", "user_id");

        var other = name("key");
        var brought =
                my(post(COMPUTE, "/os-keypairs")
                                .microversion(NOVA)
                                .body(
                                        Map.of(
                                                "keypair",
                                                Map.of(
                                                        "name",
                                                        other,
                                                        "type",
                                                        "ssh",
                                                        "public_key",
                                                        made.path("public_key").asString()))))
                        .body()
                        .path("keypair");
        cleanUp.push(() -> gone(COMPUTE, "/os-keypairs/{}", other));
        assertThat(brought.has("private_key")).isFalse();
        assertThat(brought.path("fingerprint").asString())
                .isEqualTo(made.path("fingerprint").asString());

        var listed = mine(get(COMPUTE, "/os-keypairs").microversion(NOVA), "keypairs");
        assertThat(listed)
                .extracting(entry -> entry.path("keypair").path("name").asString())
                .contains(name, other);
        has(
                List.of(listed.getFirst().path("keypair")),
                "name",
                "type",
                "fingerprint",
                "public_key");
        has(
                List.of(show(COMPUTE, "/os-keypairs/{}", name, "keypair")),
                "name",
                "type",
                "fingerprint",
                "public_key",
                "user_id",
                "created_at");
        assertThat(
                        failure(() ->
                                my(
                                        post(COMPUTE, "/os-keypairs")
                                                .microversion(NOVA)
                                                .body(
                                                        Map.of(
                                                                "keypair",
                                                                Map.of(
                                                                        "name",
                                                                        name,
                                                                        "type",
                                                                        "ssh",
                                                                        "public_key",
                                                                        made.path("public_key")
                                                                                .asString()))))))
                .isEqualTo(CONFLICT);
    }

    @Test
    void aServerLivesItsWholeLife() {
        var network = network("servers");
        subnet(network, "10.97.4.0/24");
        var server =
                boot(
                        network,
                        Map.of(
                                "metadata",
                                Map.of("who", "stackwright"),
                                "tags",
                                List.of("stackwright-contract"),
                                "description",
                                "a test's own"));

        var active = untilServer(server, "ACTIVE");
        has(
                List.of(active),
                "id",
                "name",
                "status",
                "tenant_id",
                "user_id",
                "created",
                "updated",
                "addresses",
                "flavor",
                "image",
                "metadata",
                "tags",
                "description",
                "key_name",
                "config_drive",
                "locked",
                "security_groups",
                "OS-EXT-STS:vm_state",
                "OS-EXT-STS:task_state",
                "OS-EXT-STS:power_state",
                "OS-EXT-AZ:availability_zone",
                "OS-SRV-USG:launched_at",
                "OS-SRV-USG:terminated_at",
                "os-extended-volumes:volumes_attached",
                "hostId");
        has(
                List.of(active.path("flavor")),
                "original_name",
                "vcpus",
                "ram",
                "disk",
                "ephemeral",
                "swap");
        assertThat(active.path("flavor").path("original_name").asString())
                .isEqualTo(stage.flavor());
        assertThat(active.path("tags").get(0).asString()).isEqualTo("stackwright-contract");
        var address = active.path("addresses").properties().iterator().next().getValue().get(0);
        has(List.of(address), "addr", "version", "OS-EXT-IPS:type", "OS-EXT-IPS-MAC:mac_addr");
        for (var version : List.of(NOVA, OLD_NOVA)) {
            var all =
                    all(
                            get(COMPUTE, "/servers/detail")
                                    .query("all_tenants", "1")
                                    .microversion(version),
                            "servers");
            var seen =
                    all.stream()
                            .filter(one -> one.path("id").asString().equals(server))
                            .findFirst()
                            .orElseThrow();
            has(
                    List.of(seen),
                    "id",
                    "name",
                    "tenant_id",
                    "user_id",
                    "flavor",
                    "OS-EXT-SRV-ATTR:host",
                    "OS-EXT-SRV-ATTR:hypervisor_hostname",
                    "OS-EXT-SRV-ATTR:instance_name",
                    "os-extended-volumes:volumes_attached");
        }
        assertThat(
                        ids(
                                mine(
                                        get(COMPUTE, "/servers/detail")
                                                .query("tags", "stackwright-contract")
                                                .microversion(NOVA),
                                        "servers")))
                .contains(server);
        assertThat(mine(get(NETWORK, "/ports").query("device_id", server), "ports")).hasSize(1);

        action(server, Map.of("os-stop", Map.of()));
        var stopped = untilServer(server, "SHUTOFF");
        assertThat(stopped.path("OS-EXT-STS:power_state").asInt()).isEqualTo(4);
        assertThat(failure(() -> action(server, Map.of("os-stop", Map.of())))).isEqualTo(CONFLICT);
        assertThat(failure(() -> action(server, Map.of("reboot", Map.of("type", "SOFT")))))
                .isIn(CONFLICT);
        action(server, Map.of("os-start", Map.of()));
        untilServer(server, "ACTIVE");
        action(server, Map.of("reboot", Map.of("type", "HARD")));
        untilServer(server, "ACTIVE");
        assertThat(
                        action(server, Map.of("os-getConsoleOutput", Map.of("length", 20)))
                                .body()
                                .path("output")
                                .asString())
                .isNotBlank();

        var actions =
                until(
                        () ->
                                my(get(COMPUTE, "/servers/{}/os-instance-actions", server)
                                                .microversion(NOVA))
                                        .body()
                                        .path("instanceActions"),
                        list -> list.size() >= 4);
        has(
                List.of(actions.get(0)),
                "action",
                "request_id",
                "user_id",
                "project_id",
                "start_time",
                "updated_at",
                "message",
                "instance_uuid");
        assertThat(actions)
                .extracting(one -> one.path("action").asString())
                .contains("create", "stop", "start", "reboot");
        var request = actions.get(0).path("request_id").asString();
        var events =
                until(
                        () ->
                                the(get(
                                                        COMPUTE,
                                                        "/servers/{}/os-instance-actions/{}",
                                                        server,
                                                        request)
                                                .microversion(NOVA))
                                        .body()
                                        .path("instanceAction")
                                        .path("events"),
                        list -> !list.isEmpty());
        has(List.of(events.get(0)), "event", "start_time", "finish_time", "result");

        change(COMPUTE, "/servers/{}", server, Map.of("server", Map.of("name", name("renamed"))));
        change(
                COMPUTE,
                "/servers/{}/metadata",
                server,
                Map.of("metadata", Map.of("who", "somebody else")));
        change(COMPUTE, "/servers/{}/tags", server, Map.of("tags", List.of("one", "two")));
        var changed = show(COMPUTE, "/servers/{}", server, "server");
        assertThat(changed.path("metadata").path("who").asString()).isEqualTo("somebody else");
        assertThat(changed.path("tags")).hasSize(2);

        drop(COMPUTE, "/servers/{}", server);
        untilGone(COMPUTE, "/servers/{}", server);
        assertThat(failure(() -> action(server, Map.of("os-start", Map.of()))))
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void aVolumeIsAttachedToAServerAndComesOff() {
        var network = network("attach");
        subnet(network, "10.97.5.0/24");
        var server = boot(network, Map.of());
        var volume = volume(1);
        untilServer(server, "ACTIVE");
        untilVolume(volume, "available");

        var attachment =
                my(post(COMPUTE, "/servers/{}/os-volume_attachments", server)
                                .microversion(NOVA)
                                .body(Map.of("volumeAttachment", Map.of("volumeId", volume))))
                        .body()
                        .path("volumeAttachment");
        has(List.of(attachment), "serverId", "volumeId", "device");
        var inUse = untilVolume(volume, "in-use");
        has(
                List.of(inUse.path("attachments").get(0)),
                "server_id",
                "attachment_id",
                "device",
                "volume_id",
                "attached_at");
        assertThat(
                        show(COMPUTE, "/servers/{}", server, "server")
                                .path("os-extended-volumes:volumes_attached")
                                .get(0)
                                .path("id")
                                .asString())
                .isEqualTo(volume);
        assertThat(failure(() -> drop(VOLUME, "/volumes/{}", volume))).isEqualTo(BAD_REQUEST);

        my(
                delete(COMPUTE, "/servers/{}/os-volume_attachments/{}", server, volume)
                        .microversion(NOVA));
        untilVolume(volume, "available");
    }

    @Test
    void aFloatingAddressLeadsToAPort() {
        var external =
                named(all(get(NETWORK, "/networks").query("name", stage.external()), "networks"))
                        .path("id")
                        .asString();
        var network = network("floating");
        var subnet = subnet(network, "10.97.6.0/24");
        var port =
                made(
                        NETWORK,
                        "/ports",
                        "port",
                        Map.of("name", name("port"), "network_id", network));
        var floating =
                made(
                        NETWORK,
                        "/floatingips",
                        "floatingip",
                        Map.of("floating_network_id", external));
        has(
                List.of(show(NETWORK, "/floatingips/{}", floating, "floatingip")),
                "id",
                "floating_ip_address",
                "fixed_ip_address",
                "floating_network_id",
                "port_id",
                "router_id",
                "status",
                "project_id",
                "tags",
                "description",
                "created_at",
                "updated_at");
        assertThat(
                        failure(() ->
                                change(
                                        NETWORK,
                                        "/floatingips/{}",
                                        floating,
                                        Map.of("floatingip", Map.of("port_id", port)))))
                .as("no router leads there yet")
                .isIn(NOT_FOUND, BAD_REQUEST);

        var router =
                made(
                        NETWORK,
                        "/routers",
                        "router",
                        Map.of(
                                "name",
                                name("router"),
                                "external_gateway_info",
                                Map.of("network_id", external)));
        my(
                put(NETWORK, "/routers/{}/add_router_interface", router)
                        .body(Map.of("subnet_id", subnet)));
        cleanUp.push(() ->
                find(
                        put(NETWORK, "/routers/{}/remove_router_interface", router)
                                .body(Map.of("subnet_id", subnet))));
        change(NETWORK, "/floatingips/{}", floating, Map.of("floatingip", Map.of("port_id", port)));
        cleanUp.push(() -> gone(NETWORK, "/floatingips/{}", floating));

        var bound =
                until(
                        () -> show(NETWORK, "/floatingips/{}", floating, "floatingip"),
                        one -> one.path("status").asString().equals("ACTIVE"));
        assertThat(bound.path("port_id").asString()).isEqualTo(port);
        assertThat(bound.path("fixed_ip_address").asString()).startsWith("10.97.6.");
        assertThat(bound.path("router_id").asString()).isEqualTo(router);
    }

    // How they say no

    @Test
    void nothingIsFoundWhereNothingIs() {
        var nowhere = UUID.randomUUID().toString();
        for (var request :
                List.of(
                        get(COMPUTE, "/servers/{}", nowhere),
                        get(COMPUTE, "/flavors/{}", nowhere),
                        get(NETWORK, "/networks/{}", nowhere),
                        get(NETWORK, "/ports/{}", nowhere),
                        get(VOLUME, "/volumes/{}", nowhere),
                        get(IMAGE, "/images/{}", nowhere))) {
            assertThat(myOwn(request)).as(request.path()).isEmpty();
            var missing = catchThrowableOfType(CloudFailure.class, () -> my(request));
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.said()).as(request.path()).contains(nowhere).doesNotContain("<");
            assertThat(missing.requestId()).as(request.path()).isPresent();
        }
    }

    @Test
    void nonsenseIsABadRequest() {
        assertThat(
                        failure(() ->
                                my(
                                        post(COMPUTE, "/servers")
                                                .microversion(NOVA)
                                                .body(
                                                        Map.of(
                                                                "server",
                                                                Map.of(
                                                                        "name",
                                                                        "sw-contract-nonsense"))))))
                .isEqualTo(BAD_REQUEST);
        assertThat(
                        failure(() ->
                                my(
                                        post(NETWORK, "/networks")
                                                .body(
                                                        Map.of(
                                                                "network",
                                                                Map.of("no_such_field", 1))))))
                .isEqualTo(BAD_REQUEST);
        assertThat(
                        failure(() ->
                                my(
                                        post(VOLUME, "/volumes")
                                                .body(Map.of("volume", Map.of("size", "a lot"))))))
                .isEqualTo(BAD_REQUEST);
    }

    @Test
    void morePowerThanTheQuotaAllowsIsOverQuota() {
        var network = network("quota");
        subnet(network, "10.97.7.0/24");
        var refused =
                catchThrowableOfType(
                        CloudFailure.class,
                        () -> boot(network, Map.of("min_count", 200, "max_count", 200)));
        assertThat(refused.kind()).isEqualTo(OVER_QUOTA);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.said()).contains("instances");
        assertThat(failure(() -> volume(900_000))).as("gigabytes").isEqualTo(OVER_QUOTA);
    }

    @Test
    void aQuotaIsSetAndHeldTo() {
        var project = projectId(stage.elsewhere());
        var before =
                the(get(NETWORK, "/quotas/{}", project))
                        .body()
                        .path("quota")
                        .path("router")
                        .asInt();
        cleanUp.push(() -> routerQuota(project, before));
        routerQuota(project, 0);

        assertThat(
                        failure(() ->
                                the(
                                        post(NETWORK, "/routers")
                                                .body(
                                                        Map.of(
                                                                "router",
                                                                Map.of(
                                                                        "name",
                                                                        name("router"),
                                                                        "project_id",
                                                                        project))))))
                .isEqualTo(OVER_QUOTA);
    }

    private void routerQuota(String project, int limit) {
        the(put(NETWORK, "/quotas/{}", project).body(Map.of("quota", Map.of("router", limit))));
    }

    @Test
    void aReaderLooksAndDoesNotTouch() {
        var reader = signIn(stage.reader());
        assertThat(reader.roles()).contains("reader").doesNotContain("member");
        assertThat(listed(reader, get(NETWORK, "/networks"), "networks")).isNotEmpty();
        assertThat(listed(reader, get(COMPUTE, "/flavors"), "flavors")).isNotEmpty();

        assertThat(
                        failure(() ->
                                cloud.as(
                                        reader,
                                        os ->
                                                os.call(
                                                        post(NETWORK, "/networks")
                                                                .body(
                                                                        Map.of(
                                                                                "network",
                                                                                Map.of(
                                                                                        "name",
                                                                                        "sw-contract-reader")))))))
                .isEqualTo(FORBIDDEN);
        assertThat(
                        failure(() ->
                                cloud.as(
                                        reader,
                                        os ->
                                                os.call(
                                                        post(VOLUME, "/volumes")
                                                                .body(
                                                                        Map.of(
                                                                                "volume",
                                                                                Map.of(
                                                                                        "size",
                                                                                        1)))))))
                .isEqualTo(FORBIDDEN);
    }

    @Test
    void whatBelongsToAnotherProjectIsNotThere() {
        var network =
                the(post(NETWORK, "/networks")
                                .body(
                                        Map.of(
                                                "network",
                                                Map.of(
                                                        "name",
                                                        name("theirs"),
                                                        "project_id",
                                                        projectId(stage.elsewhere())))))
                        .body()
                        .path("network")
                        .path("id")
                        .asString();
        cleanUp.push(() -> found(delete(NETWORK, "/networks/{}", network)));

        assertThat(myOwn(get(NETWORK, "/networks/{}", network))).isEmpty();
        assertThat(ids(mine(get(NETWORK, "/networks"), "networks"))).doesNotContain(network);
        assertThat(failure(() -> drop(NETWORK, "/networks/{}", network))).isEqualTo(NOT_FOUND);
    }
}
