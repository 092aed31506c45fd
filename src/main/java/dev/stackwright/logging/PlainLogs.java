package dev.stackwright.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Stands before every encoder that writes bytes, on the console and in files, as lines and as JSON:
 * what a cloud's user called a server cannot colour a terminal, begin a line or turn its direction.
 */
public final class PlainLogs
        implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            guard(context);
        }
    }

    static void guard(LoggerContext context) {
        for (var logger : context.getLoggerList()) {
            logger.iteratorForAppenders()
                    .forEachRemaining(appender -> {
                        if (appender instanceof OutputStreamAppender<ILoggingEvent> writer
                                && !(writer.getEncoder() instanceof PlainEncoder)) {
                            writer.setEncoder(new PlainEncoder(writer.getEncoder()));
                        }
                    });
        }
    }

    /** After Spring Boot has set up its appenders. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    private static final class PlainEncoder extends EncoderBase<ILoggingEvent> {

        private final Encoder<ILoggingEvent> words;

        PlainEncoder(Encoder<ILoggingEvent> words) {
            this.words = words;
        }

        @Override
        public byte[] headerBytes() {
            return words.headerBytes();
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            return words.encode(new PlainEvent(event));
        }

        @Override
        public byte[] footerBytes() {
            return words.footerBytes();
        }

        @Override
        public boolean isStarted() {
            return words.isStarted();
        }

        @Override
        public void stop() {
            words.stop();
        }
    }
}
