package dev.stackwright.template;

import dev.stackwright.kernel.Value;

/**
 * What a nested template may ask about the resource that it stands for (resource_facade).
 *
 * @param updatePolicy an empty map when there is none
 */
public record Facade(Value metadata, Value deletionPolicy, Value updatePolicy) {

    private static final Value LATER =
            new Value.Unknown("the resource that this template stands for");

    /** A template that is looked at by itself. */
    public static final Facade UNKNOWN = new Facade(LATER, LATER, LATER);

    Value part(String name) {
        return switch (name) {
            case "metadata", "Metadata" -> metadata;
            case "deletion_policy", "DeletionPolicy" -> deletionPolicy;
            default -> updatePolicy;
        };
    }
}
