package dev.stackwright.web.stacks;

import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of what can be done with a stack.
 *
 * @param tags as typed: with commas between
 * @param versions those that it could go back to
 * @param signalled those that can be told something
 * @param older where the events before these are, null when there are none
 */
record StackActionsPage(
        String name,
        Status status,
        String here,
        String stacks,
        @Nullable Words unable,
        boolean moving,
        boolean suspended,
        boolean deleted,
        boolean deleteProtected,
        String tags,
        List<Integer> versions,
        List<String> resources,
        List<String> signalled,
        List<Consumer> consumers,
        List<StackSheet.Event> events,
        @Nullable String older) {

    /** An output, and the stacks that were given its value. */
    record Consumer(String output, String stacks) {}
}
