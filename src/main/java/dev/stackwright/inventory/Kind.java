package dev.stackwright.inventory;

/** The kinds of things that the inventory knows of. */
public enum Kind {
    SERVER,
    VOLUME,
    VOLUME_SNAPSHOT,
    VOLUME_TYPE,
    NETWORK,
    SUBNET,
    PORT,
    ROUTER,
    FLOATING_IP,
    SECURITY_GROUP,
    IMAGE,
    FLAVOR,
    KEYPAIR,
    SERVER_GROUP,
    AVAILABILITY_ZONE,
    PROJECT,
    HYPERVISOR,
    COMPUTE_SERVICE,
    NETWORK_AGENT,
    VOLUME_SERVICE;

    /** Seen by administrators alone: what the cloud is made of rather than what is on it. */
    public boolean isMachinery() {
        return switch (this) {
            case PROJECT, HYPERVISOR, COMPUTE_SERVICE, NETWORK_AGENT, VOLUME_SERVICE -> true;
            default -> false;
        };
    }
}
