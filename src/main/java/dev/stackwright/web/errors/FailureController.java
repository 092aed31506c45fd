package dev.stackwright.web.errors;

import dev.stackwright.web.frame.Visits;
import dev.stackwright.web.frame.Words;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What a filter or the server itself reports: no controller was reached, or its page failed. */
@Controller
class FailureController implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(FailureController.class);

    private final Failures failures;

    FailureController(Failures failures) {
        this.failures = failures;
    }

    @RequestMapping("/error")
    Object failure(HttpServletRequest request) {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known
                        ? known
                        : 404;
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable e) {
            LOG.error(
                    "{} {} could not be answered; reference {}",
                    request.getMethod(),
                    Failures.path(request),
                    Failures.reference(request),
                    e);
        }
        if (request.getAttribute("stackwright.stale-form") != null) {
            Words sentence =
                    Visits.person().isPresent()
                            ? Words.of("errors.form.stale")
                            : Words.of("errors.form.ended");
            return failures.answer(
                    Failure.of(403, sentence, Words.of("errors.form.further")), request);
        }
        return failures.answer(Failure.of(status), request);
    }
}
