package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;

/** Something that a sentence of the doctor speaks of; a page says it in its reader's way. */
public sealed interface Term {

    /** Text as it is: what a service said, a name that everybody may know. */
    record Text(String text) implements Term {}

    /** The name of a machine, which the owner of an instance is not told. */
    record Machine(String name) implements Term {}

    record Moment(Instant at) implements Term {}

    record Span(Duration length) implements Term {}

    record Count(long number) implements Term {}

    static Term of(Object value) {
        return switch (value) {
            case Term term -> term;
            case Instant at -> new Moment(at);
            case Duration length -> new Span(length);
            case Integer number -> new Count(number);
            case Long number -> new Count(number);
            default -> new Text(value.toString());
        };
    }

    static Term machine(String name) {
        return new Machine(name);
    }
}
