package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.Token;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long it takes until a change in the cloud that its bus speaks of stands in the list. */
class ChangeLagTest {

    private static final int CHANGES = 24;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");

    @Test
    void aChangeThatTheBusSpeaksOfShowsWithinFiveSeconds() {
        var cloud = app.bean(Clouds.class).all().iterator().next();
        var token =
                cloud.authenticate(
                        new Credentials.Password(
                                "alice", Credentials.Domain.named("Default"), DemoCloud.PASSWORD),
                        Scope.projectNamed("shop", Credentials.Domain.named("Default")));
        var list = "/c/demo/p/" + DemoCloud.projectId("shop") + "/instances";
        var active = list + "?status=ACTIVE&size=50&sort=name";
        await().atMost(Browser.PATIENCE)
                .until(() -> alice.get(active).page().select("#rows a[id]").size() >= CHANGES);
        var servers =
                alice.get(active).page().select("#rows a[id]").stream()
                        .map(link -> link.attr("href").replaceFirst(".*/", ""))
                        .limit(CHANGES)
                        .toList();

        List<Double> took = new ArrayList<>();
        for (var server : servers) {
            act(cloud, token, server, "os-stop");
            // The demo cloud hands the notification over before it answers.
            var said = System.nanoTime();
            await().atMost(Browser.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !isRunning(list, server));
            took.add((System.nanoTime() - said) / 1e6);
        }
        servers.forEach(server ->
                await().atMost(Browser.PATIENCE).until(() -> starts(cloud, token, server)));

        Collections.sort(took);
        System.out.printf(
                Locale.ROOT,
                "A change shows after p50 %.0f ms, p95 %.0f ms (%d changes)%n",
                took.get(CHANGES / 2),
                took.get(CHANGES * 95 / 100),
                CHANGES);
        // A poll would take a minute; a machine that stands still for a moment is no poll.
        assertThat(took.get(CHANGES * 3 / 4)).isLessThan(5_000);
    }

    private boolean isRunning(String list, String server) {
        return alice.get(list + "?size=200").page().select("#i-" + server + " .st").hasClass("ok");
    }

    /** It can be started once it has stopped. */
    private static boolean starts(Cloud cloud, Token token, String server) {
        try {
            act(cloud, token, server, "os-start");
            return true;
        } catch (CloudFailure early) {
            return false;
        }
    }

    private static void act(Cloud cloud, Token token, String server, String action) {
        var body = new HashMap<String, @Nullable Object>();
        body.put(action, null);
        cloud.as(
                token,
                os ->
                        os.call(
                                Request.post(Service.COMPUTE, "/servers/{}/action", server)
                                        .body(body)));
    }
}
