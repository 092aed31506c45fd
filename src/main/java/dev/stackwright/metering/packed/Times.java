package dev.stackwright.metering.packed;

/** Times to the microsecond, written in the coarsest unit that holds them all. */
final class Times {

    private static final long[] MICROS = {1, 1_000, 1_000_000, 60_000_000};

    private Times() {}

    static void write(Packing out, long[] micros) {
        int unit = unit(micros);
        out.one(unit);
        var times = new long[micros.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = micros[i] / MICROS[unit];
        }
        Numbers.of(times).write(out);
    }

    private static int unit(long[] micros) {
        for (int unit = MICROS.length - 1; unit > 0; unit--) {
            var fits = true;
            for (var time : micros) {
                fits &= time % MICROS[unit] == 0;
            }
            if (fits) {
                return unit;
            }
        }
        return 0;
    }

    static long[] read(Unpacking in, int size) {
        int unit = in.one();
        if (unit >= MICROS.length) {
            throw new BrokenPack("Times in the unit " + unit);
        }
        var times = Numbers.read(in, size);
        if (!times.areWhole()) {
            throw new BrokenPack("Times that are no whole numbers");
        }
        var micros = new long[size];
        for (int i = 0; i < size; i++) {
            micros[i] = times.whole(i) * MICROS[unit];
        }
        return micros;
    }

    static void skip(Unpacking in, int size) {
        in.one();
        Numbers.skip(in, size);
    }
}
