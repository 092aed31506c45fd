package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether and how a value fits a parameter: its type, then its constraints. */
final class ParameterFit {

    private static final Set<String> TRUE = Set.of("true", "yes", "on", "1", "t", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "0", "f", "n");

    private ParameterFit() {}

    /** What came of a conversion. */
    sealed interface Conversion {}

    record Fits(Value value) implements Conversion {}

    record Differs(String sentence) implements Conversion {}

    /** A constraint that is not fulfilled. */
    record Problem(Rule rule, String sentence) {}

    static Conversion convert(ParameterDefinition definition, Value given) {
        Value value =
                switch (definition.type()) {
                    case STRING -> string(given);
                    case NUMBER -> number(given);
                    case LIST -> list(given);
                    case JSON -> json(given);
                    case BOOLEAN -> flag(given);
                };
        if (value != null) {
            return new Fits(value);
        }
        String shown = definition.hidden() ? "The value" : "`" + PythonText.shown(given) + "`";
        return new Differs(
                "%s is not %s, which the parameter `%s` needs."
                        .formatted(shown, needed(definition.type()), definition.name()));
    }

    private static String needed(ParameterType type) {
        return switch (type) {
            case STRING -> "a text";
            case NUMBER -> "a number";
            case LIST -> "a list (or texts with commas between them)";
            case JSON -> "a map or list, or valid JSON";
            case BOOLEAN -> "true or false";
        };
    }

    private static @Nullable Value string(Value given) {
        return switch (given) {
            case Value.Text text -> text;
            case Value.Bool _, Value.Num _, Value.Items _, Value.Entries _ ->
                    Value.of(PythonText.repr(given));
            case Value.Unknown unknown -> unknown;
            case Value.Null _ -> null;
        };
    }

    private static @Nullable Value number(Value given) {
        return switch (given) {
            case Value.Num num -> num;
            case Value.Bool bool -> Value.of(bool.value() ? 1 : 0);
            case Value.Text text -> {
                BigDecimal number = PythonNumbers.number(text.value());
                yield number == null ? null : new Value.Num(number);
            }
            case Value.Unknown unknown -> unknown;
            case Value.Null _, Value.Items _, Value.Entries _ -> null;
        };
    }

    private static @Nullable Value list(Value given) {
        return switch (given) {
            case Value.Text text ->
                    text.value().isEmpty()
                            ? new Value.Items(List.of())
                            : new Value.Items(TextFunctions.StrSplit.split(text.value(), ","));
            case Value.Items items ->
                    new Value.Items(items.values().stream().map(ParameterFit::asText).toList());
            case Value.Bool _, Value.Num _ -> Value.list(asText(given));
            case Value.Unknown unknown -> unknown;
            case Value.Null _, Value.Entries _ -> null;
        };
    }

    private static Value asText(Value item) {
        return item instanceof Value.Unknown ? item : Value.of(PythonText.repr(item));
    }

    private static @Nullable Value json(Value given) {
        return switch (given) {
            case Value.Entries _, Value.Items _, Value.Unknown _ -> given;
            case Value.Text text when text.value().isEmpty() -> text;
            case Value.Text text -> Json.parse(text.value());
            case Value.Bool _, Value.Num _ -> given;
            case Value.Null _ -> null;
        };
    }

    private static @Nullable Value flag(Value given) {
        return switch (given) {
            case Value.Bool bool -> bool;
            case Value.Unknown unknown -> unknown;
            case Value.Text _, Value.Num _ -> {
                String word = PythonText.str(given).strip().toLowerCase(Locale.ROOT);
                yield TRUE.contains(word)
                        ? Value.of(true)
                        : FALSE.contains(word) ? Value.of(false) : null;
            }
            case Value.Null _, Value.Items _, Value.Entries _ -> null;
        };
    }

    /** The first constraint that a converted value does not fulfil. */
    static Optional<Problem> problem(
            ParameterDefinition definition,
            Value value,
            Constraints constraints,
            boolean askTheCloud) {
        if (Unknowns.in(value).isPresent()) {
            return Optional.empty();
        }
        for (ParameterConstraint constraint : definition.constraints()) {
            if (constraint instanceof ParameterConstraint.AllowedPattern pattern
                    && pattern(pattern, value) == PythonPattern.Answer.TOO_COMPLEX) {
                return Optional.of(
                        new Problem(
                                Rule.PATTERN_TOO_COMPLEX,
                                "The pattern of parameter `%s` takes too long to match the value."
                                        .formatted(definition.name())));
            }
            String mistake =
                    switch (constraint) {
                        case ParameterConstraint.Length length -> length(length, value);
                        case ParameterConstraint.Range range -> range(range, value);
                        case ParameterConstraint.Modulo modulo -> modulo(modulo, value);
                        case ParameterConstraint.AllowedValues allowed -> allowed(allowed, value);
                        case ParameterConstraint.AllowedPattern pattern ->
                                pattern(pattern, value) == PythonPattern.Answer.MATCHES
                                        ? null
                                        : "It must match the pattern %s."
                                                .formatted(pattern.pattern());
                        case ParameterConstraint.Custom custom ->
                                askTheCloud
                                        ? CustomConstraints.check(custom.name(), value, constraints)
                                                .orElse(null)
                                        : null;
                    };
            if (mistake != null) {
                String told = constraint.description() == null ? mistake : constraint.description();
                String shown =
                        definition.hidden() ? "The value" : "`" + PythonText.shown(value) + "`";
                return Optional.of(
                        new Problem(
                                Rule.PARAMETER_VALUE,
                                "%s does not fit the parameter `%s`. %s"
                                        .formatted(shown, definition.name(), told)));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String length(ParameterConstraint.Length constraint, Value value) {
        int length =
                switch (value) {
                    case Value.Text text -> text.value().codePointCount(0, text.value().length());
                    case Value.Items items -> items.values().size();
                    case Value.Entries entries -> entries.values().size();
                    case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ -> -1;
                };
        boolean short_ = constraint.min() != null && length < constraint.min();
        boolean long_ = constraint.max() != null && length > constraint.max();
        return length >= 0 && (short_ || long_)
                ? "Its length is %d; it must be %s."
                        .formatted(length, between(constraint.min(), constraint.max()))
                : null;
    }

    private static @Nullable String range(ParameterConstraint.Range constraint, Value value) {
        if (!(value instanceof Value.Num num)) {
            return null;
        }
        boolean small = constraint.min() != null && num.value().compareTo(constraint.min()) < 0;
        boolean large = constraint.max() != null && num.value().compareTo(constraint.max()) > 0;
        return small || large
                ? "It must be %s.".formatted(between(constraint.min(), constraint.max()))
                : null;
    }

    private static String between(@Nullable Number min, @Nullable Number max) {
        if (min == null) {
            return "at most " + max;
        }
        return max == null ? "at least " + min : "between " + min + " and " + max;
    }

    private static @Nullable String modulo(ParameterConstraint.Modulo constraint, Value value) {
        if (!(value instanceof Value.Num num) || constraint.step().signum() == 0) {
            return null;
        }
        BigDecimal rest = num.value().subtract(constraint.offset()).remainder(constraint.step());
        return rest.signum() == 0
                ? null
                : "It must be %s more than a multiple of %s."
                        .formatted(constraint.offset(), constraint.step());
    }

    private static @Nullable String allowed(
            ParameterConstraint.AllowedValues constraint, Value value) {
        boolean list = value instanceof Value.Items; // whose items are texts and nothing else
        var values = value instanceof Value.Items items ? items.values() : List.of(value);
        for (Value one : values) {
            boolean found =
                    list
                            ? Equality.contains(constraint.values(), one)
                            : constraint.values().stream().anyMatch(allowed -> same(allowed, one));
            if (!found) {
                String choice =
                        String.join(
                                ", ", constraint.values().stream().map(PythonText::shown).toList());
                return "It must be one of: %s.".formatted(choice);
            }
        }
        return null;
    }

    /** An allowed value may be written as 1 or "1". */
    private static boolean same(Value allowed, Value value) {
        if (Equality.equal(allowed, value)) {
            return true;
        }
        if (value instanceof Value.Bool flag) {
            return flag(allowed) instanceof Value.Bool other && other.value() == flag.value();
        }
        return value instanceof Value.Num num
                ? number(allowed) instanceof Value.Num other
                        && other.value().compareTo(num.value()) == 0
                : PythonText.str(allowed).equals(PythonText.str(value));
    }

    private static PythonPattern.Answer pattern(
            ParameterConstraint.AllowedPattern constraint, Value value) {
        try {
            return PythonPattern.of(constraint.pattern()).takesAll(PythonText.str(value));
        } catch (IllegalArgumentException _) {
            return PythonPattern.Answer.MATCHES; // told once, where the pattern stands
        }
    }
}
