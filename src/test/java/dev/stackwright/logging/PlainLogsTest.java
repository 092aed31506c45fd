package dev.stackwright.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.stackwright.App;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PlainLogsTest {

    private static final List<String> HOSTILE =
            List.of(
                    "\u001b[31mred\u001b[0m",
                    "web\n2026-11-22 12:00:00 ERROR the vault is open",
                    "web\r\nINFO all is well",
                    "nul\0byte",
                    "\u202etxt.exe",
                    "line\u2028separator",
                    "\u009b31mcolour of eight bits",
                    "bell\u0007back\b\b\bspace");
    private static final String STEERING =
            "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]";

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private Logger logger(Encoder<ILoggingEvent> encoder) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        encoder.setContext(context);
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        PlainLogs.guard(context);
        return root;
    }

    private Logger lines() {
        var pattern = new PatternLayoutEncoder();
        pattern.setContext(context);
        pattern.setPattern("%d %level %msg%n%ex");
        return logger(pattern);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aNameCannotBeginALineNorSteerATerminal() {
        var log = lines();
        for (var name : HOSTILE) {
            log.warn("Server {} cannot be read", name);
        }

        assertThat(written().lines())
                .hasSize(HOSTILE.size())
                .allMatch(each -> each.contains("WARN"));
        assertThat(written()).doesNotContainPattern(STEERING);
        assertThat(written())
                .contains("\\u001b[31mred", "web\\n2026-11-22 12:00:00 ERROR", "nul\\u0000byte")
                .contains("\\u202etxt.exe");
    }

    @Test
    void whatWasThrownCannotEither() {
        var log = lines();
        for (var name : HOSTILE) {
            log.error(
                    "It failed",
                    new IllegalStateException(name, new IllegalArgumentException("inner " + name)));
        }

        assertThat(written().lines().filter(each -> each.contains("It failed")))
                .hasSize(HOSTILE.size());
        assertThat(written().lines())
                .allMatch(each ->
                        each.contains("It failed")
                                || each.startsWith("\tat ")
                                || each.startsWith("java.lang.")
                                || each.startsWith("Caused by: ")
                                || each.startsWith("\t... "));
        assertThat(written()).doesNotContainPattern(STEERING);
    }

    @Test
    void inJsonTheyAreSpelledOutToo() {
        var log = logger(new JsonEncoder());
        for (var name : HOSTILE) {
            log.info("Server {} came", name);
        }

        assertThat(written().lines()).hasSize(HOSTILE.size());
        assertThat(written()).doesNotContainPattern(STEERING);
    }

    @Test
    void aTextOfOurOwnKeepsItsLinesSetIn() {
        lines().info("Three things\nare wrong:\r\nthis one");

        assertThat(written()).contains("Three things\n\tare wrong:\n\tthis one");
    }

    @Test
    void theRunningApplicationLogsSo() {
        App.started();
        var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

        root.iteratorForAppenders()
                .forEachRemaining(appender -> {
                    if (appender instanceof OutputStreamAppender<ILoggingEvent> writer) {
                        assertThat(writer.getEncoder().getClass().getName())
                                .startsWith(PlainLogs.class.getName());
                    }
                });
    }
}
