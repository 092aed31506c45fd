package dev.stackwright.stack.resource;

/** What is asked for cannot be done, whatever one tries; the message is for a person. */
public final class Impossible extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Impossible(String sentence) {
        super(sentence);
    }
}
