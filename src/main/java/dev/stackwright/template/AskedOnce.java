package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks about each value once during one check, however many resources name it. */
final class AskedOnce implements Constraints {

    private record Question(String constraintName, Value value) {}

    private final Constraints constraints;
    private final Map<Question, Optional<String>> answers = new HashMap<>();

    AskedOnce(Constraints constraints) {
        this.constraints = constraints;
    }

    @Override
    public Optional<String> check(String constraintName, Value value) {
        return answers.computeIfAbsent(
                new Question(constraintName, value),
                question -> constraints.check(question.constraintName(), question.value()));
    }
}
