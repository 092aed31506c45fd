package dev.stackwright.plan;

/**
 * Something that a project may have only so many of.
 *
 * <p>{@code service} and {@code resource} are what the services themselves call it.
 */
public enum Quota {
    INSTANCES("compute", "instances"),
    CORES("compute", "cores"),
    RAM("compute", "ram"),
    VOLUMES("volume", "volumes"),
    GIGABYTES("volume", "gigabytes"),
    NETWORKS("network", "network"),
    SUBNETS("network", "subnet"),
    PORTS("network", "port"),
    ROUTERS("network", "router"),
    FLOATING_IPS("network", "floatingip"),
    SECURITY_GROUPS("network", "security_group"),
    SECURITY_GROUP_RULES("network", "security_group_rule"),
    KEY_PAIRS("compute", "key_pairs"),
    SERVER_GROUPS("compute", "server_groups");

    private final String service;
    private final String resource;

    Quota(String service, String resource) {
        this.service = service;
        this.resource = resource;
    }

    public String service() {
        return service;
    }

    public String resource() {
        return resource;
    }
}
