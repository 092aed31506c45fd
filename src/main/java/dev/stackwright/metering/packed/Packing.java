package dev.stackwright.metering.packed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being written. Small numbers take few of them. */
final class Packing {

    private byte[] bytes = new byte[256];
    private int length;

    void one(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    void all(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    /** Seven bits to a byte, the lowest first; the number counts as one without a sign. */
    void number(long value) {
        room(10);
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** The same for one that may be below zero. */
    void signed(long value) {
        number(zigzag(value));
    }

    void fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    void text(String text) {
        var utf = text.getBytes(StandardCharsets.UTF_8);
        number(utf.length);
        all(utf);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /** How many bytes {@link #number} takes. */
    static int width(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }
}
