package dev.stackwright;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The application as a process of its own, which can be told to stop and can be killed. It lives in
 * the given folder with all that it keeps, as one does that somebody started there.
 */
public final class ChildApp implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final Path log;
    private final Process process;

    private ChildApp(Path folder, int port, Path log, Process process) {
        this.folder = folder;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts it, and returns once it says that it is well. */
    public static ChildApp start(Path folder, String... arguments) {
        try {
            var port = freePort();
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(
                    List.of(
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx320m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            classPath(),
                            StackwrightApplication.class.getName(),
                            "--server.port=" + port));
            command.addAll(List.of(arguments));
            var log = Files.createTempFile(folder, "log", ".txt");
            var process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            var app = new ChildApp(folder, port, log, process);
            app.awaitHealth();
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitHealth() {
        var anybody = new Client(url());
        Awaitility.await("the application to start")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("It ended:\n" + log());
                    }
                    try {
                        return anybody.get("/actuator/health").status() == 200;
                    } catch (UncheckedIOException e) {
                        return false;
                    }
                });
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public Path folder() {
        return folder;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, as an operator or an init system does it; answers the exit code. */
    public int stop() {
        process.destroy();
        return end();
    }

    /** SIGKILL: nothing of it runs any more. */
    public void kill() {
        process.destroyForcibly();
        end();
    }

    private int end() {
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException("It does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
