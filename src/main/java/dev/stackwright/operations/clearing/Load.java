package dev.stackwright.operations.clearing;

/** What a host takes up: as it is, and as it will be. */
public record Load(Place place, Amounts after, int arriving) {}
