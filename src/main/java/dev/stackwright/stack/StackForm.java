package dev.stackwright.stack;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants a stack to be. Nothing in it has been checked.
 *
 * @param stack the stack to change, or null for a new one
 * @param name of a new stack; ignored for one that exists
 * @param template the text, to be kept byte for byte
 * @param environment the text of an environment, or empty
 * @param files what {@code get_file} and nested templates read, by name
 * @param parameters what was typed, by name. A parameter that is missing takes its default; a
 *     hidden one that is missing keeps its value when the stack has one
 * @param timeout how long an action may take, or null for the default
 */
public record StackForm(
        @Nullable UUID stack,
        String name,
        String template,
        String environment,
        Map<String, String> files,
        Map<String, String> parameters,
        @Nullable Duration timeout) {

    public StackForm {
        files = Map.copyOf(files);
        parameters = Map.copyOf(parameters);
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "StackForm[stack=%s, name=%s]".formatted(stack, name);
    }
}
