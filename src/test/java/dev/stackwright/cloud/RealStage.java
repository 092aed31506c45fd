package dev.stackwright.cloud;

import java.time.Duration;

/** The OpenStack that {@code clouds.yaml} of this machine names, as the stage of a contract. */
final class RealStage {

    private RealStage() {}

    static Contract.Stage stage() {
        var admin = TestClouds.signInOf("aio-admin");
        return new Contract.Stage(
                TestClouds.real("aio-demo").withService(admin.credentials(), admin.scope()),
                "Default",
                "demo",
                person("aio-demo"),
                person("aio-reader"),
                "admin",
                "public",
                "cirros",
                "m1.tiny",
                Duration.ofSeconds(90));
    }

    private static Contract.Person person(String entry) {
        var password = (Credentials.Password) TestClouds.signInOf(entry).credentials();
        return new Contract.Person(password.userName(), password.password());
    }
}
