package dev.stackwright.inventory;

/** A size of server. */
public record Flavor(
        String id, String name, int vcpus, long memoryMb, long diskGb, boolean isPublic) {}
