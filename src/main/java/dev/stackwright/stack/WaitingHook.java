package dev.stackwright.stack;

import java.time.Instant;
import java.util.UUID;

/**
 * A run waits for a person.
 *
 * @param stack in which the resource is, perhaps one inside
 * @param resource the id of its row
 * @param hook as environments write it, such as {@code pre-create}
 */
public record WaitingHook(UUID stack, UUID resource, String name, String hook, Instant since) {}
