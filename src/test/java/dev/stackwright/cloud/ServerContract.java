package dev.stackwright.cloud;

import static dev.stackwright.cloud.Request.delete;
import static dev.stackwright.cloud.Request.get;
import static dev.stackwright.cloud.Request.post;
import static dev.stackwright.cloud.Request.put;
import static dev.stackwright.cloud.Service.COMPUTE;
import static dev.stackwright.cloud.Service.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What may be done with a server in which state. The table of the pages' own rules stands on these
 * answers.
 */
public abstract class ServerContract extends Contract {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> DEEDS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("start", "{\"os-start\": null}"),
                            Map.entry("stop", "{\"os-stop\": null}"),
                            Map.entry("reboot", "{\"reboot\": {\"type\": \"SOFT\"}}"),
                            Map.entry("reset", "{\"reboot\": {\"type\": \"HARD\"}}"),
                            Map.entry("pause", "{\"pause\": null}"),
                            Map.entry("unpause", "{\"unpause\": null}"),
                            Map.entry("suspend", "{\"suspend\": null}"),
                            Map.entry("resume", "{\"resume\": null}"),
                            Map.entry("shelve", "{\"shelve\": null}"),
                            Map.entry("unshelve", "{\"unshelve\": null}"),
                            Map.entry("rescue", "{\"rescue\": {}}"),
                            Map.entry("unrescue", "{\"unrescue\": null}"),
                            Map.entry("confirmResize", "{\"confirmResize\": null}"),
                            Map.entry("revertResize", "{\"revertResize\": null}"),
                            Map.entry("createImage", "{\"createImage\": {\"name\": \"x\"}}"),
                            Map.entry("lock", "{\"lock\": {\"locked_reason\": \"ours\"}}"),
                            Map.entry("unlock", "{\"unlock\": null}")));

    @Test
    void aServerTakesInEachStateOnlyWhatNovaAllows() {
        var network = network("states");
        subnet(network, "10.97.6.0/24");
        var server = boot(network, Map.of());
        untilServer(server, "ACTIVE");

        refuses(server, "active", "start", "unpause", "resume", "unshelve", "unrescue");
        refuses(server, "active", "confirmResize", "revertResize");
        does(server, "stop", "SHUTOFF");
        refuses(server, "stopped", "stop", "reboot", "pause", "suspend", "resume", "unrescue");
        does(server, "start", "ACTIVE");
        does(server, "pause", "PAUSED");
        refuses(server, "paused", "start", "stop", "reboot", "pause", "suspend", "rescue");
        does(server, "unpause", "ACTIVE");
        does(server, "suspend", "SUSPENDED");
        refuses(server, "suspended", "start", "stop", "reboot", "pause", "unpause", "rescue");
        does(server, "resume", "ACTIVE");
        does(server, "rescue", "RESCUE");
        refuses(server, "rescued", "start", "reboot", "pause", "suspend", "shelve", "createImage");
        does(server, "unrescue", "ACTIVE");
        does(server, "shelve", "SHELVED_OFFLOADED");
        refuses(server, "shelved_offloaded", "reboot", "reset", "pause", "suspend", "shelve");
        assertThat(said(server, "start")).contains("is not ready");
        assertThat(said(server, "stop")).contains("is not ready");
        does(server, "unshelve", "ACTIVE");
    }

    @Test
    void aServerIsResizedOnlyToAnotherFlavorAndWaitsToBeConfirmed() {
        var network = network("resize");
        subnet(network, "10.97.7.0/24");
        var server = boot(network, Map.of());
        var before = untilServer(server, "ACTIVE").path("flavor").path("original_name").asString();
        var flavors = mine(get(COMPUTE, "/flavors"), "flavors");

        assertThat(failed(deed(server, resize("nope"))).said())
                .contains("Flavor nope could not be found.");
        assertThat(failed(deed(server, resize(flavor(flavors, before)))).said())
                .contains("When resizing, instances must change flavor!");
        var other =
                flavors.stream()
                        .filter(one -> one.path("name").asString().equals("m1.small"))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();
        my(deed(server, resize(other)));
        untilServer(server, "VERIFY_RESIZE");
        refuses(server, "resized", "start", "reboot", "pause", "suspend", "rescue", "shelve");
        does(server, "revertResize", "ACTIVE");
        my(deed(server, resize(other)));
        untilServer(server, "VERIFY_RESIZE");
        does(server, "confirmResize", "ACTIVE");
        assertThat(
                        show(COMPUTE, "/servers/{}", server, "server")
                                .path("flavor")
                                .path("original_name")
                                .asString())
                .isEqualTo("m1.small");
    }

    private static String flavor(List<JsonNode> flavors, String name) {
        return flavors.stream()
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private static String resize(String flavor) {
        return "{\"resize\": {\"flavorRef\": \"" + flavor + "\"}}";
    }

    @Test
    void aLockedServerKeepsStillForAllButAdministrators() {
        var network = network("lock");
        subnet(network, "10.97.8.0/24");
        var server = boot(network, Map.of());
        untilServer(server, "ACTIVE");
        my(deed(server, body("lock")));
        var locked = show(COMPUTE, "/servers/{}", server, "server");
        assertThat(locked.path("locked").booleanValue()).isTrue();
        assertThat(locked.path("locked_reason").asString()).isEqualTo("ours");

        assertThat(said(server, "stop")).contains("is locked");
        assertThat(failed(at(delete(COMPUTE, "/servers/{}", server))).said()).contains("is locked");
        assertThat(
                        failed(
                                        at(post(COMPUTE, "/servers/{}/metadata", server))
                                                .body(Map.of("metadata", Map.of("a", "b"))))
                                .said())
                .contains("is locked");
        my(deed(server, body("unlock")));
        assertThat(show(COMPUTE, "/servers/{}", server, "server").path("locked").booleanValue())
                .isFalse();
    }

    @Test
    void metadataAndTagsOfAServerHaveTheirBounds() {
        var network = network("words");
        subnet(network, "10.97.9.0/24");
        var server = boot(network, Map.of());
        untilServer(server, "ACTIVE");
        var metadata = at(post(COMPUTE, "/servers/{}/metadata", server));

        assertThat(failed(metadata.body(Map.of("metadata", Map.of("k", "x".repeat(256))))).said())
                .contains("is too long");
        assertThat(failed(metadata.body(Map.of("metadata", Map.of("", "x")))).said())
                .contains("does not match any of the regexes");
        assertThat(failed(metadata.body(Map.of("metadata", Map.of("k", 5)))).said())
                .contains("5 is not of type 'string'");
        var many = new TreeMap<String, String>();
        for (int i = 0; i <= 128; i++) {
            many.put("k" + i, "v");
        }
        assertThat(failed(metadata.body(Map.of("metadata", many))).said())
                .contains("Maximum number of metadata items exceeds 128");
        assertThat(my(metadata.body(Map.of("metadata", Map.of("who", "us")))).body())
                .hasToString("{\"metadata\":{\"who\":\"us\"}}");
        my(at(delete(COMPUTE, "/servers/{}/metadata/{}", server, "who")));
        assertThat(failed(at(delete(COMPUTE, "/servers/{}/metadata/{}", server, "who"))).said())
                .contains("Metadata item was not found");

        assertThat(failed(at(put(COMPUTE, "/servers/{}/tags/{}", server, "x".repeat(61)))).said())
                .contains("is too long");
        assertThat(failed(at(put(COMPUTE, "/servers/{}/tags/{}", server, "a,b"))).said())
                .contains("does not match '^[^,/]*$'");
        my(at(put(COMPUTE, "/servers/{}/tags/{}", server, "web")));
        assertThat(my(at(get(COMPUTE, "/servers/{}/tags", server))).body())
                .hasToString("{\"tags\":[\"web\"]}");
        my(at(delete(COMPUTE, "/servers/{}/tags/{}", server, "web")));
        assertThat(failed(at(delete(COMPUTE, "/servers/{}/tags/{}", server, "web"))).said())
                .contains("has no tag 'web'");
    }

    @Test
    void aServerHasAConsoleALogAndASnapshotAndIsRebuilt() {
        var network = network("console");
        subnet(network, "10.97.10.0/24");
        var server = boot(network, Map.of());
        untilServer(server, "ACTIVE");
        var console =
                my(at(post(COMPUTE, "/servers/{}/remote-consoles", server))
                                .body(
                                        Map.of(
                                                "remote_console",
                                                Map.of("protocol", "vnc", "type", "novnc"))))
                        .body()
                        .path("remote_console");
        assertThat(console.path("url").asString()).startsWith("http");
        assertThat(
                        my(deed(server, "{\"os-getConsoleOutput\": {\"length\": 5}}"))
                                .body()
                                .has("output"))
                .isTrue();

        var image =
                my(deed(server, "{\"createImage\": {\"name\": \"" + name("image") + "\"}}"))
                        .body()
                        .path("image_id")
                        .asString();
        cleanUp.push(() -> find(delete(IMAGE, "/images/{}", image)));
        until(
                () -> my(get(IMAGE, "/images/{}", image)).body(),
                one -> one.path("status").asString().equals("active"));
        untilServer(server, "ACTIVE");
        my(deed(server, "{\"rebuild\": {\"imageRef\": \"" + image + "\"}}"));
        assertThat(untilServer(server, "ACTIVE").path("image").path("id").asString())
                .isEqualTo(image);
        assertThat(
                        failed(deed(server, "{\"rebuild\": {\"imageRef\": \"" + network + "\"}}"))
                                .said())
                .contains("Cannot find image for rebuild");
        var actions =
                my(at(get(COMPUTE, "/servers/{}/os-instance-actions", server)))
                        .body()
                        .path("instanceActions");
        assertThat(actions.valueStream().map(one -> one.path("action").asString()))
                .contains("create", "createImage", "rebuild");
    }

    @Test
    void whatIsForAdministratorsIsRefusedToMembers() {
        var network = network("admins");
        subnet(network, "10.97.11.0/24");
        var server = boot(network, Map.of());
        untilServer(server, "ACTIVE");
        for (var body :
                List.of(
                        "{\"migrate\": null}",
                        "{\"os-migrateLive\": {\"host\": null, \"block_migration\": \"auto\"}}",
                        "{\"evacuate\": {}}",
                        "{\"os-resetState\": {\"state\": \"active\"}}")) {
            assertThat(failed(deed(server, body)).kind())
                    .as(body)
                    .isEqualTo(CloudFailure.Kind.FORBIDDEN);
        }
        the(deed(server, "{\"os-resetState\": {\"state\": \"error\"}}"));
        untilServer(server, "ERROR");
        refuses(server, "error", "start", "reboot", "pause", "suspend", "shelve", "createImage");
        the(deed(server, "{\"os-resetState\": {\"state\": \"active\"}}"));
        untilServer(server, "ACTIVE");
    }

    private static String body(String deed) {
        return Objects.requireNonNull(DEEDS.get(deed));
    }

    private void does(String server, String deed, String state) {
        my(deed(server, body(deed)));
        untilServer(server, state);
    }

    private void refuses(String server, String state, String... deeds) {
        for (var deed : deeds) {
            var failure = failed(deed(server, body(deed)));
            assertThat(failure.kind()).as(deed).isEqualTo(CloudFailure.Kind.CONFLICT);
            assertThat(failure.said()).as(deed).contains("while it is in vm_state " + state);
        }
    }

    private String said(String server, String deed) {
        var failure = failed(deed(server, body(deed)));
        assertThat(failure.kind()).as(deed).isEqualTo(CloudFailure.Kind.CONFLICT);
        return failure.said();
    }

    private static Request deed(String server, String body) {
        return post(COMPUTE, "/servers/{}/action", server)
                .microversion(NOVA)
                .body(JSON.readTree(body));
    }
}
