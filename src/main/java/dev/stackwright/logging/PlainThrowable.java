package dev.stackwright.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was thrown, with its message in plain characters: services answer with names in it. */
final class PlainThrowable implements IThrowableProxy {

    private final IThrowableProxy thrown;

    private PlainThrowable(IThrowableProxy thrown) {
        this.thrown = thrown;
    }

    static @Nullable IThrowableProxy of(@Nullable IThrowableProxy thrown) {
        return thrown == null ? null : new PlainThrowable(thrown);
    }

    @Override
    public @Nullable String getMessage() {
        return Plain.text(thrown.getMessage());
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return Plain.text(thrown.getOverridingMessage());
    }

    @Override
    public String getClassName() {
        return thrown.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return thrown.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return thrown.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return of(thrown.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return Arrays.stream(thrown.getSuppressed())
                .map(PlainThrowable::new)
                .toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
        return thrown.isCyclic();
    }
}
