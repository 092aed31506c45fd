package dev.stackwright.web.overview;

import dev.stackwright.stack.StackView;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.util.Locale;

/** A stack's state in a word or two. */
final class StackStatuses {

    private StackStatuses() {}

    static Status of(StackView stack) {
        String action = stack.action().name().toLowerCase(Locale.ROOT);
        return switch (stack.progress()) {
            case COMPLETE -> Status.of(Tone.OK, "overview.stack." + action + ".complete");
            case FAILED -> Status.of(Tone.BAD, "overview.stack." + action + ".failed");
            case IN_PROGRESS ->
                    new Status(
                            Tone.BUSY,
                            stack.steps() > 0
                                    ? Words.of(
                                            "overview.stack." + action + ".steps",
                                            stack.doneSteps(),
                                            stack.steps())
                                    : Words.of("overview.stack." + action + ".moving"),
                            null);
        };
    }
}
