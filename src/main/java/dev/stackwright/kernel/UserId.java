package dev.stackwright.kernel;

/** The id of a Keystone user. */
public record UserId(String value) {

    public UserId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A user id is never blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
