package dev.stackwright.web.errors;

import dev.stackwright.web.frame.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * What went wrong with a request, as it can be told.
 *
 * @param label short, beside the number: "not found"
 * @param sentence what happened and what did not
 * @param further what goes on by itself, what to try
 * @param cause for whoever looks after this; never a stack trace
 */
record Failure(
        HttpStatusCode status,
        Words label,
        Words sentence,
        @Nullable Words further,
        @Nullable Words cause) {

    static Failure of(int status, Words sentence, @Nullable Words further) {
        return new Failure(
                HttpStatusCode.valueOf(status), Words.of(label(status)), sentence, further, null);
    }

    /** The failure of a bare status, as a filter or the server itself reports it. */
    static Failure of(int status) {
        String key =
                switch (status) {
                    case 400, 401, 403, 404, 405, 406, 409, 413, 415, 429, 503 ->
                            "errors." + status;
                    default -> status < 500 ? "errors.400" : "errors.500";
                };
        return of(status, Words.of(key), status >= 500 ? Words.of("errors.5xx.further") : null);
    }

    Failure because(Words why) {
        return new Failure(status, label, sentence, further, why);
    }

    private static String label(int status) {
        return switch (status) {
            case 400, 401, 403, 404, 405, 406, 409, 413, 415, 429, 503 -> "errors.label." + status;
            default -> status < 500 ? "errors.label.400" : "errors.label.500";
        };
    }
}
