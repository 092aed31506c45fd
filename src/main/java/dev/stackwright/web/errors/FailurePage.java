package dev.stackwright.web.errors;

import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a page about a failure shows.
 *
 * @param retry where "Try again" leads; null when trying again makes no sense
 * @param home where the way back leads
 */
record FailurePage(
        int status,
        Words label,
        Words sentence,
        @Nullable Words further,
        @Nullable String retry,
        String home,
        List<Fact> facts,
        String asText) {}
