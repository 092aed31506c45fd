package dev.stackwright.cloud;

import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** The contract against the OpenStack that {@code clouds.yaml} of this machine names. */
@Tag("live")
class RealCloudLiveTest extends CloudContract {

    @Override
    protected Stage stage() {
        var admin = TestClouds.signInOf("aio-admin");
        return new Stage(
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

    private static Person person(String entry) {
        var password = (Credentials.Password) TestClouds.signInOf(entry).credentials();
        return new Person(password.userName(), password.password());
    }
}
