package dev.stackwright.execution;

/** A change that certainly was not made, because the world said no. */
public class ChangeRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ChangeRefused(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
