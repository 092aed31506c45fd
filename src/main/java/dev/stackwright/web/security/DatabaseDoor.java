package dev.stackwright.web.security;

import dev.stackwright.database.DatabaseTrouble;
import dev.stackwright.web.frame.Assets;
import dev.stackwright.web.frame.Visits;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;

/**
 * Says that the database is away, or its disk full, where nothing else can any more: the session
 * lies in the database, and every page begins with it. This page needs no more than itself.
 */
class DatabaseDoor implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDoor.class);
    private static final String AGAIN_IN_SECONDS = "10";

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en"%10$s>
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>503: %1$s · Stackwright</title>
            <link rel="stylesheet" href="%2$s"><link rel="icon" type="image/svg+xml" href="%11$s"></head>
            <body><div class="frame bare"><main class="main" id="main"><div class="lost">
            <p class="mut">503, %3$s</p>
            <h1 class="answer">%1$s</h1>
            <p class="ink2">%4$s</p>
            <p class="ink2">%5$s</p>
            <div class="acts"><a class="btn go" href="%6$s">%7$s</a></div>
            <p class="mut">%8$s <code>%9$s</code></p>
            </div></main></div></body>
            </html>
            """;

    private final MessageSource messages;
    private final Assets assets;

    DatabaseDoor(MessageSource messages, Assets assets) {
        this.messages = messages;
        this.assets = assets;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            var trouble = DatabaseTrouble.of(e);
            if (trouble.isEmpty()
                    || response.isCommitted()
                    || !(request instanceof HttpServletRequest asked)
                    || !(response instanceof HttpServletResponse answer)) {
                throw e;
            }
            LOG.error(
                    "{} {} could not be answered, because the database {}: {}",
                    asked.getMethod(),
                    asked.getRequestURI(),
                    trouble.get() == DatabaseTrouble.FULL ? "has no space" : "does not answer",
                    e.getMessage());
            say(trouble.get(), asked, answer);
        }
    }

    private void say(
            DatabaseTrouble trouble, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var id = String.valueOf(request.getAttribute(RequestIds.ATTRIBUTE));
        response.reset();
        response.setHeader(RequestIds.HEADER, id);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader(HttpHeaders.RETRY_AFTER, AGAIN_IN_SECONDS);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors"
                        + " 'none'; base-uri 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var key = "errors.database." + trouble.name().toLowerCase(Locale.ROOT);
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null
                && accept.contains("json")
                && !accept.contains(MediaType.TEXT_HTML_VALUE)) {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getWriter()
                    .write(
                            "{\"status\":503,\"title\":\"%s\",\"detail\":\"%s\"}"
                                    .formatted(text("errors.label.503"), text(key)));
            return;
        }
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        var theme = Visits.theme(request);
        response.getWriter()
                .write(
                        PAGE.formatted(
                                text(key),
                                assets.url("app.css"),
                                text("errors.label.503"),
                                text(key + ".further"),
                                text("errors.database.operator"),
                                HtmlUtils.htmlEscape(back(request)),
                                text("errors.again"),
                                text("errors.reference"),
                                id,
                                theme == null ? "" : " data-theme=\"" + theme + "\"",
                                assets.url("favicon.svg")));
    }

    /**
     * A page is asked for again; a form would have to be sent again, which nobody should by chance.
     */
    private static String back(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") || request.getHeader("HX-Request") != null) {
            return "/";
        }
        var query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private String text(String key) {
        return HtmlUtils.htmlEscape(messages.getMessage(key, null, Locale.ENGLISH));
    }
}
