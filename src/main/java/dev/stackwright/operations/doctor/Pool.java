package dev.stackwright.operations.doctor;

import java.time.Instant;

/**
 * A place for volumes.
 *
 * @param name {@code host@backend#pool}
 * @param freeGb what can still be given out
 */
public record Pool(String name, double totalGb, double freeGb, Instant read) {

    /** Less than a hundredth is left, or not a whole gigabyte. */
    boolean isFull() {
        return totalGb > 0 && (freeGb < 1 || freeGb < totalGb / 100);
    }
}
