package dev.stackwright.metering.packed;

/** Bytes that no pack begins, or that end too early: a row that somebody else wrote. */
public final class BrokenPack extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenPack(String why) {
        super(why);
    }
}
