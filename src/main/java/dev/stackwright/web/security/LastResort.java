package dev.stackwright.web.security;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * The page for when the application itself cannot answer: an address that is none, or a database
 * that is away while the error page is made. It needs nothing but itself.
 */
public class LastResort extends ErrorReportValve {

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>%s · Stackwright</title></head>
            <body><main><p>%d</p><h1>%s</h1><p>%s</p><p><a href="/">To the overview</a></p>%s</main></body>
            </html>
            """;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        boolean ours = status >= 500;
        String title = ours ? "This page could not be made" : "This address cannot be read";
        String more =
                ours
                        ? "Nothing was changed. Everything that runs in the cloud runs on. Try"
                                + " again in a moment."
                        : "Nothing was changed. It may have been cut or mistyped.";
        Object id = request.getAttribute(RequestIds.ATTRIBUTE);
        String reference = id == null ? "" : "<p>Reference <code>" + id + "</code></p>";
        try {
            response.setContentType("text/html");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader("Cache-Control", "no-store");
            response.setHeader(
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            response.setHeader("X-Content-Type-Options", "nosniff");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(PAGE.formatted(title, status, title, more, reference));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException gone) {
            // The reader has left, or the answer is already on its way.
        }
    }
}
