package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks before an instance is deleted.
 *
 * @param volumes that stay, or go if they were made with it
 * @param unable why it cannot be deleted, null when it can
 */
record DeletePage(
        String name,
        String flavor,
        long diskGb,
        List<String> volumes,
        @Nullable Words unable,
        String post,
        String instance,
        String list) {}
