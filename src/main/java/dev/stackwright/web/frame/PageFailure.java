package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The request cannot be answered as asked, and the person should be told why in a sentence. {@code
 * web.errors} makes the page, the fragment or the JSON of it.
 */
public final class PageFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final Words sentence;
    private final @Nullable Words further;

    private PageFailure(HttpStatus status, Words sentence, @Nullable Words further) {
        super(status + " " + (sentence.key() == null ? sentence.text() : sentence.key()));
        this.status = status;
        this.sentence = sentence;
        this.further = further;
    }

    /** There is no such thing, or the person may not see it: both look the same. */
    public static PageFailure notFound() {
        return new PageFailure(HttpStatus.NOT_FOUND, Words.of("errors.404"), null);
    }

    /** For example {@code notFound(Words.of("stacks.gone", name))}. */
    public static PageFailure notFound(Words sentence) {
        return new PageFailure(HttpStatus.NOT_FOUND, sentence, null);
    }

    /** The person sees the thing but may not do this; says which role is missing. */
    public static PageFailure forbidden(Words sentence) {
        return new PageFailure(HttpStatus.FORBIDDEN, sentence, null);
    }

    /** Something moved in between. */
    public static PageFailure conflict(Words sentence) {
        return new PageFailure(HttpStatus.CONFLICT, sentence, null);
    }

    /** The request makes no sense; says what would. */
    public static PageFailure badRequest(Words sentence) {
        return new PageFailure(HttpStatus.BAD_REQUEST, sentence, null);
    }

    /** A reader asked for a change. */
    public static PageFailure readersOnlyLook() {
        return forbidden(Words.of("errors.reader"));
    }

    /** The same failure with a second sentence: what goes on by itself, what to try. */
    public PageFailure and(Words more) {
        return new PageFailure(status, sentence, more);
    }

    public HttpStatus status() {
        return status;
    }

    public Words sentence() {
        return sentence;
    }

    public @Nullable Words further() {
        return further;
    }
}
