package dev.stackwright;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real RabbitMQ for tests: Debian's server as a node of its own, with its own name, ports,
 * folder, cookie and port mapper, so that it lives beside any other on the machine and leaves
 * nothing behind.
 */
public final class TestBroker implements AutoCloseable {

    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private static @Nullable TestBroker shared;

    private final Path folder;
    private final int port = freePort();
    private final int distributionPort = freePort();
    private final int mapperPort = freePort();
    private @Nullable Process process;

    private TestBroker() throws IOException {
        this.folder = Files.createTempDirectory("stackwright-broker-");
    }

    /** The one broker of this JVM; the test is skipped, saying so, where none is installed. */
    public static synchronized TestBroker shared() {
        Assumptions.assumeTrue(
                Files.isExecutable(SERVER),
                "No RabbitMQ server on this machine: ./verify installs one");
        var known = shared;
        if (known != null) {
            return known;
        }
        try {
            var broker = new TestBroker();
            broker.start();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            shared = broker;
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "amqp://guest:guest@127.0.0.1:" + port + "/";
    }

    public Connection connect() throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("test");
    }

    /** Stops it as an operator would; what is not durable is lost. */
    public void stop() {
        var running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
        process = null;
    }

    public void start() throws IOException {
        var plugins = folder.resolve("enabled_plugins");
        Files.writeString(plugins, "[].\n");
        var builder = new ProcessBuilder(SERVER.toString());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
        environment.put("HOME", folder.toString());
        environment.put("RABBITMQ_NODENAME", "stackwright" + port + "@localhost");
        environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_NODE_PORT", String.valueOf(port));
        environment.put("RABBITMQ_DIST_PORT", String.valueOf(distributionPort));
        environment.put("ERL_EPMD_PORT", String.valueOf(mapperPort));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
        environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
        environment.put("RABBITMQ_CONFIG_FILE", folder.resolve("none").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", folder.resolve("none.conf").toString());
        environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString());
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 +sbwt none");
        // Runs the server as this very process, so that stopping it needs no control tool.
        environment.put("RABBITMQ_ALLOW_INPUT", "1");
        environment.put("RABBITMQ_SERVER_START_ARGS", "-noinput");
        var started =
                builder.directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        process = started;
        Awaitility.await("the broker to answer")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> answers(started));
    }

    @Override
    public void close() {
        stop();
        try {
            new ProcessBuilder("epmd", "-port", String.valueOf(mapperPort), "-kill")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers(Process started) throws IOException {
        if (!started.isAlive()) {
            throw new IllegalStateException(
                    "The broker ended: " + Files.readString(folder.resolve("output")));
        }
        try (var connection = connect()) {
            return connection.isOpen();
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
