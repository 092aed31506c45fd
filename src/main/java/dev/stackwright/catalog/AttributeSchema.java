package dev.stackwright.catalog;

/**
 * Something that a resource can tell once it exists.
 *
 * @param live whether it is read anew each time, because it changes by itself
 * @param secret whether it is shown to nobody, such as a private key
 */
public record AttributeSchema(
        String name, PropertyType type, boolean live, boolean secret, Support support) {}
