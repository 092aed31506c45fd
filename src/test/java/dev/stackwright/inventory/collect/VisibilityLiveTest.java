package dev.stackwright.inventory.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.TestInventory;
import dev.stackwright.kernel.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The inventory shows each user what the services list to that user's own token, no more, no less.
 */
@Tag("live")
class VisibilityLiveTest {

    @ParameterizedTest
    @ValueSource(strings = {"aio-demo", "aio-reader", "aio-admin"})
    void showsWhatTheOwnTokenLists(String entry) throws Exception {
        var house = new TestInventory(Databases.h2(), Clock.systemUTC());
        var service = TestClouds.signInOf("aio-admin");
        var definition = TestClouds.real(entry).withService(service.credentials(), service.scope());
        try (var clouds = TestClouds.open(definition)) {
            var cloud = clouds.get(definition.name());
            var person = TestClouds.signInOf(entry);
            var token = cloud.authenticate(person.credentials(), person.scope());
            collect(house, cloud, token);

            var soft = new SoftAssertions();
            compare(soft, house, cloud, token);
            soft.assertAll();
            assertThat(house.inventory.networks(viewer(cloud, token))).isNotEmpty();
        }
    }

    private static void collect(TestInventory house, Cloud cloud, Token token) {
        var collector =
                new CloudCollector(
                        cloud,
                        house.collected,
                        house.states,
                        TestInventory.SETTINGS,
                        house.transaction,
                        _ -> {},
                        new SimpleMeterRegistry(),
                        Clock.systemUTC());
        for (var kind : Kind.values()) {
            collector.sweep(kind);
        }
        assertThat(house.inventory.freshness(cloud.name()).trouble()).isEmpty();
        var project = Objects.requireNonNull(token.project()).value();
        cloud.as(
                token,
                os -> {
                    collector.readOwn(os, project);
                    return project;
                });
    }

    private static void compare(
            SoftAssertions soft, TestInventory house, Cloud cloud, Token token) {
        var viewer = viewer(cloud, token);
        soft.assertThat(
                        house
                                .inventory
                                .servers(viewer, ServerQuery.NEWEST.withSize(1000))
                                .rows()
                                .stream()
                                .map(ServerRow::id)
                                .collect(Collectors.toSet()))
                .as("servers")
                .isEqualTo(listed(cloud, token, Service.COMPUTE, "/servers", "servers", id("id")));
        compare(soft, house, cloud, token, Kind.FLAVOR, Service.COMPUTE, "/flavors", "flavors");
        compare(soft, house, cloud, token, Kind.IMAGE, Service.IMAGE, "/images", "images");
        compare(soft, house, cloud, token, Kind.VOLUME, Service.VOLUME, "/volumes", "volumes");
        compare(
                soft,
                house,
                cloud,
                token,
                Kind.VOLUME_TYPE,
                Service.VOLUME,
                "/types",
                "volume_types");
        soft.assertThat(ids(house, viewer, Kind.KEYPAIR))
                .as("keypairs")
                .isEqualTo(
                        listed(
                                cloud,
                                token,
                                Service.COMPUTE,
                                "/os-keypairs",
                                "keypairs",
                                node -> node.path("keypair").path("name").asString("")));
        if (!viewer.admin()) {
            // To an administrator Neutron lists every project's; the pages of a project do not.
            compare(
                    soft,
                    house,
                    cloud,
                    token,
                    Kind.NETWORK,
                    Service.NETWORK,
                    "/networks",
                    "networks");
            compare(soft, house, cloud, token, Kind.SUBNET, Service.NETWORK, "/subnets", "subnets");
            compare(soft, house, cloud, token, Kind.PORT, Service.NETWORK, "/ports", "ports");
            compare(soft, house, cloud, token, Kind.ROUTER, Service.NETWORK, "/routers", "routers");
            compare(
                    soft,
                    house,
                    cloud,
                    token,
                    Kind.FLOATING_IP,
                    Service.NETWORK,
                    "/floatingips",
                    "floatingips");
        }
        compare(
                soft,
                house,
                cloud,
                token,
                Kind.SECURITY_GROUP,
                Service.NETWORK,
                "/security-groups",
                "security_groups");
    }

    private static void compare(
            SoftAssertions soft,
            TestInventory house,
            Cloud cloud,
            Token token,
            Kind kind,
            Service service,
            String path,
            String key) {
        soft.assertThat(ids(house, viewer(cloud, token), kind))
                .as(key)
                .isEqualTo(listed(cloud, token, service, path, key, id("id")));
    }

    private static Set<String> ids(TestInventory house, Viewer viewer, Kind kind) {
        return house.inventory.objects(viewer, kind).stream()
                .map(CloudObject::id)
                .collect(Collectors.toSet());
    }

    private static Set<String> listed(
            Cloud cloud,
            Token token,
            Service service,
            String path,
            String key,
            Function<JsonNode, String> id) {
        List<JsonNode> nodes = cloud.as(token, os -> os.list(Request.get(service, path), key));
        return nodes.stream().map(id).collect(Collectors.toSet());
    }

    private static Function<JsonNode, String> id(String field) {
        return node -> node.path(field).asString("");
    }

    private static Viewer viewer(Cloud cloud, Token token) {
        return new Viewer(
                cloud.name(),
                Objects.requireNonNull(token.project()),
                token.user(),
                token.roles(),
                token.roles().contains("admin"));
    }
}
