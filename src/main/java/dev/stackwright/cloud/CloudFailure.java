package dev.stackwright.cloud;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The cloud said no, or nothing. Its message is a sentence that a person may read: never a token,
 * never a body.
 */
public class CloudFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as the caller can act on it. */
    public enum Kind {
        UNREACHABLE,
        TIMEOUT,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        OVER_QUOTA,
        BAD_REQUEST,
        RATE_LIMITED,
        SERVER_ERROR,
        /** The catalog has no such service in this region. */
        NO_SUCH_SERVICE,
        /** Something answered, but not as an OpenStack would: a web page, half a JSON, no end. */
        NOT_OPENSTACK
    }

    private final Kind kind;
    private final @Nullable Service service;
    private final int status;
    private final String said;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;

    public CloudFailure(Kind kind, @Nullable Service service, String said) {
        this(kind, service, 0, said, null, null, null);
    }

    public CloudFailure(
            Kind kind,
            @Nullable Service service,
            int status,
            String said,
            @Nullable String requestId,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(sentence(service, status, said, requestId), cause);
        this.kind = kind;
        this.service = service;
        this.status = status;
        this.said = said;
        this.requestId = requestId;
        this.retryAfter = retryAfter;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Service> service() {
        return Optional.ofNullable(service);
    }

    /** The HTTP status, or 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** What the service itself said, in its own words. */
    public String said() {
        return said;
    }

    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** How long the service asked to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the same call may well succeed a little later. */
    public boolean passing() {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, RATE_LIMITED, SERVER_ERROR -> true;
            case NOT_OPENSTACK -> status >= 500;
            default -> false;
        };
    }

    /**
     * Whether what was asked for may have been done all the same, now or in a moment: the call went
     * out, and what became of it did not come back.
     */
    public boolean mayHaveHappened() {
        return switch (kind) {
            case TIMEOUT -> true;
            case UNREACHABLE -> !neverLeft(getCause());
            case SERVER_ERROR, NOT_OPENSTACK -> status == 0 || status == 502 || status == 504;
            default -> false;
        };
    }

    private static boolean neverLeft(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLException;
    }

    private static String sentence(
            @Nullable Service service, int status, String said, @Nullable String requestId) {
        var sentence = new StringBuilder(service == null ? "The cloud" : service.project());
        sentence.append(": ").append(said);
        if (status > 0) {
            sentence.append(" (HTTP ").append(status);
            if (requestId != null) {
                sentence.append(", ").append(requestId);
            }
            sentence.append(')');
        }
        return sentence.toString();
    }
}
