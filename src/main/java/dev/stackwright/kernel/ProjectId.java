package dev.stackwright.kernel;

/** The id of a Keystone project. */
public record ProjectId(String value) {

    public ProjectId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A project id is never blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
