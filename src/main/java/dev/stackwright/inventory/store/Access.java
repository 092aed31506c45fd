package dev.stackwright.inventory.store;

/**
 * That an owner let a project in.
 *
 * @param id of the object
 * @param project or {@code *} for every one
 * @param means in which way, such as {@code access_as_shared} or {@code member}
 */
public record Access(String id, String project, String means) {}
