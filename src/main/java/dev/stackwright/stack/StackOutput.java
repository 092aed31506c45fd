package dev.stackwright.stack;

import dev.stackwright.kernel.Value;

/** An output of a stack with its value now, or why it has none. */
public record StackOutput(String name, String description, Value value, String error) {}
