package dev.stackwright.operations.clearing;

import java.util.List;

/**
 * Whether the loss of one more host could be borne.
 *
 * @param host the one whose loss would be worst; empty when every loss can be borne
 * @param homeless the names of those that would have no place then
 * @param certain whether that many is proven to have none; otherwise fewer may, with better luck
 */
public record Spare(String host, List<String> homeless, boolean certain) {

    public Spare {
        homeless = List.copyOf(homeless);
    }

    public boolean isThere() {
        return homeless.isEmpty();
    }
}
