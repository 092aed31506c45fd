package dev.stackwright.web.security;

import dev.stackwright.web.frame.LocalPath;
import dev.stackwright.web.frame.Visits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.web.util.UriUtils;

/**
 * Sends whoever is not signed in to the sign-in page, with the way back. A request that a page made
 * by itself gets 401 instead, so that nothing typed is lost; so does anything that is no browser.
 */
class Doorkeeper implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** Request attribute: the form came from a sign-in that has ended, or from elsewhere. */
    static final String STALE_FORM = "stackwright.stale-form";

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Trigger", "sw:signed-out");
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else if (!isBrowser(request)) {
            response.sendError(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, signIn(request));
        }
    }

    private static boolean isBrowser(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null
                || accept.contains(MediaType.TEXT_HTML_VALUE)
                || accept.equals(MediaType.ALL_VALUE);
    }

    private static String signIn(HttpServletRequest request) {
        String ended = request.getAttribute(PersonContexts.ENDED) == null ? "" : "ended&";
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        String wanted =
                request.getMethod().equals("GET")
                        ? LocalPath.of(request.getRequestURI() + query)
                        : "/";
        return wanted.equals("/")
                ? "/sign-in" + (ended.isEmpty() ? "" : "?ended")
                : "/sign-in?" + ended + "to=" + UriUtils.encode(wanted, StandardCharsets.UTF_8);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        boolean htmx = request.getHeader("HX-Request") != null;
        boolean somebody = Visits.person().isPresent();
        if (htmx && !somebody) {
            response.setHeader("HX-Trigger", "sw:signed-out");
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return;
        }
        if (e instanceof CsrfException) {
            request.setAttribute(STALE_FORM, true);
            response.sendError(HttpStatus.FORBIDDEN.value());
        } else {
            // What a person may not see, they do not find.
            response.sendError(HttpStatus.NOT_FOUND.value());
        }
    }
}
