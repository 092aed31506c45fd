package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of the stacks behind the resources that have one. */
public interface Nested {

    /** No resource has a stack behind it. */
    Nested NONE = (_, _, _) -> Optional.empty();

    /**
     * Empty when there is no stack behind the resource.
     *
     * @param stands whether the stack that is there goes on, or goes; otherwise a new one is made
     * @param properties what the resource is given, or null when it goes
     */
    Optional<Inside> inside(String resource, boolean stands, Value.@Nullable Entries properties);
}
