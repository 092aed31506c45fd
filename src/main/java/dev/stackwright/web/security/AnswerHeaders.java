package dev.stackwright.web.security;

import dev.stackwright.web.frame.Frames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.header.HeaderWriter;

/**
 * The policy of a page (own scripts and styles only, nothing inline) and how long it may be kept:
 * by its reader's browser alone, which asks again before it shows it.
 */
class AnswerHeaders implements HeaderWriter {

    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'%s; img-src 'self' data:;"
                    + " connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
                    + " frame-ancestors 'none'";

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        String nonce =
                request.getAttribute(Frames.NONCE) instanceof String value
                        ? " 'nonce-" + value + "'"
                        : "";
        response.setHeader("Content-Security-Policy", POLICY.formatted(nonce));
        if (response.getHeader(HttpHeaders.CACHE_CONTROL) == null) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
            response.addHeader(HttpHeaders.VARY, "HX-Request, Accept-Encoding, Cookie");
        }
    }
}
