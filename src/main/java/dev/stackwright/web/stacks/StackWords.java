package dev.stackwright.web.stacks;

import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackProgress;
import dev.stackwright.stack.StackResource;
import dev.stackwright.stack.StackView;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.util.Locale;

/** How states are said. */
public final class StackWords {

    private StackWords() {}

    public static Status status(StackView stack) {
        var status = status(stack.action(), stack.progress());
        if (stack.isMoving() && stack.steps() > 0) {
            return status.because(Words.of("stacks.steps", stack.doneSteps(), stack.steps()));
        }
        return stack.progress() == StackProgress.FAILED && !stack.reason().isEmpty()
                ? status.because(Words.verbatim(stack.reason()))
                : status;
    }

    /**
     * @param moving whether its stack is at work, so that its turn may come
     */
    static Status status(StackResource resource, boolean moving) {
        if (!resource.begun()) {
            return Status.of(Tone.WAIT, moving ? "stacks.waits" : "stacks.notbegun");
        }
        var status = status(resource.action(), resource.progress());
        var why = resource.isMoving() ? resource.note() : resource.reason();
        return why.isEmpty() ? status : status.because(Words.verbatim(why));
    }

    static Status status(StackAction action, StackProgress progress) {
        var tone =
                switch (progress) {
                    case IN_PROGRESS -> Tone.BUSY;
                    case COMPLETE -> action == StackAction.DELETE ? Tone.STOP : Tone.OK;
                    case FAILED -> Tone.BAD;
                };
        return Status.of(
                tone,
                "stacks.%s.%s"
                        .formatted(
                                action.name().toLowerCase(Locale.ROOT),
                                progress.name().toLowerCase(Locale.ROOT)));
    }
}
