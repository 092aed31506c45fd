package dev.stackwright.metering.packed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of numbers in few bytes, each of them exactly as it was.
 *
 * <p>The numbers become whole ones by a common power of ten, or of two where that does (a gauge
 * that was divided by 1024 has ten digits behind the dot and yet only ten bits), and then whatever
 * is shortest is written: once when all are the same, the differences (counters), the differences
 * of differences (times), or what each has above the least (noise). Numbers that no 64 bits hold
 * are written one by one.
 */
final class Numbers {

    private static final int SAME = 0;
    private static final int STEPS = 1;
    private static final int STEPS_OF_STEPS = 2;
    private static final int ABOVE_LEAST = 3;
    private static final int EXACT = 4;
    private static final int WAYS = 7;
    private static final int BY_TWO = 8;
    private static final int MOST_DIGITS = 12;
    private static final int LONGEST = 64;

    private static final BigInteger[] FIVE = new BigInteger[MOST_DIGITS + 1];

    static {
        for (int i = 0; i <= MOST_DIGITS; i++) {
            FIVE[i] = BigInteger.valueOf(5).pow(i);
        }
    }

    private final long[] units;
    private final int digits;
    private final boolean byTwo;
    private final BigDecimal @Nullable [] exact;

    private Numbers(long[] units, int digits, boolean byTwo, BigDecimal @Nullable [] exact) {
        this.units = units;
        this.digits = digits;
        this.byTwo = byTwo;
        this.exact = exact;
    }

    static Numbers of(long[] units) {
        return new Numbers(units, 0, false, null);
    }

    static Numbers of(List<BigDecimal> numbers) {
        int digits = 0;
        var plain = new BigDecimal[numbers.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain(numbers.get(i));
            digits = Math.max(digits, plain[i].scale());
        }
        if (digits > MOST_DIGITS) {
            return new Numbers(new long[0], 0, false, plain);
        }
        var units = new BigInteger[plain.length];
        var byTwo = digits > 0;
        for (int i = 0; i < plain.length; i++) {
            units[i] = plain[i].setScale(digits).unscaledValue();
            byTwo = byTwo && units[i].mod(FIVE[digits]).signum() == 0;
        }
        var longs = new long[plain.length];
        for (int i = 0; i < plain.length; i++) {
            var unit = byTwo ? units[i].divide(FIVE[digits]) : units[i];
            if (unit.bitLength() > 63) {
                return new Numbers(new long[0], 0, false, plain);
            }
            longs[i] = unit.longValue();
        }
        return new Numbers(longs, digits, byTwo, null);
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    int size() {
        return exact == null ? units.length : exact.length;
    }

    /** Whether they are whole numbers of 64 bits. */
    boolean areWhole() {
        return exact == null && digits == 0;
    }

    long whole(int index) {
        return units[index];
    }

    BigDecimal at(int index) {
        if (exact != null) {
            return exact[index];
        }
        if (digits == 0) {
            return BigDecimal.valueOf(units[index]);
        }
        return plain(
                byTwo
                        ? new BigDecimal(
                                BigInteger.valueOf(units[index]).multiply(FIVE[digits]), digits)
                        : BigDecimal.valueOf(units[index], digits));
    }

    void write(Packing out) {
        var single = exact;
        if (single != null) {
            out.one(EXACT);
            for (var number : single) {
                var unscaled = number.unscaledValue().toByteArray();
                out.signed(number.scale());
                out.number(unscaled.length);
                out.all(unscaled);
            }
            return;
        }
        var least = least();
        int way = shortest(least);
        out.one(way | (byTwo ? BY_TWO : 0) | digits << 4);
        if (units.length == 0) {
            return;
        }
        switch (way) {
            case SAME -> out.signed(units[0]);
            case ABOVE_LEAST -> {
                out.signed(least);
                for (var unit : units) {
                    out.number(unit - least);
                }
            }
            default -> {
                long before = 0;
                long step = 0;
                for (int i = 0; i < units.length; i++) {
                    var next = units[i] - before;
                    out.signed(way == STEPS_OF_STEPS && i > 1 ? next - step : next);
                    step = next;
                    before = units[i];
                }
            }
        }
    }

    private long least() {
        var least = units.length == 0 ? 0 : units[0];
        for (var unit : units) {
            least = Math.min(least, unit);
        }
        return least;
    }

    private int shortest(long least) {
        var same = true;
        long above = Packing.width(Packing.zigzag(least));
        long steps = 0;
        long stepsOfSteps = 0;
        long before = 0;
        long step = 0;
        for (int i = 0; i < units.length; i++) {
            same &= units[i] == units[0];
            above += Packing.width(units[i] - least);
            var next = units[i] - before;
            steps += Packing.width(Packing.zigzag(next));
            stepsOfSteps += Packing.width(Packing.zigzag(i > 1 ? next - step : next));
            step = next;
            before = units[i];
        }
        if (same) {
            return SAME;
        }
        if (above <= steps && above <= stepsOfSteps) {
            return ABOVE_LEAST;
        }
        return steps <= stepsOfSteps ? STEPS : STEPS_OF_STEPS;
    }

    static Numbers read(Unpacking in, int size) {
        int head = in.one();
        int way = head & WAYS;
        int digits = head >>> 4;
        var byTwo = (head & BY_TWO) != 0;
        if (way > EXACT || digits > MOST_DIGITS) {
            throw new BrokenPack("Numbers are not written in the way " + head);
        }
        if (way == EXACT) {
            return new Numbers(new long[0], 0, false, exact(in, size));
        }
        if (way != SAME && in.left() < size) {
            throw new BrokenPack(size + " numbers do not fit into " + in.left() + " bytes");
        }
        var units = new long[size];
        if (size == 0) {
            return new Numbers(units, digits, byTwo, null);
        }
        switch (way) {
            case SAME -> java.util.Arrays.fill(units, in.signed());
            case ABOVE_LEAST -> {
                var least = in.signed();
                for (int i = 0; i < size; i++) {
                    units[i] = least + in.number();
                }
            }
            default -> {
                long before = 0;
                long step = 0;
                for (int i = 0; i < size; i++) {
                    var next = in.signed();
                    step = way == STEPS_OF_STEPS && i > 1 ? step + next : next;
                    before += step;
                    units[i] = before;
                }
            }
        }
        return new Numbers(units, digits, byTwo, null);
    }

    /** Goes on behind numbers that nobody wants. */
    static void skip(Unpacking in, int size) {
        int way = in.one() & WAYS;
        if (way == EXACT) {
            exact(in, size);
            return;
        }
        int written =
                way == SAME ? Math.min(size, 1) : way == ABOVE_LEAST && size > 0 ? size + 1 : size;
        for (int i = 0; i < written; i++) {
            in.number();
        }
    }

    private static BigDecimal[] exact(Unpacking in, int size) {
        if (in.left() < 3L * size) {
            throw new BrokenPack(size + " numbers do not fit into " + in.left() + " bytes");
        }
        var numbers = new BigDecimal[size];
        for (int i = 0; i < size; i++) {
            var scale = in.signed();
            var length = in.count(LONGEST);
            if (length == 0 || scale < 0 || scale > 1000) {
                throw new BrokenPack("A number of no bytes, or with " + scale + " digits");
            }
            numbers[i] = new BigDecimal(new BigInteger(in.all(length)), (int) scale);
        }
        return numbers;
    }
}
