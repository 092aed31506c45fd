package dev.stackwright.demo;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** How Nova checks what stands behind the question mark. */
final class NovaQuery {

    private NovaQuery() {}

    /** Lists with a strict schema know no other parameter than these. */
    static void only(Call call, Set<String> known) {
        for (String name : call.queries().keySet()) {
            if (!known.contains(name)) {
                throw new Refusal(
                        400,
                        "Additional properties are not allowed ('" + name + "' was unexpected)");
            }
        }
    }

    static void digits(Call call, String... names) {
        for (String name : names) {
            String value = call.query(name);
            if (value != null && !value.matches("[0-9]*")) {
                throw invalid(name, value, "does not match '^[0-9]*$'");
            }
        }
    }

    static void oneOf(Call call, String name, List<String> known) {
        for (String value : call.queries(name)) {
            if (!known.contains(value)) {
                throw invalid(name, value, "is not one of ['" + String.join("', '", known) + "']");
            }
        }
    }

    static void moment(Call call, String name) {
        String value = call.query(name);
        if (value != null && !isMoment(value)) {
            throw invalid(name, value, "is not a 'date-time'");
        }
    }

    private static boolean isMoment(String value) {
        try {
            return OffsetDateTime.parse(
                            value.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? value : value + "Z")
                    .toInstant()
                    .isAfter(Instant.EPOCH);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    static Refusal invalid(String name, String value, String why) {
        return new Refusal(
                400,
                "Invalid input for query parameters "
                        + name
                        + ". Value: "
                        + value
                        + ". '"
                        + value
                        + "' "
                        + why);
    }
}
