package dev.stackwright.operations.clearing;

import java.util.Locale;

/** Why an instance cannot leave, cannot leave as it is, or what to know when it does. */
public enum Obstacle {
    // It stays.
    BUSY(Way.STAYS),
    UNCONFIRMED(Way.STAYS),
    FAILED(Way.STAYS),
    RESCUED(Way.STAYS),
    SUSPENDED(Way.STAYS),
    SHELVED(Way.STAYS),
    PAUSED(Way.STAYS),
    UNKNOWN_STATE(Way.STAYS),
    TOGETHER(Way.STAYS),
    APART(Way.STAYS),
    ZONE(Way.STAYS),
    AGGREGATE(Way.STAYS),
    TRAIT(Way.STAYS),
    TOO_LARGE(Way.STAYS),
    NO_HOST(Way.STAYS),
    NO_ROOM(Way.STAYS),
    // It is stopped on the way.
    STOPPED(Way.COLD),
    DEVICE(Way.COLD),
    SECURITY_CHIP(Way.COLD),
    DIRECT_PORT(Way.COLD),
    // To be known.
    LOCAL_DISK(Way.LIVE),
    DISK_LOST(Way.EVACUATE),
    KEPT_APART(Way.LIVE);

    private final Way allows;

    Obstacle(Way allows) {
        this.allows = allows;
    }

    /** The best way that is left. */
    public Way allows() {
        return allows;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
