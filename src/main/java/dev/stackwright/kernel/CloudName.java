package dev.stackwright.kernel;

/** The name of a cloud, as in {@code clouds.yaml} and in the URL. */
public record CloudName(String value) {

    public CloudName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A cloud needs a name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
