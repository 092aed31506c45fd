package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Numbers as templates know them: whole ones, and real ones that keep their point. A whole number
 * has scale zero or less, a real one a positive scale.
 */
final class PythonNumbers {

    private static final Pattern INTEGER = Pattern.compile("\\s*[-+]?[0-9]+(?:_[0-9]+)*\\s*");
    private static final Pattern REAL =
            Pattern.compile(
                    "\\s*[-+]?(?:[0-9]+(?:_[0-9]+)*\\.?(?:[0-9]+)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?\\s*");
    private static final int LONGEST = 400;

    private PythonNumbers() {}

    static Value real(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Value.of(Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf");
        }
        var decimal = new BigDecimal(Double.toString(number));
        return new Value.Num(decimal.scale() < 1 ? decimal.setScale(1) : decimal);
    }

    static boolean isWhole(Value.Num number) {
        return number.value().scale() <= 0;
    }

    /** Reads a text as int() does; null when it is none. */
    static @org.jspecify.annotations.Nullable BigDecimal whole(String text) {
        if (text.length() > LONGEST || !INTEGER.matcher(text).matches()) {
            return null;
        }
        return new BigDecimal(text.strip().replace("_", "").replaceFirst("^\\+", ""));
    }

    /** A value as an index, as int() makes it one; null when it is none. */
    static @org.jspecify.annotations.Nullable BigDecimal index(Value value) {
        return switch (value) {
            case Value.Num num -> new BigDecimal(num.value().toBigInteger());
            case Value.Bool flag -> flag.value() ? BigDecimal.ONE : BigDecimal.ZERO;
            case Value.Text text -> whole(text.value());
            case Value.Null _, Value.Items _, Value.Entries _, Value.Unknown _ -> null;
        };
    }

    /** Reads a text as int(), or else as float(); null when it is neither. */
    static @org.jspecify.annotations.Nullable BigDecimal number(String text) {
        BigDecimal whole = whole(text);
        if (whole != null) {
            return whole;
        }
        if (text.length() > LONGEST || !REAL.matcher(text).matches()) {
            return null;
        }
        return real(Double.parseDouble(text.strip().replace("_", ""))) instanceof Value.Num num
                ? num.value()
                : null;
    }

    /** The number as str() writes it. */
    static String text(BigDecimal number) {
        if (number.scale() <= 0) {
            return number.toBigInteger().toString();
        }
        double real = number.doubleValue();
        double size = Math.abs(real);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            String[] parts = Double.toString(real).split("E");
            String mantissa =
                    parts[0].endsWith(".0")
                            ? parts[0].substring(0, parts[0].length() - 2)
                            : parts[0];
            int exponent = Integer.parseInt(parts[1]);
            return mantissa
                    + "e"
                    + (exponent < 0 ? "-" : "+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        String plain = new BigDecimal(Double.toString(real)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
