package dev.stackwright.kernel;

/**
 * A place in a text. Lines and columns count from 1, columns in UTF-16 units, the end is exclusive.
 */
public record TextRange(int line, int column, int endLine, int endColumn) {

    /** The very beginning: where a message about a whole text points to. */
    public static final TextRange START = new TextRange(1, 1, 1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
