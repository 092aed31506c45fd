package dev.stackwright.demo;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A network such as 10.0.0.0/24 or fd00::/64, and arithmetic with its addresses. */
record Cidr(int version, BigInteger first, int prefix) {

    /** Reads a network; null when the text is none. */
    static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return null;
        }
        BigInteger address = number(text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int version = text.contains(":") ? 6 : 4;
        int prefix = Integer.parseInt(text.substring(slash + 1));
        if (prefix > bits(version)) {
            return null;
        }
        int host = bits(version) - prefix;
        return new Cidr(version, address.shiftRight(host).shiftLeft(host), prefix);
    }

    /** The number of an address; null when the text is none (names are never looked up). */
    static @Nullable BigInteger number(String address) {
        boolean looksRight =
                address.contains(":")
                        ? address.matches("[0-9a-fA-F:.]{2,45}")
                        : address.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}");
        if (!looksRight) {
            return null;
        }
        try {
            return new BigInteger(1, InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    static String text(BigInteger number, int version) {
        byte[] raw = number.toByteArray();
        byte[] bytes = new byte[bits(version) / 8];
        for (int i = 0; i < Math.min(raw.length, bytes.length); i++) {
            bytes[bytes.length - 1 - i] = raw[raw.length - 1 - i];
        }
        try {
            String long6 = InetAddress.getByAddress(bytes).getHostAddress();
            return version == 4 ? long6 : shortened(long6);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(number.toString(), e);
        }
    }

    private static String shortened(String address) {
        return address.replaceFirst("(^|:)0(:0)+(:|$)", "::").replace(":::", "::");
    }

    private static int bits(int version) {
        return version == 6 ? 128 : 32;
    }

    BigInteger last() {
        return first.add(BigInteger.ONE.shiftLeft(bits(version) - prefix)).subtract(BigInteger.ONE);
    }

    boolean contains(BigInteger address) {
        return address.compareTo(first) >= 0 && address.compareTo(last()) <= 0;
    }

    boolean overlaps(Cidr other) {
        return version == other.version && (contains(other.first) || other.contains(first));
    }

    String at(long offset) {
        return text(first.add(BigInteger.valueOf(offset)), version);
    }

    @Override
    public String toString() {
        return text(first, version) + "/" + prefix;
    }
}
