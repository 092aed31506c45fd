package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.TextRange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One environment file as it was read.
 *
 * @param strategies how single parameters want to be put on top of earlier files
 * @param defaultStrategy how all others do
 * @param places where the names of parameters stand
 */
record EnvironmentFile(
        Environment environment,
        Map<String, MergeStrategy> strategies,
        @Nullable MergeStrategy defaultStrategy,
        Map<String, TextRange> places,
        Diagnostics diagnostics) {

    TextRange placeOf(String parameter) {
        return places.getOrDefault(parameter, TextRange.START);
    }
}
