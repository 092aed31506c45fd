package dev.stackwright.web.setup;

import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this installation stands.
 *
 * @param when absent when nothing was tested since the start
 */
record SetupPage(Words answer, @Nullable Instant when, List<Finding> findings, String action) {

    static SetupPage of(Examinations.@Nullable Examination examination, String action) {
        if (examination == null) {
            return new SetupPage(Words.of("setup.answer.untested"), null, List.of(), action);
        }
        var findings = examination.findings();
        return new SetupPage(answer(findings), examination.when(), findings, action);
    }

    private static Words answer(List<Finding> findings) {
        var broken = findings.stream().filter(one -> one.tone() == Tone.BAD).count();
        if (broken > 0) {
            return Words.of(
                    broken == 1 ? "setup.answer.broken.one" : "setup.answer.broken", broken);
        }
        var worth = findings.stream().filter(one -> one.tone() == Tone.WARN).count();
        return worth > 0
                ? Words.of(worth == 1 ? "setup.answer.worth.one" : "setup.answer.worth", worth)
                : Words.of("setup.answer.fine");
    }
}
