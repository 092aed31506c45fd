package dev.stackwright.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/** An entry of the log in plain characters, whatever was said in it. */
final class PlainEvent implements ILoggingEvent {

    private final ILoggingEvent said;
    private final @Nullable String message;

    PlainEvent(ILoggingEvent said) {
        this.said = said;
        this.message = message(said);
    }

    /** Arguments are what came from elsewhere: not even a new line is theirs to begin. */
    private static @Nullable String message(ILoggingEvent said) {
        var arguments = said.getArgumentArray();
        if (arguments == null || arguments.length == 0) {
            return Plain.lines(said.getFormattedMessage());
        }
        var plain = Arrays.stream(arguments).map(PlainEvent::argument).toArray();
        return MessageFormatter.arrayFormat(Plain.lines(said.getMessage()), plain).getMessage();
    }

    private static @Nullable Object argument(@Nullable Object argument) {
        return switch (argument) {
            case null -> null;
            case Number number -> number;
            case Boolean bool -> bool;
            case Object[] many -> Plain.text(Arrays.deepToString(many));
            default -> Plain.text(argument.toString());
        };
    }

    @Override
    public String getThreadName() {
        return String.valueOf(Plain.text(said.getThreadName()));
    }

    @Override
    public Level getLevel() {
        return said.getLevel();
    }

    @Override
    public String getMessage() {
        return String.valueOf(message);
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return null;
    }

    @Override
    public String getFormattedMessage() {
        return String.valueOf(message);
    }

    @Override
    public String getLoggerName() {
        return said.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return said.getLoggerContextVO();
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return PlainThrowable.of(said.getThrowableProxy());
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return said.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return said.hasCallerData();
    }

    @Override
    public List<Marker> getMarkerList() {
        return said.getMarkerList();
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        var plain = new HashMap<String, String>();
        said.getMDCPropertyMap()
                .forEach((name, value) -> plain.put(name, String.valueOf(Plain.text(value))));
        return plain;
    }

    @Override
    @Deprecated
    public Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public long getTimeStamp() {
        return said.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return said.getNanoseconds();
    }

    @Override
    public Instant getInstant() {
        return said.getInstant();
    }

    @Override
    public long getSequenceNumber() {
        return said.getSequenceNumber();
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        var pairs = said.getKeyValuePairs();
        return pairs == null
                ? null
                : pairs.stream()
                        .map(pair -> new KeyValuePair(pair.key, argument(pair.value)))
                        .toList();
    }

    @Override
    public void prepareForDeferredProcessing() {
        said.prepareForDeferredProcessing();
    }
}
