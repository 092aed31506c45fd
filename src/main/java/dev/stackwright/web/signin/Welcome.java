package dev.stackwright.web.signin;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The last line of a start: where to go, and whom to sign in as. */
@Component
class Welcome {

    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final Clouds clouds;
    private final Environment environment;

    Welcome(Clouds clouds, Environment environment) {
        this.clouds = clouds;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void say() {
        var address = "http://localhost:" + environment.getProperty("local.server.port", "8080");
        if (clouds.all().isEmpty()) {
            log.info("Stackwright is at {}, and knows no cloud yet: set OS_CLOUD.", address);
        } else if (clouds.all().stream().anyMatch(Cloud::demo)) {
            log.info(
                    "Stackwright is at {} with its demo cloud. Sign in as alice, bob, charlie or"
                            + " ada; the password is demo.",
                    address);
        } else {
            log.info("Stackwright is at {}. Sign in with your Keystone account.", address);
        }
    }
}
