package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a plain word means in YAML 1.1 as PyYAML reads it, which is what templates were written for:
 * yes and on are flags, 0755 is octal, 12:30 counts in sixties, 1e3 is a text. Dates stay texts.
 */
final class ScalarReader {

    private static final Map<String, Value> WORDS =
            Map.ofEntries(
                    Map.entry("", Value.NULL),
                    Map.entry("~", Value.NULL),
                    Map.entry("null", Value.NULL),
                    Map.entry("Null", Value.NULL),
                    Map.entry("NULL", Value.NULL),
                    Map.entry("yes", Value.of(true)),
                    Map.entry("Yes", Value.of(true)),
                    Map.entry("YES", Value.of(true)),
                    Map.entry("true", Value.of(true)),
                    Map.entry("True", Value.of(true)),
                    Map.entry("TRUE", Value.of(true)),
                    Map.entry("on", Value.of(true)),
                    Map.entry("On", Value.of(true)),
                    Map.entry("ON", Value.of(true)),
                    Map.entry("no", Value.of(false)),
                    Map.entry("No", Value.of(false)),
                    Map.entry("NO", Value.of(false)),
                    Map.entry("false", Value.of(false)),
                    Map.entry("False", Value.of(false)),
                    Map.entry("FALSE", Value.of(false)),
                    Map.entry("off", Value.of(false)),
                    Map.entry("Off", Value.of(false)),
                    Map.entry("OFF", Value.of(false)));

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
    private static final Pattern OTHER_INTEGER =
            Pattern.compile(
                    "[-+]?(?:0b[01_]+|0[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)");
    private static final Pattern FLOAT =
            Pattern.compile(
                    "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
    private static final Pattern SIXTIES_FLOAT =
            Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*");
    private static final int LONGEST_NUMBER = 400;

    private ScalarReader() {}

    static Value plain(String word) {
        Value known = WORDS.get(word);
        if (known != null) {
            return known;
        }
        char first = word.charAt(0);
        boolean mayBeNumber =
                (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
        if (!mayBeNumber || word.length() > LONGEST_NUMBER) {
            return Value.of(word);
        }
        return number(word);
    }

    private static Value number(String word) {
        if (DECIMAL.matcher(word).matches()) {
            return integer(new BigInteger(digits(word)));
        }
        if (OTHER_INTEGER.matcher(word).matches()) {
            return otherInteger(word);
        }
        if (FLOAT.matcher(word).matches()) {
            return real(digits(word));
        }
        if (SIXTIES_FLOAT.matcher(word).matches()) {
            String[] parts = digits(word).replaceFirst("^[-+]", "").split(":");
            double sum = 0;
            for (String part : parts) {
                sum = sum * 60 + Double.parseDouble(part.equals(".") ? "0" : part);
            }
            return PythonNumbers.real(word.startsWith("-") ? -sum : sum);
        }
        return Value.of(word);
    }

    private static Value otherInteger(String word) {
        boolean negative = word.startsWith("-");
        String body = digits(word).replaceFirst("^[-+]", "");
        BigInteger number;
        try {
            if (body.startsWith("0b")) {
                number = new BigInteger(body.substring(2), 2);
            } else if (body.startsWith("0x")) {
                number = new BigInteger(body.substring(2), 16);
            } else if (body.contains(":")) {
                number = BigInteger.ZERO;
                for (String part : body.split(":")) {
                    number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
                }
            } else {
                number = new BigInteger(body, 8);
            }
        } catch (NumberFormatException _) {
            return Value.of(word);
        }
        return integer(negative ? number.negate() : number);
    }

    private static Value integer(BigInteger number) {
        return new Value.Num(new BigDecimal(number));
    }

    private static Value real(String digits) {
        try {
            return PythonNumbers.real(Double.parseDouble(digits));
        } catch (NumberFormatException _) {
            return Value.of(digits);
        }
    }

    private static String digits(String word) {
        return word.indexOf('_') < 0 ? word : word.replace("_", "");
    }
}
