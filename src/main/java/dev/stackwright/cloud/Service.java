package dev.stackwright.cloud;

import java.util.List;
import java.util.Optional;

/**
 * A kind of OpenStack service, with the names under which catalogs list it and the version that
 * belongs into its address.
 */
public enum Service {
    IDENTITY("Keystone", "identity", "/v3", "identity"),
    COMPUTE("Nova", "compute", "", "compute"),
    NETWORK("Neutron", "network", "/v2.0", "network"),
    VOLUME("Cinder", "volume", "", "block-storage", "volumev3", "block-store", "volume"),
    IMAGE("Glance", "image", "/v2", "image"),
    PLACEMENT("Placement", "placement", "", "placement"),
    ORCHESTRATION("Heat", "orchestration", "", "orchestration"),
    LOAD_BALANCER("Octavia", "load-balancer", "/v2", "load-balancer"),
    DNS("Designate", "dns", "/v2", "dns"),
    KEY_MANAGER("Barbican", "key-manager", "/v1", "key-manager"),
    OBJECT_STORE("Swift", "object-store", "", "object-store"),
    SHARED_FILE_SYSTEM(
            "Manila", "shared-file-system", "", "shared-file-system", "sharev2", "share"),
    CONTAINER_INFRA(
            "Magnum",
            "container-infra",
            "/v1",
            "container-infrastructure-management",
            "container-infra");

    private final String project;
    private final String microversionName;
    private final String version;
    private final List<String> types;

    Service(String project, String microversionName, String version, String... types) {
        this.project = project;
        this.microversionName = microversionName;
        this.version = version;
        this.types = List.of(types);
    }

    /** What operators call it: Nova, Neutron. */
    public String project() {
        return project;
    }

    /** Catalog types that mean this service, the most telling first. */
    public List<String> types() {
        return types;
    }

    /** The service that a catalog lists under this type. */
    public static Optional<Service> ofType(String type) {
        for (var service : values()) {
            if (service.types.contains(type)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }

    /**
     * The version that belongs at the end of the endpoint; empty when the catalog has it already.
     */
    String version() {
        return version;
    }

    /** The word before the number in {@code OpenStack-API-Version: compute 2.93}. */
    String microversionName() {
        return microversionName;
    }
}
