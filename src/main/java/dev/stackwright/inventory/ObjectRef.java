package dev.stackwright.inventory;

/**
 * Points at one thing on the cloud.
 *
 * @param id as the cloud has it; of a keypair, its name
 */
public record ObjectRef(Kind kind, String id) {}
