package dev.stackwright.metering;

/** The stack that a metered resource belongs to, by the name that it had. */
public record StackOf(String id, String name) {}
