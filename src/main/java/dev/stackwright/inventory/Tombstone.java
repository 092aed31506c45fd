package dev.stackwright.inventory;

import java.time.Instant;

/** What is left of an object that was deleted. */
public record Tombstone(Kind kind, String id, String name, Instant gone) {}
