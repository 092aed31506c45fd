package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Words;
import org.jspecify.annotations.Nullable;

/** The last lines of an instance's console. */
record LogPage(
        String name,
        String text,
        int lines,
        @Nullable Words trouble,
        String list,
        String instance,
        String self) {}
