package dev.stackwright.metering.packed;

import java.nio.charset.StandardCharsets;

/** Bytes that are being read, never beyond their end. */
final class Unpacking {

    private final byte[] bytes;
    private int at;

    Unpacking(byte[] bytes) {
        this.bytes = bytes;
    }

    int one() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at >= bytes.length) {
                throw new BrokenPack("A number goes on beyond the end");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BrokenPack("A number of more than ten bytes");
    }

    long signed() {
        var value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /** How many of something follow. */
    int count(int most) {
        var value = number();
        if (value < 0 || value > most) {
            throw new BrokenPack("It says that " + value + " follow; at most " + most + " can");
        }
        return (int) value;
    }

    long fixed() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    byte[] all(int length) {
        need(length);
        var some = new byte[length];
        System.arraycopy(bytes, at, some, 0, length);
        at += length;
        return some;
    }

    String text(int most) {
        return new String(all(count(most)), StandardCharsets.UTF_8);
    }

    int left() {
        return bytes.length - at;
    }

    private void need(int length) {
        if (length < 0 || length > left()) {
            throw new BrokenPack("It ends " + (length - left()) + " bytes too early");
        }
    }
}
