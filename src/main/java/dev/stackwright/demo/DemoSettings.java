package dev.stackwright.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cloud inside the process, for those who have none.
 *
 * @param enabled {@code auto}: there is a demo cloud while no cloud is configured and the database
 *     is the embedded one; {@code false}: there is none
 * @param file where the demo cloud is kept from one start to the next; empty to begin anew each
 *     time. It is not used with a database in memory
 * @param servers how many servers stand there beside the usual ones, to try out scale
 * @param port the port of its APIs on 127.0.0.1; 0 for any free one
 * @param step how long a step of work takes there; a server is built in four
 */
@ConfigurationProperties("stackwright.demo")
public record DemoSettings(
        @DefaultValue("auto") String enabled,
        @DefaultValue("./data/demo-cloud.json") String file,
        @DefaultValue("0") int servers,
        @DefaultValue("0") int port,
        @DefaultValue("1s") Duration step) {

    public DemoSettings {
        if (!enabled.equals("auto") && !enabled.equals("false")) {
            throw new IllegalArgumentException(
                    "stackwright.demo.enabled is auto or false, not " + enabled + ".");
        }
    }

    boolean wanted() {
        return enabled.equals("auto");
    }
}
