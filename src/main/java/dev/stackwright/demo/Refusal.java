package dev.stackwright.demo;

/**
 * The cloud says no. Each service puts it into its own words: {@code type} is Neutron's name for
 * what is wrong.
 */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    Refusal(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    Refusal(int status, String message) {
        this(status, "", message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
