package dev.stackwright.inventory;

/** How many stand in one status. */
public record StatusCount(String status, long count) {}
