package dev.stackwright.metering;

/** The kinds of resources whose existence is metered. */
public enum ResourceKind {
    INSTANCE("instance"),
    VOLUME("volume"),
    SNAPSHOT("snapshot"),
    BACKUP("backup"),
    IMAGE("image"),
    FLOATING_IP("ip.floating"),
    ROUTER("router");

    private final String meter;

    ResourceKind(String meter) {
        this.meter = meter;
    }

    /** The name of the meter that counts the existence of such a resource. */
    public String meter() {
        return meter;
    }
}
