package dev.stackwright.catalog;

/**
 * An order that a template does not spell out: a server waits for every subnet of its network.
 *
 * @param type the type that is waited for
 * @param own the dotted path of a property here, {@code []} for each item; {@code a > b} follows
 *     the reference in {@code a} to another resource and reads its {@code b}; empty means every
 *     resource of that type
 * @param other the path of the property there that must name the same thing
 */
public record ImplicitDependency(String type, String own, String other) {}
