package dev.stackwright.template;

import org.jspecify.annotations.Nullable;

/** What pseudo parameters such as OS::stack_name tell; what is null is not known yet. */
public record StackIdentity(@Nullable String name, @Nullable String id, @Nullable String project) {

    /** A template that nobody has launched. */
    public static final StackIdentity UNKNOWN = new StackIdentity(null, null, null);
}
