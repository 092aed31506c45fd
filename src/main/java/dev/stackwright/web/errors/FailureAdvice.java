package dev.stackwright.web.errors;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.database.DatabaseTrouble;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Everything that a controller may throw becomes a sentence here, and is logged here once. */
@ControllerAdvice
class FailureAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(FailureAdvice.class);

    private final Failures failures;

    FailureAdvice(Failures failures) {
        this.failures = failures;
    }

    @ExceptionHandler
    Object asSaid(PageFailure e, HttpServletRequest request) {
        return failures.answer(Failure.of(e.status().value(), e.sentence(), e.further()), request);
    }

    /** An id that is none: the page it would name does not exist. */
    @ExceptionHandler
    Object noSuchId(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        boolean inPath = e.getParameter().hasParameterAnnotation(PathVariable.class);
        Failure failure =
                inPath
                        ? Failure.of(404)
                        : Failure.of(400, Words.of("errors.parameter", e.getName()), null);
        return failures.answer(failure, request);
    }

    @ExceptionHandler
    Object unreadable(BindException e, HttpServletRequest request) {
        return failures.answer(Failure.of(400), request);
    }

    @ExceptionHandler
    Object tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        return failures.answer(Failure.of(413), request);
    }

    @ExceptionHandler
    Object brokenUpload(MultipartException e, HttpServletRequest request) {
        return failures.answer(Failure.of(400), request);
    }

    @ExceptionHandler
    Object notAllowed(
            HttpRequestMethodNotSupportedException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        String[] supported = e.getSupportedMethods();
        if (supported != null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", supported));
        }
        return failures.answer(Failure.of(405), request);
    }

    @ExceptionHandler
    Object cloudSaidNo(CloudFailure e, HttpServletRequest request) {
        if (e.kind() == CloudFailure.Kind.SERVER_ERROR
                || e.kind() == CloudFailure.Kind.NOT_OPENSTACK) {
            LOG.warn("{} {}: {}", request.getMethod(), Failures.path(request), e.getMessage());
        }
        Words said = Words.verbatim(String.valueOf(e.getMessage()));
        Failure failure =
                switch (e.kind()) {
                    case UNREACHABLE, TIMEOUT, RATE_LIMITED, SERVER_ERROR, NOT_OPENSTACK ->
                            Failure.of(
                                    503,
                                    Words.of("errors.cloud.away"),
                                    Words.of("errors.cloud.away.further"));
                    case UNAUTHORIZED -> Failure.of(401, Words.of("errors.cloud.token"), null);
                    case FORBIDDEN -> Failure.of(403, Words.of("errors.cloud.forbidden"), null);
                    case NOT_FOUND, NO_SUCH_SERVICE ->
                            Failure.of(404, Words.of("errors.cloud.gone"), null);
                    case CONFLICT, OVER_QUOTA, BAD_REQUEST ->
                            Failure.of(409, Words.of("errors.cloud.refused"), null);
                };
        return failures.answer(failure.because(said), request);
    }

    /** The reader has left; there is nobody to tell. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void left() {}

    @ExceptionHandler
    @Nullable Object unexpected(
            Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (DatabaseTrouble.of(e).isPresent()) {
            // A page with its navigation would ask the database again: the door has one without.
            throw e;
        }
        if (e instanceof ErrorResponse known) {
            int status = known.getStatusCode().value();
            known.getHeaders()
                    .forEach((name, values) -> response.setHeader(name, values.getFirst()));
            if (status < 500) {
                return failures.answer(Failure.of(status), request);
            }
        }
        if (e instanceof IOException && response.isCommitted()) {
            return null;
        }
        LOG.error(
                "{} {} could not be answered; reference {}",
                request.getMethod(),
                Failures.path(request),
                Failures.reference(request),
                e);
        return failures.answer(
                Failure.of(500).because(Words.verbatim(e.getClass().getSimpleName())), request);
    }
}
