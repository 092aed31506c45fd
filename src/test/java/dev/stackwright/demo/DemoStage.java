package dev.stackwright.demo;

import dev.stackwright.MovableClock;
import dev.stackwright.cloud.CloudDefinition;
import dev.stackwright.cloud.Contract.Person;
import dev.stackwright.cloud.Contract.Stage;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Scope;
import dev.stackwright.kernel.CloudName;
import java.time.Clock;
import java.time.Duration;

/** The demo cloud as the stage of a contract. */
final class DemoStage implements AutoCloseable {

    private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());
    private final DemoCloud demo = new DemoCloud(DemoOptions.usual(), clock);

    Stage stage() {
        var domain = Credentials.Domain.named("Default");
        return new Stage(
                CloudDefinition.at(new CloudName("demo"), demo.authUrl())
                        .withService(
                                new Credentials.Password(
                                        DemoCloud.SERVICE_USER, domain, demo.servicePassword()),
                                Scope.projectNamed(DemoCloud.SERVICE_PROJECT, domain)),
                "Default",
                "shop",
                new Person("alice", DemoCloud.PASSWORD),
                new Person("bob", DemoCloud.PASSWORD),
                "lab",
                "public",
                "cirros",
                "m1.tiny",
                Duration.ofSeconds(20));
    }

    void passTime() {
        clock.advance(Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        demo.close();
    }
}
