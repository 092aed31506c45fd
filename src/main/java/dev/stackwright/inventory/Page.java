package dev.stackwright.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param previous the cursor of the rows before these, null at the beginning
 * @param next the cursor of the rows after these, null at the end
 */
public record Page<T>(List<T> rows, @Nullable String previous, @Nullable String next) {

    public Page {
        rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }
}
