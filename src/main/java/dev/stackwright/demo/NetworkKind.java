package dev.stackwright.demo;

import java.util.Set;

/**
 * What Neutron's collections differ in: names, the words for not found, and the fields that only an
 * administrator sees.
 */
enum NetworkKind {
    NETWORK(
            "networks",
            "network",
            "networks",
            "NetworkNotFound",
            "Network %s could not be found.",
            Set.of(
                    "name",
                    "admin_state_up",
                    "shared",
                    "router:external",
                    "description",
                    "mtu",
                    "port_security_enabled",
                    "dns_domain",
                    "availability_zone_hints",
                    "qos_policy_id",
                    "is_default",
                    "vlan_transparent",
                    "provider:network_type",
                    "provider:physical_network",
                    "provider:segmentation_id",
                    "tenant_id",
                    "project_id"),
            Set.of(
                    "provider:network_type",
                    "provider:physical_network",
                    "provider:segmentation_id")),
    SUBNET(
            "subnets",
            "subnet",
            "subnets",
            "SubnetNotFound",
            "Subnet %s could not be found.",
            Set.of(
                    "name",
                    "network_id",
                    "cidr",
                    "ip_version",
                    "gateway_ip",
                    "allocation_pools",
                    "dns_nameservers",
                    "host_routes",
                    "enable_dhcp",
                    "description",
                    "subnetpool_id",
                    "prefixlen",
                    "ipv6_ra_mode",
                    "ipv6_address_mode",
                    "service_types",
                    "use_default_subnetpool",
                    "segment_id",
                    "tenant_id",
                    "project_id",
                    "dns_publish_fixed_ip"),
            Set.of()),
    PORT(
            "ports",
            "port",
            "ports",
            "PortNotFound",
            "Port %s could not be found.",
            Set.of(
                    "name",
                    "network_id",
                    "fixed_ips",
                    "security_groups",
                    "admin_state_up",
                    "device_id",
                    "device_owner",
                    "mac_address",
                    "allowed_address_pairs",
                    "extra_dhcp_opts",
                    "description",
                    "port_security_enabled",
                    "binding:vnic_type",
                    "binding:profile",
                    "binding:host_id",
                    "qos_policy_id",
                    "dns_name",
                    "dns_domain",
                    "tags",
                    "tenant_id",
                    "project_id",
                    "propagate_uplink_status",
                    "numa_affinity_policy",
                    "value_specs"),
            Set.of(
                    "binding:profile",
                    "binding:host_id",
                    "binding:vif_type",
                    "binding:vif_details",
                    "resource_request")),
    ROUTER(
            "routers",
            "router",
            "routers",
            "RouterNotFound",
            "Router %s could not be found",
            Set.of(
                    "name",
                    "admin_state_up",
                    "external_gateway_info",
                    "description",
                    "availability_zone_hints",
                    "routes",
                    "distributed",
                    "ha",
                    "flavor_id",
                    "tenant_id",
                    "project_id"),
            Set.of("distributed", "ha")),
    FLOATING_IP(
            "floatingips",
            "floatingip",
            "floatingips",
            "FloatingIPNotFound",
            "Floating IP %s could not be found",
            Set.of(
                    "floating_network_id",
                    "floating_ip_address",
                    "port_id",
                    "fixed_ip_address",
                    "subnet_id",
                    "description",
                    "dns_name",
                    "dns_domain",
                    "qos_policy_id",
                    "tenant_id",
                    "project_id"),
            Set.of()),
    SECURITY_GROUP(
            "security-groups",
            "security_group",
            "security_groups",
            "SecurityGroupNotFound",
            "Security group %s does not exist",
            Set.of("name", "description", "stateful", "tenant_id", "project_id"),
            Set.of()),
    SECURITY_GROUP_RULE(
            "security-group-rules",
            "security_group_rule",
            "security_group_rules",
            "SecurityGroupRuleNotFound",
            "Security group rule %s does not exist",
            Set.of(
                    "security_group_id",
                    "direction",
                    "ethertype",
                    "protocol",
                    "port_range_min",
                    "port_range_max",
                    "remote_ip_prefix",
                    "remote_group_id",
                    "remote_address_group_id",
                    "description",
                    "tenant_id",
                    "project_id"),
            Set.of()),
    RBAC_POLICY(
            "rbac-policies",
            "rbac_policy",
            "rbac_policies",
            "RbacPolicyNotFound",
            "RBAC policy of type unknown with ID %s not found",
            Set.of(),
            Set.of()),
    SUBNET_POOL(
            "subnetpools",
            "subnetpool",
            "subnetpools",
            "SubnetPoolNotFound",
            "Subnet pool %s could not be found.",
            Set.of(),
            Set.of()),
    ADDRESS_SCOPE(
            "address-scopes",
            "address_scope",
            "address_scopes",
            "AddressScopeNotFound",
            "Address scope %s could not be found.",
            Set.of(),
            Set.of()),
    ADDRESS_GROUP(
            "address-groups",
            "address_group",
            "address_groups",
            "AddressGroupNotFound",
            "Address group %s could not be found.",
            Set.of(),
            Set.of()),
    TRUNK(
            "trunks",
            "trunk",
            "trunks",
            "TrunkNotFound",
            "Trunk %s could not be found.",
            Set.of(),
            Set.of()),
    QOS_POLICY(
            "qos/policies",
            "policy",
            "policies",
            "QosPolicyNotFound",
            "QoS policy %s could not be found.",
            Set.of(),
            Set.of()),
    SEGMENT(
            "segments",
            "segment",
            "segments",
            "SegmentNotFound",
            "Segment %s could not be found.",
            Set.of(),
            Set.of());

    private final String path;
    private final String one;
    private final String many;
    private final String missing;
    private final String missingWords;
    private final Set<String> settable;
    private final Set<String> forAdministrators;

    NetworkKind(
            String path,
            String one,
            String many,
            String missing,
            String missingWords,
            Set<String> settable,
            Set<String> forAdministrators) {
        this.path = path;
        this.one = one;
        this.many = many;
        this.missing = missing;
        this.missingWords = missingWords;
        this.settable = settable;
        this.forAdministrators = forAdministrators;
    }

    String path() {
        return path;
    }

    String one() {
        return one;
    }

    String many() {
        return many;
    }

    /** What may be in a request; empty when anything may. */
    Set<String> settable() {
        return settable;
    }

    boolean hides(String field) {
        return forAdministrators.contains(field);
    }

    Refusal notFound(String id) {
        return new Refusal(404, missing, missingWords.formatted(id));
    }
}
