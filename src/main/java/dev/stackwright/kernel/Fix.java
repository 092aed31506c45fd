package dev.stackwright.kernel;

/** An edit that an editor can offer: put {@code replacement} in the place of {@code range}. */
public record Fix(String title, TextRange range, String replacement) {}
