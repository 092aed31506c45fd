package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.Stacks;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Signals from outside and from the page of a stack. */
@NullUnmarked
class SignalPagesTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            resources:
              handle: { type: OS::Heat::WaitConditionHandle }
              ready:
                type: OS::Heat::WaitCondition
                properties: { handle: { get_resource: handle }, timeout: 600, count: 2 }
            outputs:
              endpoint: { value: { get_attr: [handle, endpoint] } }
            """;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final Client nobody = new Client(app.url());
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";

    @Test
    void aServerAndAPersonLetAWaitingStackGoOn() {
        var stack = launched("waits");
        var address =
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> address(stack), text -> text.startsWith("https://"));
        assertThat(address).startsWith("https://stackwright.example/signals/");
        var path = address.substring("https://stackwright.example".length());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(alice.get(stack).page().select("#resources").text())
                                .contains("0 of 2 signals arrived; it waits until"));

        // Neither is there a page of its own for, here or on the cloud.
        assertThat(alice.get(stack).page().select("#resources th a[href]")).isEmpty();

        assertThat(call(path + "x", "{}")).isEqualTo(404);
        assertThat(call(path, "{\"colour\": \"red\"}")).isEqualTo(400);
        assertThat(call(path, "{\"data\": \"" + "x".repeat(70_000) + "\"}")).isEqualTo(413);
        assertThat(call(path, "{\"reason\": \"the first is up\"}")).isEqualTo(200);

        var actions = alice.get(stack + "/actions").page();
        assertThat(actions.select("form[action$=/signal] select[name=resource] option").eachText())
                .containsExactly("handle");
        assertThat(
                        Client.of(app, "bob")
                                .submit(stack + "/signal", Map.of("resource", "handle"))
                                .status())
                .isIn(403, 404);
        alice.submit(stack + "/signal", Map.of("resource", "handle", "body", ""));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(alice.get(stack).page().select("h1 + .badge, .title").text())
                                .contains("Created"));
        assertThat(alice.get(stack + "/actions").page().text())
                .contains("Success: the first is up")
                .contains("Success by alice: Signal 2 received");
    }

    @Test
    void whoGuessesIsLetInNoMoreAfterAWhile() {
        var gate = new SignalGate(() -> java.time.Instant.EPOCH);
        for (int i = 0; i < 60; i++) {
            assertThat(gate.isOpen("192.0.2.1", "r" + i)).isTrue();
            gate.wasWrong("192.0.2.1");
        }
        assertThat(gate.isOpen("192.0.2.1", "r")).isFalse();
        assertThat(gate.isOpen("192.0.2.2", "r")).isTrue();
        for (int i = 0; i < 120; i++) {
            gate.isOpen("192.0.2.2", "one");
        }
        assertThat(gate.isOpen("192.0.2.2", "one")).isFalse();
    }

    private String launched(String name) {
        var planned = alice.submit(stacks + "/new", Map.of("name", name, "template", TEMPLATE));
        assertThat(planned.status()).as(planned.page().text()).isIn(302, 303);
        alice.submit(planned.location() + "/approve", Map.of());
        return alice.get(stacks + "?q=" + name)
                .page()
                .select("tbody a[href*=/stacks/]")
                .attr("href");
    }

    /** The page shows outputs once nothing moves any more; a server was given it before. */
    private String address(String stack) {
        var viewer =
                new Viewer(
                        new CloudName("demo"),
                        new ProjectId(DemoCloud.projectId("shop")),
                        new UserId(DemoCloud.userId("alice")),
                        Set.of("member"),
                        false);
        var id = UUID.fromString(stack.substring(stack.lastIndexOf('/') + 1));
        return app.bean(Stacks.class).outputs(viewer, id).stream()
                .map(output -> output.value() instanceof Value.Text(var text) ? text : "")
                .findFirst()
                .orElse("");
    }

    private int call(String path, String json) {
        return nobody.send(
                        nobody.request(path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build())
                .status();
    }
}
