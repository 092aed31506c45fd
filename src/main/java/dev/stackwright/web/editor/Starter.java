package dev.stackwright.web.editor;

/**
 * A template to begin with.
 *
 * @param name what stands in an address: {@code single-server}
 */
public record Starter(String name, String title, String description, String text) {}
