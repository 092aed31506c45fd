package dev.stackwright.cloud;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says a mistake in {@code clouds.yaml} at start in a sentence instead of a stack trace. */
class ProblemAnalyzer extends AbstractFailureAnalyzer<CloudsYaml.Problem> {

    @Override
    protected FailureAnalysis analyze(Throwable root, CloudsYaml.Problem problem) {
        return new FailureAnalysis(
                problem.getMessage(),
                "Mend the file or the setting; docs/configuration.md has an example of each.",
                problem);
    }
}
