package dev.stackwright.operations.doctor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account that collects.
 *
 * @param refusedSince null while Keystone takes it
 */
public record Account(@Nullable Instant refusedSince, int times, String said) {

    public static final Account TAKEN = new Account(null, 0, "");
}
