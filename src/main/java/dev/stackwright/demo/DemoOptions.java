package dev.stackwright.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a demo cloud is made.
 *
 * @param furnished whether there is something in it: servers, volumes, networks of the projects,
 *     and two months of history
 * @param servers how many further servers there are for trying out scale, 0 for none
 * @param step how long one step of work takes: a server is built in four
 * @param port the port to listen on, 0 for any
 * @param file where everything is kept from one start to the next; null to begin anew each time
 */
public record DemoOptions(
        boolean furnished, int servers, Duration step, int port, @Nullable Path file) {

    public DemoOptions {
        if (servers < 0 || servers > 100_000) {
            throw new IllegalArgumentException(
                    "servers must be between 0 and 100000, not " + servers);
        }
        if (step.isNegative() || step.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "step must be between nothing and an hour, not " + step);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
    }

    /** A furnished cloud at the usual pace. */
    public static DemoOptions usual() {
        return new DemoOptions(true, 0, Duration.ofSeconds(1), 0, null);
    }

    /** People, flavors, images and public network, but nothing in the projects. */
    public static DemoOptions bare() {
        return new DemoOptions(false, 0, Duration.ofSeconds(1), 0, null);
    }

    public DemoOptions withServers(int count) {
        return new DemoOptions(furnished, count, step, port, file);
    }

    public DemoOptions withStep(Duration pace) {
        return new DemoOptions(furnished, servers, pace, port, file);
    }

    public DemoOptions withPort(int number) {
        return new DemoOptions(furnished, servers, step, number, file);
    }

    public DemoOptions withFile(Path place) {
        return new DemoOptions(furnished, servers, step, port, place);
    }
}
