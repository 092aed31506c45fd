package dev.stackwright.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a list of stacks, with the key that the next page begins after. */
public record StackPage(List<StackView> rows, @Nullable String next, int total) {
    public StackPage {
        rows = List.copyOf(rows);
    }
}
