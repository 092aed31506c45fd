package dev.stackwright.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DemoCloudTest {

    private final MovableClock clock = MovableClock.at("2026-11-22T12:00:00Z");
    private final DemoCloud cloud = new DemoCloud(DemoOptions.usual(), clock);
    private final List<JsonNode> heard = new ArrayList<>();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String id(Curl.Answer answer, String kind) {
        assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 202);
        return answer.body().path(kind).path("id").stringValue();
    }

    private void listen() {
        cloud.listen(envelope -> {
            JsonNode outer = Json.MAPPER.readTree(envelope.body());
            assertThat(outer.path("oslo.version").stringValue()).isEqualTo("2.0");
            heard.add(Json.MAPPER.readTree(outer.path("oslo.message").stringValue()));
        });
    }

    private List<String> events() {
        return heard.stream().map(each -> each.path("event_type").stringValue()).toList();
    }

    private String launch(Curl alice, String network) {
        return id(
                alice.post(
                        "compute/v2.1/servers",
                        """
                        {"server": {"name": "new-1", "flavorRef": "2", "imageRef": "%s", "networks": [{"uuid": "%s"}]}}\
                        """
                                .formatted(World.idOf("image debian-12"), network)),
                "server");
    }

    @Test
    void aServerIsBuiltStepByStepAsTheClockMoves() {
        listen();
        var alice = Curl.as(cloud, "alice", "shop").version("2.93");
        String server = launch(alice, World.idOf("network shop-net"));

        assertThat(show(alice, server).path("status").stringValue()).isEqualTo("BUILD");
        assertThat(show(alice, server).path("OS-EXT-STS:task_state").stringValue())
                .isEqualTo("scheduling");
        clock.advance(Duration.ofSeconds(2));
        assertThat(show(alice, server).path("OS-EXT-STS:task_state").stringValue())
                .isEqualTo("spawning");
        clock.advance(Duration.ofSeconds(10));
        JsonNode built = show(alice, server);

        assertThat(built.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(built.path("addresses").path("shop-net").get(0).path("addr").stringValue())
                .startsWith("10.10.0.");
        assertThat(built.path("OS-SRV-USG:launched_at").stringValue())
                .isEqualTo("2026-11-22T12:00:04.000000");
        assertThat(
                        alice.get("network/v2.0/ports?device_id=" + server)
                                .body()
                                .path("ports")
                                .get(0)
                                .path("status")
                                .stringValue())
                .isEqualTo("ACTIVE");
        JsonNode actions =
                alice.get("compute/v2.1/servers/" + server + "/os-instance-actions")
                        .body()
                        .path("instanceActions");
        assertThat(actions.findValuesAsString("action")).containsExactly("create");
        assertThat(events())
                .containsSubsequence(
                        "compute.instance.update",
                        "compute.instance.create.start",
                        "port.create.end",
                        "compute.instance.create.end");
        assertThat(heard.getLast().path("_context_project_id").stringValue())
                .isEqualTo(DemoCloud.projectId("shop"));
    }

    private static JsonNode show(Curl who, String server) {
        return who.get("compute/v2.1/servers/" + server).body().path("server");
    }

    @Test
    void aVolumeIsMadeAttachedAndTakenAwayAgain() {
        var alice = Curl.as(cloud, "alice", "shop");
        String volumes = "volume/v3/" + DemoCloud.projectId("shop") + "/volumes";
        String volume =
                id(
                        alice.post(volumes, "{\"volume\": {\"name\": \"data\", \"size\": 2}}"),
                        "volume");
        assertThat(
                        alice.get(volumes + "/" + volume)
                                .body()
                                .path("volume")
                                .path("status")
                                .stringValue())
                .isEqualTo("creating");
        clock.advance(Duration.ofSeconds(2));

        String attachments =
                "compute/v2.1/servers/" + Furniture.serverId("web-2") + "/os-volume_attachments";
        var attached =
                alice.post(
                        attachments, "{\"volumeAttachment\": {\"volumeId\": \"" + volume + "\"}}");
        assertThat(attached.status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(2));
        assertThat(
                        alice.get(volumes + "/" + volume)
                                .body()
                                .path("volume")
                                .path("status")
                                .stringValue())
                .isEqualTo("in-use");
        assertThat(alice.delete(volumes + "/" + volume).status()).isEqualTo(400);

        assertThat(alice.delete(attachments + "/" + volume).status()).isEqualTo(202);
        clock.advance(Duration.ofSeconds(2));
        assertThat(alice.delete(volumes + "/" + volume).status()).isEqualTo(202);
        clock.advance(Duration.ofSeconds(2));
        assertThat(alice.get(volumes + "/" + volume).status()).isEqualTo(404);
    }

    @Test
    void aReaderReadsAndAStrangerFindsNothing() {
        String web = Furniture.serverId("web-1");
        var bob = Curl.as(cloud, "bob", "shop");
        assertThat(bob.get("compute/v2.1/servers/" + web).status()).isEqualTo(200);
        var stop = bob.post("compute/v2.1/servers/" + web + "/action", "{\"os-stop\": null}");
        assertThat(stop.status()).isEqualTo(403);
        assertThat(stop.message())
                .isEqualTo("Policy doesn't allow os_compute_api:servers:stop to be performed.");
        assertThat(bob.post("network/v2.0/networks", "{\"network\": {\"name\": \"x\"}}").status())
                .isEqualTo(403);

        var charlie = Curl.as(cloud, "charlie", "lab");
        assertThat(charlie.get("compute/v2.1/servers/" + web).status()).isEqualTo(404);
        assertThat(
                        charlie.get("network/v2.0/networks")
                                .body()
                                .path("networks")
                                .findValuesAsString("name"))
                .containsExactlyInAnyOrder("lab-net", "public", "services");
        assertThat(charlie.get("compute/v2.1/servers/detail?all_tenants=1").status())
                .isEqualTo(403);
        assertThat(
                        charlie.get("image/v2/images?limit=50")
                                .body()
                                .path("images")
                                .findValuesAsString("name"))
                .contains("debian-12", "lab-cuda")
                .doesNotContain("shop-golden");
    }

    @Test
    void whatIsInUseCannotBeDeleted() {
        var alice = Curl.as(cloud, "alice", "shop");
        var network = alice.delete("network/v2.0/networks/" + World.idOf("network shop-net"));
        assertThat(network.status()).isEqualTo(409);
        assertThat(network.message())
                .contains("There are one or more ports still in use on the network");
        assertThat(alice.delete("network/v2.0/routers/" + World.idOf("router shop")).status())
                .isEqualTo(409);
        assertThat(alice.delete("network/v2.0/security-groups/" + World.idOf("group web")).status())
                .isEqualTo(409);
        var start =
                alice.post(
                        "compute/v2.1/servers/" + Furniture.serverId("web-1") + "/action",
                        "{\"os-start\": null}");
        assertThat(start.status()).isEqualTo(409);
        assertThat(start.message()).endsWith("while it is in vm_state active");
    }

    @Test
    void aQuotaThatDoesNotSufficeIsSaidSoInTheServicesOwnWords() {
        var alice = Curl.as(cloud, "alice", "shop").version("2.93");
        var servers =
                alice.post(
                        "compute/v2.1/servers",
                        """
                        {"server": {"name": "many", "flavorRef": "1", "imageRef": "%s", "networks": "none", "min_count": 200}}\
                        """
                                .formatted(World.idOf("image cirros")));
        assertThat(servers.status()).isEqualTo(403);
        assertThat(servers.message())
                .startsWith(
                        "Quota exceeded for cores, instances, ram: Requested 200, 200, 102400, but"
                                + " already used");

        var volume =
                Curl.as(cloud, "alice", "shop")
                        .post(
                                "volume/v3/" + DemoCloud.projectId("shop") + "/volumes",
                                "{\"volume\": {\"size\": 100000}}");
        assertThat(volume.status()).isEqualTo(413);
        assertThat(volume.message()).startsWith("VolumeSizeExceedsAvailableQuota");
    }

    @Test
    void aServerThatIsDeletedLeavesNothingBehind() {
        var alice = Curl.as(cloud, "alice", "shop").version("2.93");
        var before = cloud.state();
        String server = launch(alice, World.idOf("network shop-net"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(cloud.state("new-")).containsEntry("server", 1L);

        assertThat(alice.delete("compute/v2.1/servers/" + server).status()).isEqualTo(204);
        assertThat(show(alice, server).path("OS-EXT-STS:task_state").stringValue())
                .isEqualTo("deleting");
        clock.advance(Duration.ofSeconds(3));

        assertThat(alice.get("compute/v2.1/servers/" + server).status()).isEqualTo(404);
        assertThat(cloud.state()).isEqualTo(before);
    }

    @Test
    void aSilentHostShowsInServicesAndKeepsItsServersWaiting() {
        var ada = Curl.as(cloud, "ada", "admin");
        var alice = Curl.as(cloud, "alice", "shop");
        String web = Furniture.serverId("web-1");
        String host =
                ada.get("compute/v2.1/servers/" + web)
                        .body()
                        .path("server")
                        .path("OS-EXT-SRV-ATTR:host")
                        .stringValue();
        assertThat(ada.post("demo/faults/nova-compute-silent?host=" + host, "").status())
                .isEqualTo(200);

        alice.post("compute/v2.1/servers/" + web + "/action", "{\"os-stop\": null}");
        clock.advance(Duration.ofMinutes(3));
        assertThat(show(alice, web).path("OS-EXT-STS:task_state").stringValue())
                .isEqualTo("powering-off");
        JsonNode service =
                ada.get("compute/v2.1/os-services?binary=nova-compute&host=" + host)
                        .body()
                        .path("services")
                        .get(0);
        assertThat(service.path("state").stringValue()).isEqualTo("down");

        cloud.faults().turnOn(DemoFaults.HOST_RETURNED, host);
        clock.advance(Duration.ofSeconds(10));
        assertThat(show(alice, web).path("status").stringValue()).isEqualTo("SHUTOFF");
        assertThat(alice.post("demo/faults/scheduler-silent", "").status()).isEqualTo(403);
    }

    @Test
    void whileTheSchedulerIsSilentNewServersStayInBuild() {
        var alice = Curl.as(cloud, "alice", "shop").version("2.93");
        cloud.faults().turnOn(DemoFaults.SCHEDULER_SILENT);
        String server = launch(alice, World.idOf("network shop-net"));
        clock.advance(Duration.ofMinutes(5));
        assertThat(show(alice, server).path("status").stringValue()).isEqualTo("BUILD");

        cloud.faults().turnOff(DemoFaults.SCHEDULER_SILENT);
        clock.advance(Duration.ofSeconds(20));
        assertThat(show(alice, server).path("status").stringValue()).isEqualTo("ACTIVE");
    }

    @Test
    void aServiceCanBeBrokenByName() {
        var ada = Curl.as(cloud, "ada", "admin");
        var alice = Curl.as(cloud, "alice", "shop");
        assertThat(ada.post("demo/faults/api-broken?service=nova", "").status()).isEqualTo(200);

        assertThat(alice.get("compute/v2.1/servers").status()).isEqualTo(500);
        assertThat(alice.get("network/v2.0/networks").status()).isEqualTo(200);
        assertThat(ada.post("demo/faults/api-silent?service=horizon", "").status()).isEqualTo(400);
        assertThat(ada.post("demo/faults/api-silent", "").status()).isEqualTo(400);

        ada.delete("demo/faults/api-broken?service=nova");
        assertThat(alice.get("compute/v2.1/servers").status()).isEqualTo(200);
    }

    @Test
    void someThingsAreWorthFinding() {
        var alice = Curl.as(cloud, "alice", "shop").version("2.93");
        JsonNode failed =
                alice.get("compute/v2.1/servers/detail?status=ERROR").body().path("servers").get(0);
        assertThat(failed.path("fault").path("message").stringValue())
                .startsWith("No valid host was found");
        assertThat(alice.get("compute/v2.1/servers?status=BUILD").body().path("servers"))
                .hasSize(1);
        assertThat(alice.get("compute/v2.1/servers?status=SHUTOFF").body().path("servers"))
                .hasSize(1);
        assertThat(alice.get("network/v2.0/floatingips?status=DOWN").body().path("floatingips"))
                .hasSize(1);
    }

    @Test
    void aMissingRouteAnswersInTheServicesOwnShape() {
        var alice = Curl.as(cloud, "alice", "shop");
        assertThat(alice.get("compute/v2.1/nonesuch").body().path("code").stringValue())
                .isEqualTo("404 Not Found");
        assertThat(
                        alice.get("network/v2.0/nonesuch")
                                .body()
                                .path("NeutronError")
                                .path("type")
                                .stringValue())
                .isEqualTo("HTTPNotFound");
    }

    @Test
    void tenThousandServersAreListedPageByPage() {
        try (var big = new DemoCloud(DemoOptions.usual().withServers(10_000), clock)) {
            var alice = Curl.as(big, "alice", "shop");
            var first = alice.get("compute/v2.1/servers/detail?limit=500").body();
            assertThat(first.path("servers")).hasSize(500);
            String next = first.path("servers_links").get(0).path("href").stringValue();
            var second = alice.get(next.substring(next.indexOf("compute/"))).body();
            assertThat(second.path("servers").get(0).path("id").stringValue())
                    .isNotEqualTo(first.path("servers").get(499).path("id").stringValue());
            assertThat(big.state()).containsEntry("server", 10_020L);
        }
    }

    @Test
    void speaksUtf8InBothDirections() {
        var alice = Curl.as(cloud, "alice", "shop");
        String name = "<img onerror=x> \u202e 🦊 =cmd|";
        var made =
                alice.post("network/v2.0/networks", "{\"network\": {\"name\": \"" + name + "\"}}");
        assertThat(made.body().path("network").path("name").stringValue()).isEqualTo(name);
        assertThat(made.response().body().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    }
}
