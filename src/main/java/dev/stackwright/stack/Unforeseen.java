package dev.stackwright.stack;

/** What a stack will be can only be told once the run has made what it depends on. */
final class Unforeseen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unforeseen(String source) {
        super("Nothing has told %s yet".formatted(source), null, false, false);
    }
}
