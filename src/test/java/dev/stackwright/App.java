package dev.stackwright;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.stackwright.cloud.CallObserver;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.EmbeddedDemo;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.CloudName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The whole application on a port of its own, with an H2 file of its own and the demo cloud, once
 * per JVM. Everything that leaves for the cloud is written down in {@link #calls}.
 */
public final class App implements AutoCloseable {

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    private static @Nullable App running;

    /**
     * A call to the cloud.
     *
     * @param request the id of the request on whose thread it was made, null for the collector's
     */
    public record Called(CallObserver.Call call, @Nullable String request) {

        Called(CallObserver.Call call) {
            this(call, MDC.get("request"));
        }
    }

    private final ConfigurableApplicationContext context;
    private final ConcurrentLinkedQueue<Called> calls;
    private final Path folder;

    private App(
            ConfigurableApplicationContext context,
            ConcurrentLinkedQueue<Called> calls,
            Path folder) {
        this.context = context;
        this.calls = calls;
        this.folder = folder;
    }

    /** The running application; the first one who asks starts it. */
    public static synchronized App started() {
        App known = running;
        if (known == null) {
            known = start();
            running = known;
        }
        return known;
    }

    private static App start() {
        var app = fresh("--stackwright.demo.servers=40");
        app.awaitInventory();
        LOG.list = new CopyOnWriteArrayList<>();
        LOG.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOG);
        return app;
    }

    /** Whichever test comes first finds what is on the cloud. */
    private void awaitInventory() {
        var inventory = bean(Inventory.class);
        await("everything has been read once")
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    var freshness = inventory.freshness(new CloudName("demo"));
                    return Arrays.stream(Kind.values())
                            .allMatch(kind ->
                                    freshness
                                            .of(kind)
                                            .filter(each -> each.swept() != null)
                                            .isPresent());
                });
    }

    /**
     * An application for one test alone, which closes it; what is given wins over what is usual.
     */
    public static App fresh(String... arguments) {
        Path folder;
        try {
            folder = Files.createTempDirectory("stackwright-app-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var calls = new ConcurrentLinkedQueue<Called>();
        var context =
                new SpringApplicationBuilder(StackwrightApplication.class)
                        .initializers(c -> {
                            var beans = (GenericApplicationContext) c;
                            beans.registerBean(
                                    "observer",
                                    CallObserver.class,
                                    () -> call -> calls.add(new Called(call)));
                        })
                        .run(arguments(folder, arguments));
        return new App(context, calls, folder);
    }

    private static String[] arguments(Path folder, String... more) {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("server.port", "0");
        arguments.put("server.address", "127.0.0.1");
        arguments.put(
                "spring.datasource.url",
                "jdbc:h2:async:" + folder.resolve("db") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        arguments.put("stackwright.demo.file", "");
        arguments.put("stackwright.stack.public-url", "https://stackwright.example");
        arguments.put("stackwright.access.key-file", folder.resolve("vault.keys").toString());
        arguments.put(
                "stackwright.execution.identity-file", folder.resolve("replica-id").toString());
        for (var one : more) {
            var parts = one.substring("--".length()).split("=", 2);
            arguments.put(parts[0], parts[1].replace("{folder}", folder.toString()));
        }
        return arguments.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
    }

    /** Stops it as a signal would. */
    @Override
    public void close() {
        context.close();
    }

    /** The demo cloud that started with the application, to change what is there. */
    public DemoCloud demo() {
        return bean(EmbeddedDemo.class).cloud().orElseThrow();
    }

    public String url() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return "http://localhost:" + Objects.requireNonNull(server).getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Every call to the cloud so far, the collector's too. */
    public List<Called> calls() {
        return List.copyOf(calls);
    }

    /** The calls that this request made. */
    public List<Called> callsOf(String request) {
        return calls.stream().filter(call -> request.equals(call.request())).toList();
    }

    /** Everything that was logged so far. */
    public String log() {
        return LOG.list.stream()
                .map(event -> event.getFormattedMessage() + trace(event.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
    }

    private static String trace(@Nullable IThrowableProxy thrown) {
        return thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown);
    }

    /** Where database and keys lie. */
    public Path folder() {
        return folder;
    }
}
