package dev.stackwright.web.errors;

import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Frame;
import dev.stackwright.web.frame.Frames;
import dev.stackwright.web.security.RequestIds;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Says a failure in the form that was asked for: a page, a fragment, or JSON. */
@Component
class Failures {

    private static final int LONGEST_ADDRESS = 300;

    private final Frames frames;

    Failures(Frames frames) {
        this.frames = frames;
    }

    /** A {@link ModelAndView} or a {@link ResponseEntity}. */
    Object answer(Failure failure, HttpServletRequest request) {
        Format format = frames.format(request);
        if (request.getHeader("HX-Request") == null && wantsJson(request)) {
            return json(failure, request, format);
        }
        boolean fragment = request.getHeader("HX-Request") != null;
        Frame frame = frames.frameOfFailure(request);
        ModelAndView view =
                new ModelAndView(
                        fragment ? "errors/_failure" : "errors/index",
                        Map.of(
                                "page", page(failure, request, format, frame),
                                "frame", frame,
                                "format", format));
        view.setStatus(failure.status());
        return view;
    }

    private static boolean wantsJson(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && !accept.contains(MediaType.TEXT_HTML_VALUE)
                && accept.contains("json");
    }

    private ResponseEntity<ProblemDetail> json(
            Failure failure, HttpServletRequest request, Format format) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(failure.status(), format.say(failure.sentence()));
        problem.setTitle(format.say(failure.label()));
        problem.setInstance(URI.create("urn:request:" + reference(request)));
        return ResponseEntity.status(failure.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static FailurePage page(
            Failure failure, HttpServletRequest request, Format format, Frame frame) {
        int status = failure.status().value();
        Address here = frame.here();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.mono("errors.reference", reference(request)));
        facts.add(Fact.of("errors.when", format.second(format.now())));
        facts.add(Fact.mono("errors.page", request.getMethod() + " " + shortened(here.path())));
        if (failure.cause() != null) {
            facts.add(Fact.of("errors.cause", failure.cause()));
        }
        boolean again = status >= 500 && request.getMethod().equals("GET");
        return new FailurePage(
                status,
                failure.label(),
                failure.sentence(),
                failure.further(),
                again ? here.toString() : null,
                frame.visit() == null ? "/" : frame.visit().path(),
                facts,
                facts.stream()
                        .map(f -> format.say(f.label()) + ": " + f.value().text(format))
                        .collect(Collectors.joining("\n")));
    }

    static String reference(HttpServletRequest request) {
        return request.getAttribute(RequestIds.ATTRIBUTE) instanceof String id ? id : "";
    }

    static String shortened(String address) {
        return address.length() <= LONGEST_ADDRESS
                ? address
                : address.substring(0, LONGEST_ADDRESS) + "…";
    }

    /** The address that failed, on the server's own way to the error page too. */
    static String path(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return shortened(failed == null ? request.getRequestURI() : failed.toString());
    }
}
