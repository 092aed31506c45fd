package dev.stackwright.stack;

import dev.stackwright.MovableClock;
import dev.stackwright.cloud.CallObserver;
import dev.stackwright.cloud.CloudDefinition;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoOptions;
import dev.stackwright.kernel.CloudName;
import java.util.Map;
import java.util.TreeMap;

/** The bare demo cloud with Alice in her project shop. */
final class DemoShop implements AutoCloseable {

    final MovableClock clock = MovableClock.at("2026-11-22T12:00:00Z");
    final DemoCloud demo = new DemoCloud(DemoOptions.bare(), clock);
    final Clouds clouds;
    final Token token;

    DemoShop(CallObserver watcher) {
        clouds =
                TestClouds.open(
                        CloudDefinition.at(new CloudName("demo"), demo.authUrl()),
                        CloudSettings.STANDARD,
                        clock,
                        watcher);
        var domain = Credentials.Domain.named("Default");
        var cloud = clouds.all().getFirst();
        token =
                cloud.authenticate(
                        new Credentials.Password("alice", domain, DemoCloud.PASSWORD),
                        Scope.projectNamed("shop", domain));
        // Neutron makes a project's default group when somebody first looks.
        cloud.as(
                token,
                os -> os.list(Request.get(Service.NETWORK, "/security-groups"), "security_groups"));
    }

    /** How many of each thing there are. */
    Map<String, Long> state() {
        demo.advance();
        return new TreeMap<>(demo.state());
    }

    @Override
    public void close() throws Exception {
        clouds.close();
        demo.close();
    }
}
